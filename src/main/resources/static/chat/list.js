/** The list of conversations. */
import { avatar, element, icon, reconcile, unseen } from './dom.js';
import { counted, summary, when } from './format.js';

const MOST_SHOWN = 99;

export class ListView {
  #model;
  #go;
  #list = element('ul', { class: 'list' });
  #empty;
  #more;

  /** @param {(key: string) => void} go opens the conversation */
  constructor(model, go) {
    this.#model = model;
    this.#go = go;
    this.#empty = element(
      'p',
      { class: 'hint', hidden: true },
      'No conversations yet. Start one with the id of another user, such as in a second window.',
    );
    this.#more = element(
      'button',
      { type: 'button', class: 'quiet more', hidden: true, on: { click: () => this.#showMore() } },
      'Show older conversations',
    );
    this.element = element('nav', { class: 'conversations', 'aria-label': 'Conversations' }, this.#list, this.#empty, this.#more);
    this.#list.addEventListener('keydown', (event) => this.#arrows(event));
  }

  render() {
    const { talks, isListed, hasMore } = this.#model;
    reconcile(this.#list, talks, {
      key: (talk) => talk.key,
      look: (talk) => JSON.stringify(this.#look(talk)),
      make: (talk) => this.#entry(talk, this.#look(talk)),
    });
    this.#empty.hidden = !isListed || talks.length > 0;
    this.#more.hidden = hasMore === null;
  }

  #look(talk) {
    const { me, open, online } = this.#model;
    const written = talk.outbox.at(-1);
    return {
      title: talk.title,
      isOpen: talk === open,
      isOnline: !talk.isGroup && online.get(talk.conversation.user) === true,
      isTyping: talk.typing.size > 0,
      unread: talk.unread,
      text: written?.content ?? (talk.last === null ? '' : summary(talk.last, me)),
      by: written !== undefined || talk.last?.own === true ? 'You' : talk.isGroup && talk.last?.kind === 'message' ? talk.last.from : '',
      kind: written === undefined ? talk.last?.kind : 'message',
      when: talk.time === 0 ? '' : when(talk.time),
      state: this.#stateOf(talk, written),
    };
  }

  /** How far one's own last message has come. */
  #stateOf(talk, written) {
    if (written !== undefined) {
      return written.state === 'failed' ? 'failed' : 'sending';
    }
    const isWritten = talk.last?.own === true && talk.last.kind === 'message';
    return !isWritten ? '' : !talk.isGroup && talk.partnerUpTo >= talk.last.msgId ? 'read' : 'stored';
  }

  #entry(talk, { title, isOpen, isOnline, isTyping, unread, text, by, kind, when: time, state }) {
    return element(
      'li',
      {},
      element(
        'button',
        { type: 'button', class: 'conversation', 'aria-current': isOpen ? 'true' : null, on: { click: () => this.#go(talk.key) } },
        element('span', { class: isOnline ? 'portrait is-online' : 'portrait' }, avatar(talk.conversation, talk.name)),
        element('span', { class: 'conversation-name', dir: 'auto' }, title),
        isOnline ? unseen(', online, ') : unseen(', '),
        element('span', { class: 'conversation-time' }, time),
        element(
          'span',
          { class: isTyping ? 'conversation-last is-typing' : 'conversation-last', dir: 'auto' },
          state === '' ? null : icon(state),
          isTyping ? 'typing…' : by !== '' && by !== 'You' && kind === 'message' ? `${by}: ${text}` : text,
        ),
        unread > 0
          ? element(
              'span',
              { class: 'badge' },
              element('span', { 'aria-hidden': 'true' }, unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread)),
              unseen(`, ${counted(unread, 'unread message', 'unread messages')}`),
            )
          : null,
      ),
    );
  }

  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = [...this.#list.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement);
    if (step !== undefined && at >= 0) {
      all[at + step]?.focus();
      event.preventDefault();
    }
  }

  async #showMore() {
    this.#more.disabled = true;
    await this.#model.more().catch(() => {});
    this.#more.disabled = false;
  }
}
