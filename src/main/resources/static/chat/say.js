/** What is said besides: to screen readers, and in passing to everybody. */
import { element } from './dom.js';

const SHOWN_FOR = 6_000;
const announcer = document.getElementById('announcer');
const toasts = document.getElementById('toasts');

/** Read out when the reader has nothing else to say; the same twice is two texts. */
export function announce(text) {
  announcer.replaceChildren(element('p', {}, text));
}

/** Shown for some seconds. */
export function toast(text) {
  const shown = element('p', { class: 'toast' }, text);
  toasts.append(shown);
  setTimeout(() => shown.remove(), SHOWN_FOR);
}
