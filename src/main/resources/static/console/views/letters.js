/** Records that could not be handled. */
import { api } from '../api.js';
import { button, CLUSTER, element, table } from '../dom.js';
import { bytes, moment } from '../format.js';
import { ask, openDialog } from '../say.js';

export function letters() {
  /** Where each page shown before began; the first one's beginning is null. */
  let path = [null];
  let page = { letters: [], older: null, replaysKnown: true };
  const list = element('div');
  const older = button('Older', () => turn([...path, page.older]));
  const newest = button('Newest', () => turn([null]));

  async function turn(to) {
    path = to;
    await load();
    list.querySelector('.scrolled')?.focus();
  }

  async function load() {
    page = await api.letters(path.at(-1));
    draw();
  }

  function draw() {
    older.disabled = page.older === null;
    newest.disabled = path.length === 1;
    list.replaceChildren(
      ...(page.replaysKnown ? [] : [element('p', { class: 'wrong' }, 'Redis does not say which were sent again')]),
      table(
        'Dead letters, newest first',
        [
          { text: 'Letter' },
          { text: 'Put aside' },
          { text: 'From' },
          { text: 'Cause' },
          { text: 'Asked by' },
          { text: 'Size', number: true },
          { text: 'Sent again' },
          { text: '' },
        ],
        page.letters.map((letter) => [
          element('code', {}, letter.id),
          moment(letter.buriedAt),
          element('code', {}, letter.place || '?'),
          element('span', { class: 'cause', title: letter.cause }, letter.cause),
          letter.origin === null ? '?' : `${letter.origin.packet} of ${letter.origin.userId}`,
          bytes(letter.bytes),
          letter.replayed === null ? 'no' : `${moment(letter.replayed.at)} by ${letter.replayed.session}`,
          element(
            'div',
            { class: 'buttons' },
            button('Show', () => show(letter), { 'aria-label': `Show ${letter.id}` }),
            letter.topic === null
              ? null
              : button('Send again', () => replay(letter), { 'aria-label': `Send again ${letter.id}` }),
          ),
        ]),
        path.length === 1 ? 'None: everything could be handled' : 'No older ones',
      ),
    );
  }

  async function show(letter) {
    let whole;
    try {
      whole = await api.letter(letter);
    } catch (e) {
      openDialog(`Dead letter ${letter.id}`, (close) => [
        element('p', { class: 'wrong', role: 'alert' }, e.message),
        element('div', { class: 'buttons' }, button('Close', close)),
      ]);
      return;
    }
    const { origin } = whole.letter;
    const facts = [
      ['Stood at', whole.letter.place || '?'],
      ['Put aside', moment(whole.letter.buriedAt)],
      ['Cause', whole.letter.cause],
      ['Key', whole.letter.key],
      ...(origin === null
        ? [['Origin', 'not readable']]
        : [
            ['Packet', origin.packet],
            ['Asked by', `user ${origin.userId}, device “${origin.device}”${origin.backEnd ? ', on the back end’s behalf' : ''}`],
            ['Gateway', origin.gatewayId],
            ['Arrived', moment(origin.arrivedAt)],
          ]),
      ...(whole.letter.replayOf === null ? [] : [['Was sent again as', `dead letter ${whole.letter.replayOf} before`]]),
      ...Object.entries(whole.letter.headers).map(([name, value]) => [`Header ${name}`, value]),
    ];
    openDialog(`Dead letter ${whole.letter.id}`, (close) => [
      element('dl', { class: 'facts' }, ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
      element(
        'h3',
        {},
        `Record, ${bytes(whole.letter.bytes)}${whole.hex ? ', no text: in hexadecimal' : ''}${whole.cut ? ', the first 64 KB' : ''}`,
      ),
      element('pre', { tabIndex: 0, role: 'region', 'aria-label': 'The record' }, whole.text),
      element('div', { class: 'buttons' }, button('Close', close)),
    ]);
  }

  function replay(letter) {
    ask({
      title: `Send ${letter.id} again?`,
      text: `To ${letter.topic}, with its key and headers.${
        letter.replayed === null ? '' : ` It was sent again already, ${moment(letter.replayed.at)}.`
      } A message that is stored is not stored twice; other requests are done again. What fails again becomes another dead letter.`,
      doIt: 'Send again',
      async action() {
        await api.replay(letter);
        await load();
        return `${letter.id} was sent again`;
      },
    });
  }

  return {
    content: [
      element(
        'div',
        { class: 'bar' },
        element('h1', {}, 'Dead letters'),
        element('span', { class: 'scope' }, CLUSTER),
        element('div', { class: 'push buttons' }, newest, older, button('Refresh', () => load())),
      ),
      list,
    ],
    // Each look reads from Kafka: when it is asked for.
    once: true,
    refresh: load,
  };
}
