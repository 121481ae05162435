/**
 * Makes elements. Text becomes text and nothing else: there is no way through this module by which it could become HTML.
 */

const SVG = 'http://www.w3.org/2000/svg';

/** The shapes of icons: paths on a field of 24 by 24, drawn as lines. */
const ICONS = {
  back: 'M15 5l-7 7 7 7',
  chat: 'M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4a2 2 0 0 1-2-2z',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 9l6 6 6-6',
  group:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-3.600 2.900-6 6.500-6s6.500 2.400 6.500 6M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.500c2.100.9 3.500 2.900 3.500 5.500',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 7.600v.1',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  moon: 'M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500z',
  send: 'M4 12l16-8-6 17-3-7z',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14.500c1.800 2.300 5.200 2.300 7 0M9 9.500v.1M15 9.500v.1',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  leave: 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h10M17 8.500l3.500 3.500-3.500 3.500',
  sending: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 8v4.500l3 1.500',
  stored: 'M5 12.500l4.500 4.500L19 7.500',
  read: 'M1.500 12.500L6 17l9.500-9.500M11.500 15.500L13 17l9.500-9.500',
  failed: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.500v5.500M12 16.400v.1',
};

/**
 * An element. Of the properties, `class`, `dataset`, `on` (listeners by event) and `style` (custom properties by name) are special; what has
 * a dash, `role`, `for` and the like are attributes, all others properties. What is null or undefined is left out.
 *
 * @param {string} tag
 * @param {object} [properties]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined) {
      set(made, name, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function set(made, name, value) {
  if (name === 'class') {
    made.className = value;
  } else if (name === 'dataset') {
    Object.assign(made.dataset, value);
  } else if (name === 'on') {
    Object.entries(value).forEach(([event, listener]) => made.addEventListener(event, listener));
  } else if (name === 'style') {
    Object.entries(value).forEach(([property, text]) => made.style.setProperty(property, text));
  } else if (name.includes('-') || !(name in made)) {
    made.setAttribute(name, value);
  } else {
    made[name] = value;
  }
}

/** An icon that says nothing to those who do not see it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only an icon, with its name for those who do not see it and as a tip for those who do. */
export function iconButton(name, label, onClick, properties = {}) {
  return element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, on: { click: onClick }, ...properties },
    icon(name),
  );
}

/** What only screen readers get. */
export const unseen = (text) => element('span', { class: 'unseen' }, text);

/** Initials on a colour that follows from the id: the same person looks the same everywhere. */
export function avatar(conversation, name) {
  const isGroup = conversation.group !== undefined;
  const id = isGroup ? conversation.group : conversation.user;
  const letters = isGroup ? initials(name) : id.slice(-2);
  return element(
    'span',
    { class: isGroup ? 'avatar avatar-group' : 'avatar', 'aria-hidden': 'true', style: { '--hue': String(hueOf(id)) } },
    letters,
  );
}

/** Of a name its first letters, two at most; whole characters, so that none is cut in half. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? '#'
    : words
        .slice(0, 2)
        .map((word) => [...word][0].toUpperCase())
        .join('');
}

/** Spread over the circle, also for ids right after one another. */
export function hueOf(id) {
  let hash = 0;
  for (const digit of id) {
    hash = (hash * 31 + digit.charCodeAt(0)) % 360_007;
  }
  return (hash * 137) % 360;
}

/**
 * Makes the children of an element those of a list, in its order. What was there stays the same element, so that it keeps focus
 * and selection, and is made anew only where its `look` has changed.
 *
 * @template T
 * @param {HTMLElement} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string, look: (item: T) => string, make: (item: T) => HTMLElement}} how
 */
export function reconcile(parent, items, { key, look, make }) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const focusedKey = focused?.closest('[data-key]')?.dataset.key;
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    const wanted = look(item);
    let child = before.get(name);
    before.delete(name);
    if (child === undefined || looks.get(child) !== wanted) {
      const made = make(item);
      made.dataset.key = name;
      looks.set(made, wanted);
      if (child !== undefined) {
        place = place === child ? made : place;
        child.replaceWith(made);
      }
      child = made;
    }
    if (child === place) {
      place = child.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  before.forEach((child) => child.remove());
  if (focused !== null && document.activeElement !== focused && focusedKey !== undefined) {
    refocus(parent, focused, focusedKey);
  }
}

const looks = new WeakMap();

/** Moving an element, or making it anew, takes the focus away from it. */
function refocus(parent, focused, key) {
  if (focused.isConnected) {
    focused.focus({ preventScroll: true });
    return;
  }
  const again = [...parent.children].find((child) => child.dataset.key === key);
  if (again !== undefined) {
    (again.matches('[tabindex], button') ? again : again.querySelector('button, [tabindex]'))?.focus({ preventScroll: true });
  }
}
