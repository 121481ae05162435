/** The emoji of the picker, with the names by which screen readers tell them. */
export const EMOJI = [
  ['😀', 'grinning face'], ['😄', 'happy face'], ['😁', 'beaming face'], ['😂', 'tears of joy'], ['🤣', 'rolling with laughter'],
  ['😊', 'smiling face'], ['😉', 'wink'], ['😍', 'heart eyes'], ['😘', 'blowing a kiss'], ['🥰', 'in love'],
  ['😎', 'sunglasses'], ['🤔', 'thinking'], ['🙄', 'rolling eyes'], ['😏', 'smirk'], ['😅', 'relieved laughter'],
  ['😇', 'halo'], ['🙃', 'upside down'], ['😴', 'sleeping'], ['😭', 'crying'], ['😢', 'tear'],
  ['😡', 'angry'], ['😱', 'screaming'], ['😳', 'flushed'], ['🥳', 'party face'], ['🤯', 'mind blown'],
  ['🤗', 'hug'], ['🤫', 'hush'], ['🤷', 'shrug'], ['🤦', 'facepalm'], ['🙈', 'see no evil'],
  ['👍', 'thumbs up'], ['👎', 'thumbs down'], ['👏', 'clapping'], ['🙌', 'raised hands'], ['🙏', 'folded hands'],
  ['👋', 'waving'], ['✌️', 'victory'], ['🤞', 'fingers crossed'], ['👌', 'all right'], ['💪', 'strong arm'],
  ['❤️', 'red heart'], ['🧡', 'orange heart'], ['💚', 'green heart'], ['💙', 'blue heart'], ['💔', 'broken heart'],
  ['🎉', 'party popper'], ['🎂', 'cake'], ['🎁', 'present'], ['🔥', 'fire'], ['✨', 'sparkles'],
  ['⭐', 'star'], ['☀️', 'sun'], ['🌧️', 'rain'], ['🌈', 'rainbow'], ['🌸', 'blossom'],
  ['☕', 'coffee'], ['🍕', 'pizza'], ['🍺', 'beer'], ['🍎', 'apple'], ['🥐', 'croissant'],
  ['🐶', 'dog'], ['🐱', 'cat'], ['🦊', 'fox'], ['🐧', 'penguin'], ['🦄', 'unicorn'],
  ['🚀', 'rocket'], ['🚲', 'bicycle'], ['✈️', 'plane'], ['🏠', 'house'], ['💡', 'idea'],
  ['✅', 'done'], ['❌', 'no'], ['❓', 'question'], ['❗', 'exclamation'], ['💯', 'hundred points'],
];
