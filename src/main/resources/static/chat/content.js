/**
 * Shows what somebody wrote. All of it is text that may mean harm: it becomes text nodes, links to http and https, and pictures that
 * such a link with https leads to.
 */
import { element } from './dom.js';

const URL_IN_TEXT = /https?:\/\/[^\s<>"'`]+/gi;

/** What stands after a link more often than in it. */
const NOT_ITS_END = /[.,;:!?)\]}»”’]+$/;
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif)$/i;
const LONGEST_OTHER = 600;
const MOST_PICTURES = 4;

/** A message's content as elements. @returns {Node[]} */
export function shown(message) {
  if (message.mimeType.startsWith('text/')) {
    return written(message.content);
  }
  const content = message.content;
  return [
    element('span', { class: 'mime' }, message.mimeType),
    element('code', { class: 'other', dir: 'auto' }, content.length > LONGEST_OTHER ? `${content.slice(0, LONGEST_OTHER)}…` : content),
  ];
}

function written(text) {
  const words = element('span', { class: 'words', dir: 'auto' });
  const pictures = [];
  let end = 0;
  for (const found of text.matchAll(URL_IN_TEXT)) {
    const shownAs = withoutEnd(found[0]);
    const url = parsed(shownAs);
    if (url !== null) {
      const link = linkTo(url, shownAs);
      words.append(text.slice(end, found.index), link);
      end = found.index + shownAs.length;
      if (isPicture(url) && pictures.length < MOST_PICTURES) {
        pictures.push(pictureOf(url, link));
      }
    }
  }
  words.append(text.slice(end));
  return [words, ...pictures];
}

/** A bracket that was opened in the link belongs to it. */
function withoutEnd(text) {
  const end = NOT_ITS_END.exec(text)?.[0] ?? '';
  return end.startsWith(')') && text.slice(0, -end.length).includes('(')
    ? text.slice(0, text.length - end.length + 1)
    : text.slice(0, text.length - end.length);
}

function parsed(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}

function linkTo(url, text) {
  return element('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text);
}

const isPicture = (url) => url.protocol === 'https:' && PICTURE.test(url.pathname);

/** In place of its link while it can be shown; where it cannot, there is the link. */
function pictureOf(url, link) {
  const picture = element('img', {
    alt: `Picture at ${url.hostname}`,
    loading: 'lazy',
    decoding: 'async',
    referrerPolicy: 'no-referrer',
  });
  const frame = linkTo(url, '');
  frame.className = 'picture';
  frame.append(picture);
  link.hidden = true;
  picture.addEventListener('error', () => {
    frame.remove();
    link.hidden = false;
  });
  picture.src = url.href;
  return frame;
}
