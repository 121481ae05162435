/** Light or dark: as the system has it, until somebody says otherwise in this browser. */
import { button } from './dom.js';

const KEY = 'linbox.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Storage may be forbidden, or hold anything. */
function stored() {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}

const current = () => document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light');

export function applyTheme() {
  const theme = stored();
  if (theme !== null) {
    document.documentElement.dataset.theme = theme;
  }
}

/** A button that goes to the other one. */
export function themeSwitch() {
  const made = button('Dark', () => {
    const theme = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It holds until the page is left.
    }
    show();
  });
  const show = () => made.setAttribute('aria-pressed', String(current() === 'dark'));
  dark.addEventListener('change', show);
  show();
  return made;
}
