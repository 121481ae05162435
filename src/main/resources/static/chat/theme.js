/** Light or dark: as the system has it, until somebody says otherwise in this browser. */
import { icon, iconButton } from './dom.js';
import { ofBrowser } from './storage.js';

const KEY = 'linbox.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

const current = () => document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light');

export function applyTheme() {
  const theme = ofBrowser.get(KEY);
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
}

/** A button that goes to the other one. */
export function themeSwitch() {
  const button = iconButton('moon', 'Dark colours', () => {
    const theme = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    ofBrowser.set(KEY, theme);
    show();
  });
  const show = () => {
    button.setAttribute('aria-pressed', String(current() === 'dark'));
    button.replaceChildren(icon(current() === 'dark' ? 'sun' : 'moon'));
  };
  dark.addEventListener('change', show);
  show();
  return button;
}
