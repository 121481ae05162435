/** What the operator is told, and asked. */
import { button, element } from './dom.js';

/** For those who do not see what has changed. */
export function announce(text) {
  const announcer = document.getElementById('announcer');
  // The same text again would not be read.
  announcer.textContent = '';
  requestAnimationFrame(() => {
    announcer.textContent = text;
  });
}

/** That something is wrong, until it is not: null. */
export function trouble(text) {
  const line = document.getElementById('trouble');
  if (line.textContent !== (text ?? '')) {
    line.textContent = text ?? '';
  }
  line.hidden = text === null;
}

let dialogs = 0;

/**
 * A dialog. It is closed by Escape, by its last button, and by its own doings; then it is gone, and the focus is where it was.
 *
 * @param {string} title
 * @param {(close: () => void) => (Node | null)[]} content
 */
export function openDialog(title, content) {
  const id = `dialog-${++dialogs}`;
  const dialog = element('dialog', { 'aria-labelledby': id });
  const close = () => dialog.close();
  dialog.append(
    element('h2', { id }, title),
    ...content(close).filter((child) => child !== null),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Asks before something is done, and says in the dialog why it could not be.
 *
 * @param {object} question
 * @param {string} question.title
 * @param {string} question.text
 * @param {string} question.doIt what the button says that does it
 * @param {HTMLElement[]} [question.fields] above the buttons
 * @param {() => Promise<string>} question.action returns what is announced when it is done
 */
export function ask({ title, text, doIt, fields = [], danger = false, action }) {
  openDialog(title, (close) => {
    const wrong = element('p', { class: 'wrong', role: 'alert', hidden: true });
    const submit = element('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, doIt);
    const form = element(
      'form',
      {
        method: 'dialog',
        on: {
          submit: async (event) => {
            event.preventDefault();
            submit.disabled = true;
            wrong.hidden = true;
            try {
              announce(await action());
              close();
            } catch (e) {
              wrong.textContent = e.message;
              wrong.hidden = false;
            } finally {
              submit.disabled = false;
            }
          },
        },
      },
      element('p', {}, text),
      ...fields,
      wrong,
      element('div', { class: 'buttons' }, submit, button('Cancel', close)),
    );
    return [form];
  });
}
