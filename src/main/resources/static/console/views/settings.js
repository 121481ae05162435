/** Settings that change while LINBOX runs. */
import { api } from '../api.js';
import { button, CLUSTER, element, table } from '../dom.js';
import { ask } from '../say.js';

/** When it is looked whether a change has reached this process: so long after one another, in milliseconds. */
const LOOKS = [300, 500, 1_000, 2_000, 4_000];

export function settings() {
  let known = [];
  const list = element('div');
  const filter = element('input', {
    id: 'filter',
    type: 'search',
    autocomplete: 'off',
    on: { input: () => draw() },
  });

  function draw() {
    const wanted = filter.value.trim().toLowerCase();
    list.replaceChildren(
      table(
        'Settings that change while LINBOX runs',
        [{ text: 'Setting' }, { text: 'Value' }, { text: 'From' }, { text: '' }],
        known
          .filter(({ name }) => name.toLowerCase().includes(wanted))
          .map((setting) => [
            element('code', {}, setting.name),
            element(
              'div',
              {},
              element('code', { class: 'strong' }, setting.value ?? (setting.used ? '–' : 'not of this process')),
              setting.refusal === null ? null : element('p', { class: 'wrong' }, setting.refusal),
            ),
            setting.origin,
            element(
              'div',
              { class: 'buttons' },
              button('Change', () => change(setting.name, setting.value ?? ''), { 'aria-label': `Change ${setting.name}` }),
              setting.origin.startsWith('ZooKeeper') || setting.refusal !== null
                ? button('Take back', () => withdraw(setting.name), { 'aria-label': `Take back ${setting.name}` })
                : null,
            ),
          ]),
      ),
    );
  }

  async function load() {
    known = await api.settings();
    draw();
  }

  const stateOf = (name) => JSON.stringify(known.find((setting) => setting.name === name));

  /** Shows a change once it is there: it comes by ZooKeeper, to this process as to all others. */
  async function follow(name) {
    const before = stateOf(name);
    for (const wait of LOOKS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await load();
      if (stateOf(name) !== before) {
        return;
      }
    }
  }

  const later = (name) => void follow(name).catch(() => {});

  function change(name, value) {
    const input = element('input', { id: 'value', value, autocomplete: 'off', required: true, maxLength: 1000 });
    ask({
      title: `Change ${name}`,
      text: 'For every process, within a second, until it is taken back.',
      doIt: 'Change',
      fields: [element('label', { htmlFor: 'value' }, 'Value'), input],
      async action() {
        await api.change(name, input.value);
        later(name);
        return `${name} is ${input.value} now`;
      },
    });
    input.select();
  }

  function withdraw(name) {
    ask({
      title: `Take back ${name}?`,
      text: 'Every process goes back to the value that it was started with.',
      doIt: 'Take back',
      async action() {
        await api.withdraw(name);
        later(name);
        return `${name} is taken back`;
      },
    });
  }

  function level() {
    const logger = element('input', { id: 'logger', value: 'com.linbox', autocomplete: 'off', required: true });
    const value = element(
      'select',
      { id: 'level' },
      ...['trace', 'debug', 'info', 'warn', 'error', 'off'].map((name) => element('option', { selected: name === 'debug' }, name)),
    );
    ask({
      title: 'Set a log level',
      text: 'For every process, until it is taken back. At trace and debug a busy server writes much.',
      doIt: 'Set',
      fields: [
        element('label', { htmlFor: 'logger' }, 'Logger'),
        logger,
        element('label', { htmlFor: 'level' }, 'Level'),
        value,
      ],
      async action() {
        const name = `logging.level.${logger.value.trim()}`;
        await api.change(name, value.value);
        later(name);
        return `The level of ${logger.value} is ${value.value} now`;
      },
    });
  }

  return {
    content: [
      element(
        'div',
        { class: 'bar' },
        element('h1', {}, 'Settings'),
        element('span', { class: 'scope' }, `changes: ${CLUSTER}`),
        element('div', { class: 'push search' }, element('label', { htmlFor: 'filter' }, 'Filter'), filter, button('Log level…', level)),
      ),
      element('p', { class: 'note' }, 'Values as this process has them. A change is checked here, written to ZooKeeper and taken by every process.'),
      list,
    ],
    slow: true,
    refresh: load,
  };
}
