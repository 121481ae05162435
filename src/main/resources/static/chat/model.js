/**
 * What is known: the conversations, their messages, who has read, who is there, who writes. Knows nothing of how it is shown; it
 * calls `changed` after each change, with the key of the conversation that it concerns, or null.
 */
import { applyChange, connect, conversationKey } from '../linbox.js';

const PAGE = 50;
const LIST_PAGE = 50;

/** Who types says so every few seconds, and is forgotten a little later. In milliseconds. */
const TYPING_EVERY = 3_000;
const TYPING_FOR = 6_000;

/** What the server tells of a group may be so far behind, in milliseconds. */
const GROUP_BEHIND = 1_500;

/** A group that nothing is told of after so many times is none of the user's any more. */
const MOST_ASKED = 3;

/** Of so many in the list it is asked at once how far the partner has read; of others when they are opened. */
const MOST_CAUGHT_UP = 20;

/** The server's limit for those watched is higher; these are the conversations that are on top. */
const MOST_WATCHED = 200;

/** A conversation that has not been looked into has few messages of its own, and is loaded when it is opened. */
class Talk {
  /** By `msgId`, ascending, all kinds; without gaps from the first one on. */
  messages = [];
  /** What is on its way, in the order written: `{ requestId, content, state: 'sending' | 'failed', reason, time }`. */
  outbox = [];
  newest = 0;
  readUpTo = 0;
  /** How far the partner has read, one to one. */
  partnerUpTo = 0;
  last = null;
  name = '';
  isLoaded = false;
  isLoading = false;
  isComplete = false;
  /** Why the last attempt to load failed. */
  failure = null;
  /** Where the unread ones began when the conversation was opened. */
  divider = null;
  /** Whether the user may still write, in a group. */
  isMember = true;
  members = 0;
  /** When the group last changed, and when it is asked about then. */
  changedAt = 0;
  describing = undefined;
  /** How often it was asked about in vain. */
  asked = 0;
  edited = new Set();
  typing = new Map();

  constructor(conversation) {
    this.conversation = conversation;
    this.key = conversationKey(conversation);
    this.isGroup = conversation.group !== undefined;
    this.name = this.isGroup ? '' : conversation.user;
  }

  get unread() {
    return Math.max(0, this.newest - this.readUpTo);
  }

  get title() {
    return this.name === '' ? `Group ${this.conversation.group}` : this.name;
  }

  /** When something was last said or tried. */
  get time() {
    return Math.max(this.last?.sendTime ?? 0, this.outbox.at(-1)?.time ?? 0);
  }
}

export class Model {
  connection = { state: 'connecting' };
  /** Why the client ended, for good. */
  ended = null;
  online = new Map();
  open = null;
  hasMore = null;
  isListed = false;
  #client;
  #talks = new Map();
  #changed;
  #said;
  #storage;
  #watched = '';
  #typedAt = new Map();
  #isWatching = () => false;

  /**
   * @param {object} options `url`, `userId` and `token` for the client
   * @param {import('./storage.js').ofWindow} storage keeps what is not sent yet over a reload
   * @param {object} view
   * @param {(key: string | null) => void} view.changed
   * @param {(talk: Talk, message: object) => void} view.said called for messages that somebody else has just written
   * @param {(text: string) => void} view.notice called for what the product itself says
   * @param {() => boolean} view.isWatching whether the user sees the end of the open conversation
   */
  constructor(options, storage, view) {
    this.#storage = storage;
    this.#changed = view.changed;
    this.#said = view.said;
    this.#isWatching = view.isWatching;
    this.#client = connect(options);
    this.#listen(view);
    this.#restoreOutbox();
  }

  get me() {
    return this.#client.userId;
  }

  get groups() {
    return this.#client.groups;
  }

  /** The conversations, the one with the newest message first. */
  get talks() {
    const time = (talk) => (talk === this.open && talk.time === 0 ? Infinity : talk.time);
    const isShown = (talk) => talk.newest > 0 || talk.outbox.length > 0 || talk === this.open;
    return [...this.#talks.values()].filter(isShown).sort((a, b) => time(b) - time(a));
  }

  get unread() {
    return this.talks.reduce((sum, talk) => sum + talk.unread, 0);
  }

  close() {
    this.#client.close();
  }

  #listen(view) {
    const client = this.#client;
    client.on('connection', (connection) => {
      this.connection = connection;
      if (connection.state === 'online') {
        this.#refresh();
      }
      this.#changed(null);
    });
    client.on('closed', (error) => {
      this.ended = error;
      this.#changed(null);
    });
    client.on('message', (message) => this.#arrived(message));
    client.on('group', (message) => this.#arrived(message));
    client.on('changed', (message) => this.#arrived(message));
    client.on('receipt', ({ conversation, msgId }) => this.#partnerRead(this.talk(conversation), msgId));
    client.on('read', ({ conversation, msgId }) => {
      const talk = this.talk(conversation);
      talk.readUpTo = Math.max(talk.readUpTo, msgId);
      this.#changed(talk.key);
    });
    client.on('typing', ({ conversation, user }) => this.#types(this.talk(conversation), user));
    client.on('presence', ({ user, online }) => {
      this.online.set(user, online);
      this.#changed(null);
    });
    client.on('system', ({ content }) => view.notice(content));
  }

  /** The one about a conversation, made where there is none. */
  talk(conversation) {
    const key = conversationKey(conversation);
    if (!this.#talks.has(key)) {
      this.#talks.set(key, new Talk(conversation));
    }
    return this.#talks.get(key);
  }

  // The list.

  /** After each sign-in: what was read and met elsewhere meanwhile, and the receipts that were missed. */
  async #refresh() {
    await this.#quietly(async () => {
      await this.more(0);
      await Promise.all([this.#watch(), this.open === null ? null : this.#opened(this.open)]);
    });
    for (const talk of this.#talks.values()) {
      this.#resend(talk);
    }
  }

  /** The next page of the list. */
  async more(offset = this.hasMore ?? 0) {
    const { conversations, next } = await this.#client.conversations({ offset, limit: LIST_PAGE });
    for (const found of conversations) {
      this.#stands(this.talk(found.conversation), found);
    }
    this.hasMore = offset > 0 || !this.isListed ? next : this.hasMore;
    this.isListed = true;
    this.#changed(null);
    await this.#watch();
    const onTop = this.talks.filter(({ last }) => last?.own === true).slice(0, MOST_CAUGHT_UP);
    this.#quietly(() => Promise.all(onTop.map((talk) => this.#catchUpReceipts(talk))));
  }

  #stands(talk, { newest, unread, last }) {
    talk.newest = Math.max(talk.newest, newest);
    talk.readUpTo = Math.max(talk.readUpTo, newest - unread);
    if (last !== null && last.msgId >= (talk.last?.msgId ?? 0)) {
      talk.last = last;
    }
    if (talk.isGroup && talk.name === '') {
      this.describe(talk);
    }
    this.#changed(talk.key);
  }

  /** What a group is called, and whether it is still the user's. */
  describe(talk) {
    return this.#quietly(async () => {
      try {
        const { name, count } = await this.groups.info(talk.conversation.group, { limit: 1 });
        talk.name = name;
        talk.members = count;
        talk.isMember = true;
      } catch (error) {
        if (error.code !== 'not_allowed') {
          throw error;
        }
        talk.isMember = talk.isMember && Date.now() - talk.changedAt < GROUP_BEHIND;
        if (talk.name === '' && talk.asked++ < MOST_ASKED) {
          clearTimeout(talk.describing);
          talk.describing = setTimeout(() => this.describe(talk), GROUP_BEHIND);
        }
      }
      this.#changed(talk.key);
    });
  }

  async #watch() {
    const users = this.talks
      .filter((talk) => !talk.isGroup)
      .map((talk) => talk.conversation.user)
      .slice(0, MOST_WATCHED);
    const wanted = [...users].sort().join();
    if (wanted !== this.#watched) {
      this.#watched = wanted;
      (await this.#client.watchPresence(users)).forEach((online, user) => this.online.set(user, online));
      this.#changed(null);
    }
  }

  // What comes.

  #arrived(message) {
    const talk = this.talk(message.conversation);
    const isNew = message.msgId > talk.newest;
    const isKnown = talk.newest > 0;
    this.#take(talk, message);
    if (message.own) {
      this.#settle(talk, message.requestId);
      talk.readUpTo = Math.max(talk.readUpTo, message.msgId);
    } else {
      talk.typing.delete(message.from);
      this.#partnerRead(talk, message.msgId);
      if (!isKnown) {
        this.#meet(talk, message);
        this.#quietly(() => this.#watch());
      }
      if (isNew && message.kind !== 'change') {
        this.#said(talk, message);
      }
    }
    if (message.kind === 'group') {
      this.#grouped(talk, message);
    }
    if (talk === this.open && this.#isWatching()) {
      this.readAll();
    }
    this.#changed(talk.key);
  }

  /** The first message of a conversation that was not in the list so far: it is taken for its only unread one until the server has said more. */
  #meet(talk, message) {
    const guess = message.msgId - 1;
    talk.readUpTo = guess;
    this.#quietly(async () => {
      const found = await this.#client.unread(talk.conversation);
      talk.readUpTo = talk.readUpTo === guess ? 0 : talk.readUpTo;
      this.#stands(talk, found);
    });
  }

  #grouped(talk, { event, sendTime }) {
    // One that was missed says nothing of how it is now.
    const isOld = Date.now() - sendTime > 10 * GROUP_BEHIND;
    const isMe = (event.users ?? []).includes(this.me);
    if (event.name !== undefined) {
      talk.name = event.name;
    }
    if (event.action === 'dissolve' || (event.action === 'remove' && isMe) || (event.action === 'leave' && event.actor === this.me)) {
      talk.isMember = false;
    } else if (!isOld) {
      talk.isMember = true;
      talk.changedAt = Date.now();
    }
    clearTimeout(talk.describing);
    talk.describing = setTimeout(() => this.describe(talk), GROUP_BEHIND);
  }

  /** Puts a message where it belongs. */
  #take(talk, message) {
    talk.newest = Math.max(talk.newest, message.msgId);
    if (message.msgId > (talk.last?.msgId ?? 0)) {
      talk.last = message;
    }
    if (talk.isLoaded || talk.isLoading) {
      talk.messages = merged(talk.messages, [message]);
    }
    if (message.kind === 'change') {
      this.#rewrite(talk, message);
    }
  }

  #rewrite(talk, change) {
    talk.messages = applyChange(talk.messages, change);
    if (talk.last !== null) {
      [talk.last] = applyChange([talk.last], change);
    }
    if (change.change.action === 'edit') {
      talk.edited.add(change.change.msgId);
    }
  }

  #partnerRead(talk, msgId) {
    if (!talk.isGroup && msgId > talk.partnerUpTo) {
      talk.partnerUpTo = msgId;
      this.#changed(talk.key);
    }
  }

  #types(talk, user) {
    clearTimeout(talk.typing.get(user));
    talk.typing.set(
      user,
      setTimeout(() => {
        talk.typing.delete(user);
        this.#changed(talk.key);
      }, TYPING_FOR),
    );
    this.#changed(talk.key);
  }

  // The open conversation.

  async show(conversation) {
    if (this.open !== null) {
      this.open.divider = null;
    }
    this.open = conversation === null ? null : this.talk(conversation);
    this.#changed(null);
    if (this.open !== null) {
      await this.#quietly(() => this.#opened(this.open));
    }
  }

  async #opened(talk) {
    if (talk.isGroup) {
      await this.describe(talk);
      if (!talk.isMember) {
        return;
      }
    }
    this.#stands(talk, await this.#client.unread(talk.conversation));
    if (talk.divider === null && talk.unread > 0) {
      talk.divider = talk.readUpTo;
    }
    if (!talk.isLoaded || talk.failure !== null) {
      await this.older(talk);
    }
    await this.#catchUpReceipts(talk);
    await this.#watch();
    if (talk === this.open && this.#isWatching()) {
      this.readAll();
    }
  }

  /** How far the partner has read, which is told only while connected. */
  async #catchUpReceipts(talk) {
    if (!talk.isGroup && talk.newest > 0 && talk.partnerUpTo < talk.newest) {
      const reader = (await this.#client.readers(talk.conversation, 1)).find(({ user }) => user === talk.conversation.user);
      this.#partnerRead(talk, reader?.msgId ?? 0);
    }
  }

  /** Loads the page before what there is. */
  async older(talk) {
    if (talk.isLoading || talk.isComplete) {
      return;
    }
    talk.isLoading = true;
    talk.failure = null;
    this.#changed(talk.key);
    try {
      const first = talk.isLoaded ? talk.messages[0]?.msgId : undefined;
      const page = await this.#client.history(talk.conversation, { limit: PAGE, before: first });
      talk.messages = merged(talk.messages, page);
      page.filter(({ kind }) => kind === 'change').forEach((change) => this.#markEdited(talk, change));
      talk.isComplete = page.length === 0 || page[0].msgId === 1;
      talk.isLoaded = true;
    } catch (error) {
      if (error.code === 'not_allowed') {
        talk.isMember = false;
        talk.isComplete = true;
      }
      talk.failure = error;
    } finally {
      talk.isLoading = false;
      this.#changed(talk.key);
    }
  }

  /** What comes from the history is changed already; of a message that was here before, it tells of the change itself. */
  #markEdited(talk, { change }) {
    if (change.action === 'edit') {
      talk.edited.add(change.msgId);
    }
  }

  /** The user has seen all of the open conversation. */
  readAll() {
    const talk = this.open;
    if (talk !== null && talk.unread > 0) {
      talk.readUpTo = talk.newest;
      this.#changed(talk.key);
      this.#quietly(() => this.#client.read(talk.conversation, talk.newest));
    }
  }

  typing(talk) {
    const now = Date.now();
    if (talk.newest > 0 && this.connection.state === 'online' && now - (this.#typedAt.get(talk.key) ?? 0) >= TYPING_EVERY) {
      this.#typedAt.set(talk.key, now);
      this.#quietly(() => this.#client.typing(talk.conversation));
    }
  }

  // What the user says.

  /** Shown at once, and kept until it is stored. */
  send(talk, content) {
    const written = { requestId: this.#client.nextRequestId(), content, state: 'sending', reason: '', time: Date.now() };
    talk.outbox.push(written);
    talk.divider = null;
    this.#typedAt.delete(talk.key);
    this.#keepOutbox();
    return this.#try(talk, written);
  }

  /** Once more, as the same message. */
  retry(talk, written) {
    return this.#try(talk, written);
  }

  discard(talk, written) {
    this.#settle(talk, written.requestId);
    this.#changed(talk.key);
  }

  async #try(talk, written) {
    written.state = 'sending';
    this.#changed(talk.key);
    try {
      const { msgId, sendTime } = await this.#client.send(talk.conversation, written.content, { requestId: written.requestId });
      this.#settle(talk, written.requestId);
      const isFirst = talk.newest === 0;
      this.#take(talk, {
        kind: 'message',
        conversation: talk.conversation,
        msgId,
        from: this.me,
        own: true,
        mimeType: 'text/plain',
        content: written.content,
        sendTime,
        requestId: written.requestId,
      });
      talk.readUpTo = Math.max(talk.readUpTo, msgId);
      if (isFirst) {
        this.#quietly(() => this.#watch());
      }
    } catch (error) {
      if (error.code !== 'closed') {
        Object.assign(written, { state: 'failed', reason: error });
      }
    }
    this.#changed(talk.key);
  }

  #settle(talk, requestId) {
    talk.outbox = talk.outbox.filter((written) => written.requestId !== requestId);
    this.#keepOutbox();
  }

  #keepOutbox() {
    const kept = [...this.#talks.values()].flatMap(({ conversation, outbox }) =>
      outbox.map(({ requestId, content, time }) => ({ conversation, requestId, content, time })),
    );
    this.#storage.set(this.#outboxKey(), JSON.stringify(kept));
  }

  /** What was on its way when the page was loaded anew is sent again, as the same message. */
  #restoreOutbox() {
    try {
      for (const { conversation, requestId, content, time } of JSON.parse(this.#storage.get(this.#outboxKey()) ?? '[]')) {
        this.talk(conversation).outbox.push({ requestId, content, time, state: 'waiting', reason: '' });
      }
    } catch {
      this.#storage.remove(this.#outboxKey());
    }
  }

  #resend(talk) {
    talk.outbox.filter(({ state }) => state === 'waiting').forEach((written) => this.#try(talk, written));
  }

  #outboxKey() {
    return `linbox.outbox.${this.me}`;
  }

  async edit(talk, msgId, content) {
    const { msgId: changeId, sendTime } = await this.#client.edit(talk.conversation, msgId, content);
    this.#changedOwn(talk, { msgId: changeId, sendTime }, { action: 'edit', msgId, content });
  }

  async recall(talk, msgId) {
    const { msgId: changeId, sendTime } = await this.#client.recall(talk.conversation, msgId);
    this.#changedOwn(talk, { msgId: changeId, sendTime }, { action: 'recall', msgId });
  }

  /** One's own changes are not told. */
  #changedOwn(talk, stored, change) {
    this.#take(talk, {
      ...stored,
      kind: 'change',
      conversation: talk.conversation,
      from: this.me,
      own: true,
      mimeType: '',
      content: '',
      change,
    });
    talk.readUpTo = Math.max(talk.readUpTo, stored.msgId);
    this.#changed(talk.key);
  }

  readers(talk, msgId) {
    return this.#client.readers(talk.conversation, msgId);
  }

  // Groups.

  /** What a change of a group has made is a message of it, which is not told to whoever makes it. */
  async changeGroup(talk, change) {
    const { msgId, sendTime, event } = await change();
    if (msgId > 0) {
      this.#take(talk, {
        msgId,
        sendTime,
        kind: 'group',
        conversation: talk.conversation,
        from: this.me,
        own: true,
        mimeType: '',
        content: '',
        event: { actor: this.me, users: [], ...event },
      });
      talk.readUpTo = Math.max(talk.readUpTo, msgId);
      this.#grouped(talk, { sendTime, event: { users: [], actor: this.me, ...event } });
    }
    this.#changed(talk.key);
  }

  async createGroup(options) {
    const created = await this.groups.create(options);
    const talk = this.talk({ group: created.group });
    talk.name = options.name;
    talk.isLoaded = true;
    talk.isComplete = true;
    await this.changeGroup(talk, async () => ({
      ...created,
      event: { action: 'create', name: options.name, users: options.users, count: options.users.length },
    }));
    return talk;
  }

  /** What is of use now or never, and that nobody waits for: without a connection it is done again after the next sign-in. */
  async #quietly(deed) {
    try {
      await deed();
    } catch (error) {
      if (error.name !== 'LinboxError') {
        throw error;
      }
    }
  }
}

/** Two lists by `msgId`; where both have one, the later word counts. */
function merged(messages, more) {
  if (more.length === 0) {
    return messages;
  }
  if (messages.length === 0 || more[0].msgId > messages.at(-1).msgId) {
    return [...messages, ...more];
  }
  if (more.at(-1).msgId < messages[0].msgId) {
    return [...more, ...messages];
  }
  const byId = new Map([...messages, ...more].map((message) => [message.msgId, message]));
  return [...byId.values()].sort((a, b) => a.msgId - b.msgId);
}
