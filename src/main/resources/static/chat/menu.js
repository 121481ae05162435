/** A small menu at a button or a message: arrow keys go through it, Escape leaves it and goes back to where it was opened. */
import { element } from './dom.js';

let close = () => {};

/**
 * @param {HTMLElement} opener gets the focus back
 * @param {{label: string, act: () => void, class?: string}[]} choices
 * @param {string} label
 */
export function openMenu(opener, choices, label) {
  close();
  const menu = element(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label },
    ...choices.map((choice) =>
      element(
        'button',
        { type: 'button', role: 'menuitem', tabIndex: -1, class: choice.class ?? '', on: { click: () => chosen(choice) } },
        choice.label,
      ),
    ),
  );
  const items = [...menu.children];
  const away = ({ target }) => menu.contains(target) || close();
  const end = (back) => {
    close = () => {};
    menu.remove();
    opener.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', away, true);
    if (back) {
      opener.focus({ preventScroll: true });
    }
  };
  const chosen = (choice) => {
    end(true);
    choice.act();
  };
  close = () => end(false);
  menu.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      items.at(to % items.length).focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      end(true);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', away, true);
  document.body.append(menu);
  opener.setAttribute('aria-expanded', 'true');
  place(menu, opener.getBoundingClientRect());
  items[0].focus();
}

/** Below the opener or above it, and never out of the window. */
function place(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = bottom + height + 8 <= innerHeight;
  menu.style.setProperty('left', `${Math.max(8, Math.min(left, right - width, innerWidth - width - 8))}px`);
  menu.style.setProperty('top', `${Math.max(8, below ? bottom + 4 : top - height - 4)}px`);
}
