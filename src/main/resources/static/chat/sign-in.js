/** The first view: who are you? */
import { element, icon } from './dom.js';
import { themeSwitch } from './theme.js';

/**
 * @param {HTMLElement} place
 * @param {{wantsToken: boolean, userId: string, problem: string}} given
 * @returns {Promise<{userId: string, token: string}>} when somebody has filled it in
 */
export function askWho(place, { wantsToken, userId, problem }) {
  return new Promise((resolve) => {
    const user = element('input', {
      id: 'user-id',
      name: 'user',
      inputMode: 'numeric',
      pattern: '\\s*[1-9][0-9]{0,18}\\s*',
      required: true,
      autocomplete: 'username',
      value: userId,
      placeholder: '1001',
      'aria-describedby': 'user-hint',
      title: 'Digits only',
    });
    const token = element('input', {
      id: 'token',
      name: 'token',
      type: 'password',
      required: true,
      autocomplete: 'current-password',
      'aria-describedby': 'token-hint',
    });
    place.replaceChildren(
      element('div', { class: 'corner' }, themeSwitch()),
      element(
        'form',
        {
          class: 'card',
          on: {
            submit: (event) => {
              event.preventDefault();
              resolve({ userId: user.value.trim(), token: wantsToken ? token.value.trim() : '' });
            },
          },
        },
        element('span', { class: 'logo' }, icon('chat')),
        element('h1', {}, 'LINBOX'),
        element(
          'p',
          { class: 'field' },
          element('label', { for: 'user-id' }, 'User id'),
          user,
          element(
            'span',
            { class: 'hint', id: 'user-hint' },
            wantsToken
              ? 'The number by which your product knows you.'
              : 'Any number you like: this server lets everybody in. Open a second window to be somebody else.',
          ),
        ),
        wantsToken
          ? element(
              'p',
              { class: 'field' },
              element('label', { for: 'token' }, 'Token'),
              token,
              element('span', { class: 'hint', id: 'token-hint' }, 'Your product’s back end issues it.'),
            )
          : null,
        element('p', { class: 'problem', role: 'alert' }, problem),
        element('button', { type: 'submit', class: 'primary' }, 'Sign in'),
      ),
    );
    place.hidden = false;
    user.focus();
  });
}
