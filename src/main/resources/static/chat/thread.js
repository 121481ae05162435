/** The open conversation: its head, its messages, and where one writes. */
import { Composer } from './composer.js';
import { shown } from './content.js';
import { showReaders } from './dialogs.js';
import { avatar, element, icon, iconButton, reconcile, unseen } from './dom.js';
import { clock, counted, dayName, dayOf, groupEvent, people, reason, summary } from './format.js';
import { openMenu } from './menu.js';
import { toast } from './say.js';

/** How near to an end counts as there, in pixels: to the newest, and to where older ones are loaded. */
const AT_END = 60;
const NEAR_START = 300;

/** What somebody writes within so long stands together, in milliseconds. */
const TOGETHER = 5 * 60_000;

const STATES = { sending: 'Sending', stored: 'Sent', read: 'Read', failed: 'Not sent' };

export class ThreadView {
  #model;
  #talk = null;
  #head = element('header', { class: 'thread-head' });
  #headLook = '';
  #log = element('div', { class: 'log', role: 'log', 'aria-live': 'off' });
  #inner = element('div', { class: 'log-inner' });
  #start = element('p', { class: 'log-start' });
  #newest;
  #notice = element('p', { class: 'notice', hidden: true });
  #nothing;
  #isAtEnd = true;
  #scrollTo = null;
  #deeds;

  /** @param {{back: () => void, details: (talk: object) => void}} deeds */
  constructor(model, deeds) {
    this.#model = model;
    this.#deeds = deeds;
    this.#newest = element('button', { type: 'button', class: 'to-newest', hidden: true, on: { click: () => this.#toNewest() } });
    this.composer = new Composer({
      send: (text) => {
        this.#isAtEnd = true;
        this.#model.send(this.#talk, text);
      },
      edit: (msgId, text) => this.#tried(this.#model.edit(this.#talk, msgId, text), 'The message was not changed'),
      typing: () => this.#model.typing(this.#talk),
      editLast: () => this.#editLast(),
    });
    this.#log.append(this.#start, this.#inner);
    this.#nothing = element('div', { class: 'nothing' }, icon('chat'), element('p', {}, 'Choose a conversation, or start a new one.'));
    this.element = element(
      'section',
      { class: 'thread', 'aria-label': 'Conversation' },
      this.#head,
      element('div', { class: 'log-frame' }, this.#log, this.#newest),
      this.#notice,
      this.composer.element,
      this.#nothing,
    );
    this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#inner.addEventListener('keydown', (event) => this.#keys(event));
    // Pictures and the window's size move the end away from who looks at it.
    new ResizeObserver(() => this.#isAtEnd && this.#scrollToEnd()).observe(this.#inner);
    new ResizeObserver(() => this.#isAtEnd && this.#scrollToEnd()).observe(this.#log);
  }

  /** Whether the end of the messages is in sight. */
  get isAtEnd() {
    return this.#isAtEnd;
  }

  render() {
    const talk = this.#model.open;
    const isAnother = talk !== this.#talk;
    this.#talk = talk;
    this.element.classList.toggle('is-empty', talk === null);
    if (talk === null) {
      return;
    }
    if (isAnother) {
      this.#isAtEnd = true;
      this.#scrollTo = 'divider';
      this.#inner.replaceChildren();
      this.#log.setAttribute('aria-label', `Messages with ${talk.title}`);
      this.composer.of(talk.key);
    }
    this.#renderHead(talk);
    this.#renderMessages(talk);
    this.#notice.hidden = talk.isMember;
    this.#notice.textContent = 'You are not a member of this group any more.';
    this.composer.element.hidden = !talk.isMember;
  }

  // The head.

  #renderHead(talk) {
    const status = this.#status(talk);
    const look = JSON.stringify([talk.key, talk.title, status]);
    if (look === this.#headLook) {
      return;
    }
    const isSame = this.#headLook !== '' && this.#head.dataset.of === talk.key;
    this.#headLook = look;
    if (isSame) {
      // The buttons stay as they are, and keep the focus.
      this.#head.querySelector('.thread-name').textContent = talk.title;
      this.#head.querySelector('.thread-status').replaceWith(this.#statusLine(status));
      return;
    }
    this.#head.dataset.of = talk.key;
    this.#head.replaceChildren(
      iconButton('back', 'Back to the conversations', () => this.#deeds.back(), { class: 'icon-button back' }),
      avatar(talk.conversation, talk.name),
      element(
        'div',
        { class: 'thread-title' },
        element('h2', { class: 'thread-name', dir: 'auto', tabIndex: -1 }, talk.title),
        this.#statusLine(status),
      ),
      ...(talk.isGroup ? [iconButton('info', 'Group details', () => this.#deeds.details(talk))] : []),
    );
  }

  #statusLine({ text, kind }) {
    return element('p', { class: `thread-status is-${kind}` }, text);
  }

  #status(talk) {
    if (talk.typing.size > 0) {
      const users = [...talk.typing.keys()];
      return { kind: 'typing', text: talk.isGroup ? `${people(users)} ${users.length === 1 ? 'is' : 'are'} typing…` : 'typing…' };
    }
    if (talk.isGroup) {
      return { kind: 'group', text: talk.members === 0 ? 'Group' : counted(talk.members, 'member', 'members') };
    }
    const online = this.#model.online.get(talk.conversation.user);
    return online === undefined
      ? { kind: 'unknown', text: '' }
      : online
        ? { kind: 'online', text: 'online' }
        : { kind: 'offline', text: 'offline' };
  }

  // The messages.

  #renderMessages(talk) {
    const wasAtEnd = this.#isAtEnd;
    const anchor = this.#anchor();
    this.#start.textContent = talk.isLoading
      ? 'Loading…'
      : talk.failure !== null && !talk.isComplete
        ? `Earlier messages could not be loaded: ${reason(talk.failure)}`
        : talk.isComplete && talk.messages.length + talk.outbox.length > 0
          ? `The beginning of ${talk.isGroup ? 'the group' : `your conversation with ${talk.title}`}`
          : '';
    const items = this.#items(talk);
    reconcile(this.#inner, items, { key: (item) => item.key, look: (item) => item.look, make: (item) => item.make() });
    this.#oneInTheTabOrder();
    if (this.#scrollTo === 'divider' && talk.isLoaded) {
      this.#scrollTo = null;
      this.#toDivider();
    } else if (wasAtEnd) {
      this.#scrollToEnd();
    } else if (anchor !== null) {
      this.#keep(anchor);
    }
    this.#renderNewest(talk);
    this.#loadWhereItIsNear();
  }

  /** What stands in the log, each with its key and a text that is another one when it looks different. */
  #items(talk) {
    const items = [];
    let before = null;
    let isDivided = talk.divider === null;
    for (const message of talk.messages) {
      if (message.kind === 'change') {
        continue;
      }
      before = this.#day(items, before, message.sendTime);
      if (!isDivided && message.msgId > talk.divider) {
        isDivided = true;
        before = null;
        items.push(line('divider', 'unread-divider', 'New messages'));
      }
      const isTogether = this.#areTogether(before, message);
      items.push(message.kind === 'group' ? this.#event(message) : this.#message(talk, message, isTogether));
      before = message;
    }
    for (const written of talk.outbox) {
      before = this.#day(items, before, written.time);
      items.push(this.#pending(talk, written));
      before = { own: true, from: this.#model.me, sendTime: written.time, kind: 'message' };
    }
    return items;
  }

  #day(items, before, time) {
    if (before !== null && dayOf(before.sendTime) === dayOf(time)) {
      return before;
    }
    const key = `day-${dayOf(time)}`;
    if (items.some((item) => item.key === key)) {
      return before;
    }
    items.push(line(key, 'day', dayName(time)));
    return null;
  }

  #areTogether(before, message) {
    return before !== null && before.kind !== 'group' && before.from === message.from && message.sendTime - before.sendTime < TOGETHER;
  }

  #event(message) {
    const text = groupEvent(message, this.#model.me);
    return line(`m${message.msgId}`, 'event', text);
  }

  #message(talk, message, isTogether) {
    const isEdited = message.kind === 'message' && talk.edited.has(message.msgId);
    const state = !message.own ? '' : !talk.isGroup && talk.partnerUpTo >= message.msgId ? 'read' : 'stored';
    const by = talk.isGroup && !message.own ? message.from : '';
    return {
      key: `m${message.msgId}`,
      look: JSON.stringify([message.kind, message.mimeType, message.content, isEdited, state, isTogether]),
      make: () =>
        this.#bubble({
          own: message.own,
          isTogether,
          by,
          from: message.from,
          time: message.sendTime,
          state,
          isEdited,
          isRecalled: message.kind === 'recalled',
          label: this.#spoken(message, isEdited, state),
          content: message.kind === 'recalled' ? [element('span', { class: 'words' }, summary(message, this.#model.me))] : shown(message),
          choices: message.kind === 'recalled' ? [] : this.#choices(talk, message),
        }),
    };
  }

  /** What a screen reader says of a message that is come to. */
  #spoken(message, isEdited, state) {
    const by = message.own ? 'You' : message.from;
    const marks = [isEdited ? 'edited' : '', state === '' ? '' : STATES[state].toLowerCase()].filter(Boolean);
    return [`${by}, ${clock(message.sendTime)}: ${summary(message, this.#model.me)}`, ...marks].join(', ');
  }

  #pending(talk, written) {
    const state = written.state === 'failed' ? 'failed' : 'sending';
    return {
      key: `p${written.requestId}`,
      look: JSON.stringify([state, written.content]),
      make: () => {
        const made = this.#bubble({
          own: true,
          by: '',
          from: this.#model.me,
          time: written.time,
          state,
          label: `You, ${clock(written.time)}: ${written.content}, ${STATES[state].toLowerCase()}`,
          content: shown({ mimeType: 'text/plain', content: written.content }),
          choices: [],
        });
        if (state === 'failed') {
          made.append(
            element(
              'p',
              { class: 'failure' },
              element('span', {}, `Not sent: ${reason(written.reason)}`),
              element('button', { type: 'button', class: 'quiet', on: { click: () => this.#model.retry(talk, written) } }, 'Send again'),
              element('button', { type: 'button', class: 'quiet', on: { click: () => this.#model.discard(talk, written) } }, 'Discard'),
            ),
          );
        }
        return made;
      },
    };
  }

  #bubble({ own, isTogether = false, by, from, time, state, isEdited = false, isRecalled = false, label, content, choices }) {
    const classes = [
      'message',
      own ? 'is-own' : 'is-other',
      isTogether ? 'is-together' : '',
      isRecalled ? 'is-recalled' : '',
      state === '' ? '' : `is-${state}`,
    ];
    const more =
      choices.length === 0
        ? null
        : iconButton('more', 'Message menu', () => openMenu(more, choices, 'Message'), {
            class: 'icon-button more-button',
            tabIndex: -1,
            'aria-haspopup': 'menu',
            'aria-expanded': 'false',
          });
    return element(
      'div',
      { class: classes.filter(Boolean).join(' '), role: 'article', tabIndex: -1, 'aria-label': label, dataset: { state } },
      by === '' || isTogether ? null : element('span', { class: 'by' }, avatar({ user: from }, from), element('span', { dir: 'auto' }, by)),
      element(
        'div',
        { class: 'bubble' },
        ...content,
        element(
          'span',
          { class: 'meta' },
          isEdited ? element('span', { class: 'edited' }, 'edited') : null,
          element('time', { dateTime: new Date(time).toISOString() }, clock(time)),
          state === ''
            ? null
            : element('span', { class: 'ticks', dataset: { state }, title: STATES[state] }, icon(state), unseen(STATES[state])),
        ),
      ),
      more,
    );
  }

  #choices(talk, message) {
    const isText = message.mimeType.startsWith('text/');
    return [
      { label: 'Copy', act: () => this.#copy(message) },
      message.own && isText && { label: 'Edit', act: () => this.composer.edit(message) },
      message.own && talk.isGroup && { label: 'Read by…', act: () => showReaders(this.#model, talk, message) },
      message.own && {
        label: 'Take back',
        class: 'danger',
        act: () => this.#tried(this.#model.recall(talk, message.msgId), 'The message was not taken back'),
      },
    ].filter(Boolean);
  }

  async #copy({ content }) {
    try {
      await navigator.clipboard.writeText(content);
      toast('Copied');
    } catch {
      toast('The browser does not allow to copy here');
    }
  }

  async #tried(deed, failed) {
    try {
      await deed;
    } catch (error) {
      toast(`${failed}: ${reason(error)}`);
    }
  }

  #editLast() {
    const own = this.#talk.messages.findLast(
      ({ own: isOwn, kind, mimeType }) => isOwn && kind === 'message' && mimeType.startsWith('text/'),
    );
    if (own !== undefined) {
      this.composer.edit(own);
    }
  }

  // Through the messages by keyboard: one of them is in the tab order, and arrows go from one to the next.

  #all() {
    return [...this.#inner.querySelectorAll(':scope > .message')];
  }

  #oneInTheTabOrder() {
    const all = this.#all();
    const current = all.find((message) => message.tabIndex === 0);
    const focused = all.find((message) => message.contains(document.activeElement));
    const wanted = focused ?? all.at(-1);
    if (current !== wanted) {
      current?.setAttribute('tabindex', '-1');
      wanted?.setAttribute('tabindex', '0');
    }
  }

  #keys(event) {
    const message = event.target.closest('.message');
    const all = this.#all();
    const at = all.indexOf(message);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (message === null) {
      return;
    }
    if (to !== undefined && all[to] !== undefined) {
      event.preventDefault();
      all[to].focus({ preventScroll: true });
      all[to].scrollIntoView({ block: 'nearest' });
      this.#oneInTheTabOrder();
    } else if (event.target === message && (event.key === 'Enter' || event.key === ' ' || event.key === 'ContextMenu')) {
      event.preventDefault();
      message.querySelector('.more-button')?.click();
    } else if (event.key === 'Escape') {
      this.composer.focus();
    }
  }

  // Scrolling.

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < AT_END;
    if (this.#talk !== null) {
      if (this.#isAtEnd && document.visibilityState === 'visible') {
        this.#model.readAll();
      }
      this.#renderNewest(this.#talk);
      this.#loadWhereItIsNear();
    }
  }

  #loadWhereItIsNear() {
    const talk = this.#talk;
    if (talk.isLoaded && !talk.isLoading && !talk.isComplete && this.#log.scrollTop < NEAR_START && talk.failure === null) {
      this.#model.older(talk);
    }
  }

  #renderNewest(talk) {
    const isHidden = this.#isAtEnd || !talk.isLoaded;
    this.#newest.hidden = isHidden;
    if (!isHidden) {
      this.#newest.replaceChildren(icon('down'), talk.unread > 0 ? counted(talk.unread, 'new message', 'new messages') : 'Newest');
    }
  }

  #toNewest() {
    this.#isAtEnd = true;
    this.#scrollToEnd();
    this.#model.readAll();
    this.composer.focus();
  }

  #scrollToEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** What was the first message until older ones came above, and where it was. */
  #anchor() {
    const first = this.#inner.querySelector(':scope > .message');
    return first === null ? null : { key: first.dataset.key, top: first.offsetTop };
  }

  /** What one looks at stays where it is, whatever has come above. */
  #keep({ key, top }) {
    const again = this.#inner.querySelector(`:scope > [data-key="${key}"]`);
    if (again !== null && again.offsetTop !== top) {
      this.#log.scrollTop += again.offsetTop - top;
    }
  }

  /** To where the unread ones begin, or to the end where they all fit. */
  #toDivider() {
    this.#scrollToEnd();
    const divider = this.#inner.querySelector(':scope > .unread-divider');
    if (divider !== null && divider.offsetTop - this.#log.offsetTop < this.#log.scrollTop) {
      this.#log.scrollTop = divider.offsetTop - this.#log.offsetTop - 8;
      this.#isAtEnd = false;
    }
  }
}

function line(key, className, text) {
  return { key, look: text, make: () => element('p', { class: className }, element('span', {}, text)) };
}
