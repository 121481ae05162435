/**
 * LINBOX's client for JavaScript: one ES module, nothing to install, nothing to build. Runs in browsers and in Node 20 or newer.
 *
 *     import { connect } from './linbox.js';
 *
 *     const client = connect({ url: 'ws://127.0.0.1:9080/ws', userId: '1001' });
 *     client.on('message', (message) => console.log(message.from, message.content));
 *     await client.ready;
 *     const { msgId } = await client.send({ user: '1002' }, 'hello');
 *
 * It speaks version 2 of the protocol, a packet in each text frame. It reconnects by itself, sends what has no answer again with the
 * same request id, and hands on the messages of each conversation in order, each once. What a message says it never looks at, but
 * for the messages by which the server tells of changes.
 *
 * The parts, from the outside in: `LinboxClient` and `Groups` are what applications call; `Session` brings together the `Keeper` of
 * the connection, the `Pending` requests, the `Deliveries` with a `Feed` for each conversation, and the `PresenceList`; at the
 * end come the words of the wire, and `NodeSocket` for a Node without WebSocket. Inside, answers are handed on by calls and not by
 * promises: several packets may arrive in one turn of the event loop, and each has to find everything that the ones before it changed.
 *
 * @module linbox
 */

/** The mime types of what the server itself says. */
const GROUP_EVENT = 'application/vnd.linbox.group-event+json';
const MESSAGE_CHANGE = 'application/vnd.linbox.message-change+json';
const RECALLED = 'application/vnd.linbox.recalled';

const OK = 200;
const TOO_FAST = 429;
const UNAVAILABLE = 503;

/** What the server's statuses are called in {@link LinboxError}. */
const CODES = {
  400: 'invalid',
  401: 'not_certified',
  403: 'not_allowed',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  [TOO_FAST]: 'too_fast',
  500: 'failed',
  [UNAVAILABLE]: 'unavailable',
};

/** Times are in milliseconds; see {@link connect} for what they mean. */
const DEFAULTS = {
  token: '',
  device: 'web',
  connectTimeout: 10_000,
  requestTimeout: 5_000,
  sendDeadline: 120_000,
  pingInterval: 25_000,
  reconnectMin: 250,
  reconnectMax: 15_000,
  maxPending: 1_024,
  deliverUnread: false,
  systemPosition: 0,
};

/** Longest packet to send, in bytes: the server closes the connection over a longer one. */
const MAX_SENT = 64 * 1_024;

/** Nothing is sent again while so many bytes have not left yet: the server does not read, and more of the same is no help. */
const MAX_BUFFERED = 1_024 * 1_024;

/**
 * Why something did not come about.
 *
 * `code` says what, for programs: of the server's answers `invalid` (400), `not_certified` (401), `not_allowed` (403), `not_found`
 * (404), `conflict` (409), `too_large` (413), `too_fast` (429), `failed` (500) and `unavailable` (503); of the client's own
 * `offline` (no connection, or it was lost on the way), `no_answer` (in time), `too_many_pending`, `token` (the function that gets
 * it failed), `signed_out` (by the server, such as by a newer sign-in), `closed` (by the application), and `invalid` or `too_large`
 * of a call that makes no sense.
 */
export class LinboxError extends Error {
  /**
   * @param {string} code
   * @param {string} reason in words
   * @param {{status?: number, retryable?: boolean, cause?: unknown}} [more]
   */
  constructor(code, reason, { status = 0, retryable = false, cause } = {}) {
    super(reason === '' ? code : `${code}: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'LinboxError';
    this.code = code;
    /** In words; of an answer, the server's own. */
    this.reason = reason;
    /** The server's status, 0 where the server has said nothing. */
    this.status = status;
    /** Whether the same may succeed later. A send is to be tried again with the same {@link LinboxError#requestId}. */
    this.retryable = retryable;
    /** The id under which it was sent, where it is something that the server stores once. */
    this.requestId = undefined;
  }
}

const refused = (status, reason) =>
  new LinboxError(CODES[status] ?? (status >= 500 ? 'failed' : 'invalid'), reason, {
    status,
    retryable: status === TOO_FAST || status === UNAVAILABLE,
  });
const offline = (reason, cause) => new LinboxError('offline', reason, { retryable: true, cause });
const noAnswer = (what) => new LinboxError('no_answer', `${what}: no answer in time`, { retryable: true });
const invalid = (reason) => new LinboxError('invalid', reason);

/** The same error, which may have ended other requests too, with the id of this one. */
function ofRequest({ code, reason, status, retryable, cause }, requestId) {
  const error = new LinboxError(code, reason, { status, retryable, cause });
  error.requestId = requestId;
  return error;
}

/** Whether asking again is of no use: the server has decided. */
const isFinal = (error) => error.status >= 400 && error.status < 500 && !error.retryable;

/**
 * Signs a user in and keeps them signed in, until the server signs them out or refuses them, or {@link LinboxClient#close}.
 *
 * Returns at once: add the listeners, then wait for `client.ready`.
 *
 * @param {object} options
 * @param {string | string[]} options.url such as `wss://chat.example.com/ws`; of several, each is tried in turn
 * @param {string} options.userId decimal digits in a text, since a number cannot hold them all
 * @param {string | (() => string | Promise<string>)} [options.token] what the server takes for proof. A function is asked before each
 *     sign-in, so that it can get a fresh one
 * @param {string} [options.device] the kind of device, `web` where absent; a newer sign-in of the same kind ends this one
 * @param {number} [options.connectTimeout] for the connection and the sign-in together, in ms
 * @param {number} [options.requestTimeout] after so long without an answer a send is sent again, anything else fails, in ms
 * @param {number} [options.sendDeadline] how long a send is tried altogether, over all reconnects, in ms
 * @param {number} [options.pingInterval] must be less than the server's idle timeout, 60 s by default, in ms
 * @param {number} [options.reconnectMin] pause before the first attempt to reconnect, in ms; doubled after each, with jitter
 * @param {number} [options.reconnectMax] longest such pause, in ms
 * @param {number} [options.maxPending] how many requests may wait for their answers; one more fails at once
 * @param {boolean} [options.deliverUnread] whether messages that were unread at the first sign-in come as events too
 * @param {number} [options.systemPosition] the greatest `msgId` of a system message that an earlier run has had, which the
 *     application has kept; those up to it are passed over
 * @param {typeof WebSocket} [options.WebSocket] in place of the platform's own
 * @returns {LinboxClient}
 */
export function connect(options) {
  return new LinboxClient(settingsOf(options));
}

function settingsOf(options) {
  const settings = { ...DEFAULTS };
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) {
      settings[name] = value;
    }
  }
  settings.urls = [settings.url].flat();
  if (settings.urls.length === 0 || settings.urls.some((url) => !/^wss?:\/\//.test(url))) {
    throw invalid(`url: ${settings.url} (expected: ws:// or wss://)`);
  }
  checkId('userId', settings.userId);
  for (const name of ['connectTimeout', 'requestTimeout', 'sendDeadline', 'pingInterval', 'reconnectMin', 'maxPending']) {
    if (!(settings[name] > 0)) {
      throw invalid(`${name}: ${settings[name]} (expected: > 0)`);
    }
  }
  if (!(settings.reconnectMax >= settings.reconnectMin)) {
    throw invalid(`reconnectMax: ${settings.reconnectMax} (expected: >= ${settings.reconnectMin})`);
  }
  settings.WebSocket ??= globalThis.WebSocket ?? NodeSocket;
  return settings;
}

/**
 * A text that stands for a conversation, such as `user:1002` or `group:374825969188864`: the key for maps, since two objects that
 * name the same conversation are not the same object.
 *
 * @param {{user: string} | {group: string}} conversation
 * @returns {string}
 */
export function conversationKey(conversation) {
  return conversation.group === undefined ? `user:${conversation.user}` : `group:${conversation.group}`;
}

/**
 * What a list of messages looks like after a change, for whoever keeps one: the message that was edited or recalled is another one.
 *
 * @param {object[]} messages in any order, of any conversations; stays as it is
 * @param {object} changed from the event `changed`, or of kind `change` from the history
 * @returns {object[]} a new list; the same one where it does not have the message
 */
export function applyChange(messages, changed) {
  const key = conversationKey(changed.conversation);
  const isMeant = (message) => message.msgId === changed.change.msgId && conversationKey(message.conversation) === key;
  return messages.some(isMeant)
    ? messages.map((message) => (isMeant(message) ? rewritten(message, changed.change) : message))
    : messages;
}

function rewritten(message, { action, content }) {
  return action === 'recall'
    ? { ...message, kind: 'recalled', mimeType: RECALLED, content: '' }
    : { ...message, content };
}

/**
 * A signed-in user's client, made by {@link connect}.
 *
 * A conversation is named by `{ user: '1002' }`, one to one with that user, or `{ group: '374825969188864' }`. A message is
 * `{ conversation, msgId, from, own, mimeType, content, sendTime, requestId, kind }`: `msgId` counts the messages of the conversation from 1,
 * `sendTime` is in milliseconds since the epoch, `own` says whether this user wrote it, and `kind` is
 *
 * - `message`: what somebody wrote;
 * - `recalled`: what somebody wrote and took back before it came here, without content;
 * - `change`: tells that an earlier message was edited or recalled, in `change: { action, msgId, content }`;
 * - `group`: tells what was done to a group, in `event: { action, actor, users, count, name, role, invite, history, mutedUntil }`, of
 *   which only what the action has is there. `users` are the first hundred of `count`.
 *
 * Sends, recalls, edits and changes of groups are tried, with one request id, until the server has answered, `sendDeadline` has passed or the
 * client is closed: over timeouts, reconnects and "try again". The server does each once. They keep their order, but for one that
 * the server put off, or whose answer is overdue: whoever minds waits for it before the next. Everything else is tried once, and
 * fails with `offline` where there is no connection.
 *
 * What fails, fails with {@link LinboxError}.
 *
 * Events, by {@link LinboxClient#on}:
 *
 * | event        | what came | when |
 * |--------------|-----------|------|
 * | `message`    | a message of kind `message` or `recalled` | somebody wrote; own ones only where another device sent them |
 * | `changed`    | a message of kind `change` | somebody edited or recalled; {@link applyChange} helps |
 * | `group`      | a message of kind `group` | somebody made or changed a group |
 * | `receipt`    | `{ conversation, msgId }` | the partner has read so far |
 * | `read`       | `{ conversation, msgId }` | this user has read so far on another device |
 * | `typing`     | `{ conversation, user }` | that user is writing; to be forgotten after some seconds |
 * | `presence`   | `{ user, online, time }` | one of {@link LinboxClient#watchPresence} came or went |
 * | `system`     | `{ type, content, msgId, sendTime }` | the product says something; only what is stored has `msgId` |
 * | `connection` | `{ state, retryIn, error }` | `connecting`, `online`, `offline` (with the pause in ms and why) or `closed` |
 * | `closed`     | a LinboxError | for good, with code `closed`, `signed_out`, `not_certified` …; nothing comes after it |
 *
 * `message`, `changed` and `group` come in one order for each conversation, each once, also over reconnects: what was missed is pulled.
 */
class LinboxClient {
  #session;
  #settings;

  /** @internal See {@link connect}. */
  constructor(settings) {
    this.#settings = settings;
    this.#session = new Session(settings);
    /** Making groups and changing them. */
    this.groups = new Groups(this.#session);
  }

  /** The signed-in user. */
  get userId() {
    return this.#settings.userId;
  }

  /** `connecting`, `online`, `offline` or `closed`. */
  get state() {
    return this.#session.state;
  }

  /**
   * Done when the user is signed in and every message that is stored from then on will come; fails where the client ends before.
   *
   * @type {Promise<void>}
   */
  get ready() {
    return this.#session.ready;
  }

  /** The greatest `msgId` of a system message so far, for an application that keeps it for the next run's `systemPosition`. */
  get systemPosition() {
    return this.#session.systemPosition;
  }

  /**
   * Calls `listener` for every event of this name. What it throws is reported and goes no further.
   *
   * @param {string} event
   * @param {(what: any) => void} listener
   * @returns {() => void} ends it
   */
  on(event, listener) {
    return this.#session.events.on(event, listener);
  }

  /** Ends what {@link LinboxClient#on} began. */
  off(event, listener) {
    this.#session.events.off(event, listener);
  }

  /** An id that no other message of this user has or will have, for an application that keeps what it sends over a restart. */
  nextRequestId() {
    return this.#session.ids.next();
  }

  /**
   * Sends a message. When this is done it is stored, and told to everybody it concerns.
   *
   * @param {{user: string} | {group: string}} conversation
   * @param {string} content
   * @param {{mimeType?: string, requestId?: number}} [options] `requestId` of an earlier try of the same message, which is stored once
   * @returns {Promise<{msgId: number, sendTime: number, requestId: number}>}
   */
  send(conversation, content, { mimeType = 'text/plain', requestId = this.nextRequestId() } = {}) {
    return this.#session.store(conversation, requestId, () => {
      const msg = { r_id: requestId, from_user_id: this.userId, mime_type: mimeType, content, ...onWire(conversation) };
      return { packet: 'SendMsgRequest', ...onWire(conversation), msg };
    });
  }

  /**
   * Takes back a message of one's own, which the server allows for some minutes.
   *
   * @returns {Promise<{msgId: number, sendTime: number, requestId: number}>} of the change, a message of the conversation itself
   */
  recall(conversation, msgId) {
    return this.#change(conversation, { msg_id: msgId, action: 'recall' });
  }

  /** Gives a message of one's own another content; otherwise as {@link LinboxClient#recall}. */
  edit(conversation, msgId, content) {
    return this.#change(conversation, { msg_id: msgId, action: 'edit', content });
  }

  #change(conversation, fields) {
    return this.#session.store(conversation, this.nextRequestId(), () => ({
      packet: 'ChangeMsgRequest',
      ...onWire(conversation),
      ...fields,
    }));
  }

  /**
   * A page of the user's conversations, the one with the newest message first.
   *
   * @param {{offset?: number, limit?: number}} [page] `offset` is the `next` of the page before
   * @returns {Promise<{conversations: object[], next: number | null}>} each as {@link LinboxClient#unread} gives it; `next` is null at the end
   */
  async conversations({ offset = 0, limit = 50 } = {}) {
    const answer = await this.#session.query({ packet: 'SyncUnreadRequest', type: 1, offset, limit });
    return { conversations: unreads(this.userId, answer), next: answer.offset > offset ? answer.offset : null };
  }

  /**
   * How it stands in one conversation: `newest` is the newest `msgId`, 0 where nothing was ever said, `unread` how many messages this
   * user has not read, `since` the newest `msgId` when they joined the group, and `last` the newest message, or null.
   *
   * @returns {Promise<{conversation: object, newest: number, unread: number, since: number, last: object | null}>}
   */
  async unread(conversation) {
    const answer = await this.#session.query({ packet: 'SyncUnreadRequest', ...onWire(conversation), limit: 1 });
    const key = conversationKey(conversation);
    return (
      unreads(this.userId, answer).find((found) => conversationKey(found.conversation) === key) ??
      { conversation, newest: 0, unread: 0, since: 0, last: null }
    );
  }

  /**
   * The last messages before `before` and after `after`, oldest first; of a long history, page by page with the `msgId` of the first one as
   * the next `before`, until there is none. A page may be shorter than asked for. Does not mark anything as read.
   *
   * @param {{before?: number, after?: number, limit?: number}} [range] from the newest on where `before` is absent; at most 200
   * @returns {Promise<object[]>}
   */
  async history(conversation, { before, after = 0, limit = 50 } = {}) {
    // The greatest number says "from the newest on" without also saying "read", as -1 would.
    const max = before === undefined ? Number.MAX_SAFE_INTEGER : before - 1;
    if (max <= after) {
      return [];
    }
    const answer = await this.#session.query(pullRequest(conversation, max, after, limit));
    return messagesOf(this.userId, conversation, answer).reverse();
  }

  /** Marks a conversation as read up to a message; never moves back. */
  async read(conversation, msgId) {
    await this.#session.query({ packet: 'ReadAckRequest', ...onWire(conversation), msg_id: msgId });
  }

  /**
   * Who has read a conversation up to a message: of a group its members, those who have read furthest first; else the partner, or nobody.
   *
   * @returns {Promise<{user: string, msgId: number}[]>}
   */
  async readers(conversation, msgId) {
    const found = new Map();
    for (let offset = 0, next = 0; next !== null; offset = next) {
      const answer = await this.#session.query({
        packet: 'ReadersRequest',
        ...onWire(conversation),
        msg_id: msgId,
        offset,
        limit: 200,
      });
      for (const reader of answer.readers ?? []) {
        // Whoever is overtaken meanwhile comes a second time.
        if (!found.has(reader.user_id)) {
          found.set(reader.user_id, { user: reader.user_id, msgId: reader.msg_id });
        }
      }
      next = answer.offset > offset ? answer.offset : null;
    }
    return [...found.values()];
  }

  /** Tells the others that this user is writing: once every few seconds will do. Large groups refuse it (`conflict`). */
  async typing(conversation) {
    await this.#session.query({ packet: 'TypingRequest', ...onWire(conversation) });
  }

  /**
   * Wants no notifications of a conversation while the user is offline.
   *
   * @param {number} until in milliseconds since the epoch; 0 to have them again, Infinity for never
   */
  async muteConversation(conversation, until) {
    await this.#session.query({ packet: 'MuteConversationRequest', ...onWire(conversation), until: moment(until) });
  }

  /**
   * Wants to be told by the event `presence` when these users come and go, and no others any longer. The list is kept over reconnects.
   * Where this fails, but for a refusal for good, the client goes on trying and tells by events what it finds.
   *
   * @param {Iterable<string>} users none to be told of nobody; the server has a limit, 500 by default
   * @returns {Promise<Map<string, boolean>>} whether each of them is online now
   */
  watchPresence(users) {
    return this.#session.watchPresence([...new Set(users)]);
  }

  /** How many system messages are unread, by their type; 10 and 30 are always there. @returns {Promise<Map<number, number>>} */
  async systemUnread() {
    const answer = await this.#session.query({ packet: 'SyncSystemUnreadRequest' });
    return new Map((answer.unreads ?? []).map((of) => [of.system_type, parsed(of.content)?.unread ?? 0]));
  }

  /** Marks all system messages of a type as read. */
  async ackSystem(type) {
    await this.#session.query({ packet: 'SystemUnreadAckRequest', type });
  }

  /** How long the server's answer takes, in milliseconds. @returns {Promise<number>} */
  async ping() {
    const start = now();
    await this.#session.query({ packet: 'Ping' });
    return now() - start;
  }

  /** Signs out; what still waits for an answer fails with `closed`. */
  close() {
    this.#session.close();
  }
}

/**
 * What a user does to groups; `client.groups`. Every change is done when it is stored, and is a message of the group: the others
 * are told by the event `group`. One that has nothing to change has the `msgId` 0.
 */
class Groups {
  #session;

  constructor(session) {
    this.#session = session;
  }

  /**
   * Makes a group with this user as its owner.
   *
   * @param {{name: string, users?: string[], invite?: 'administrators' | 'members', history?: 'joined' | 'all'}} group `invite` says who may
   *     add others, `history` what they may read then
   * @returns {Promise<{group: string, msgId: number, sendTime: number, requestId: number}>}
   */
  create({ name, users = [], invite, history }) {
    return this.#change(null, { action: 'create', name, users, invite, history });
  }

  /** @param {{name?: string, invite?: string, history?: string}} settings those to change */
  update(group, { name, invite, history }) {
    return this.#change(group, { action: 'update', name, invite, history });
  }

  /** Ends the group, for its owner. */
  dissolve(group) {
    return this.#change(group, { action: 'dissolve' });
  }

  /** @param {string[]} users */
  add(group, users) {
    return this.#change(group, { action: 'add', users });
  }

  /** @param {string[]} users */
  remove(group, users) {
    return this.#change(group, { action: 'remove', users });
  }

  leave(group) {
    return this.#change(group, { action: 'leave' });
  }

  /** @param {'owner' | 'administrator' | 'member'} role another `owner` takes the group over */
  role(group, users, role) {
    return this.#change(group, { action: 'role', users, role });
  }

  /** @param {number} until in milliseconds since the epoch; 0 ends it, Infinity is for ever */
  mute(group, users, until) {
    return this.#change(group, { action: 'mute', users, until: moment(until) });
  }

  /** Lets nobody but administrators send. */
  muteAll(group, until) {
    return this.#change(group, { action: 'mute_all', until: moment(until) });
  }

  #change(group, fields) {
    const session = this.#session;
    const where = group === null ? null : { group };
    return session.store(where, session.ids.next(), () => {
      checkIds(fields.users ?? []);
      return { packet: 'GroupChangeRequest', group_id: group ?? undefined, ...fields };
    });
  }

  /**
   * A group and a page of its members, in an order that means nothing and stays the same.
   *
   * @param {{after?: string, limit?: number}} [page] `after` is the `next` of the page before
   * @returns {Promise<object>} `{ group, name, invite, history, mutedUntil, count, members: { user, role, mutedUntil }[], next }`; `next` is null at the end
   */
  async info(group, { after, limit = 100 } = {}) {
    checkId('group', group);
    const answer = await this.#session.query({ packet: 'GroupInfoRequest', group_id: group, after, limit });
    return {
      group,
      name: answer.name ?? '',
      invite: answer.invite,
      history: answer.history,
      mutedUntil: untilOf(answer.muted_until),
      count: answer.count ?? 0,
      members: (answer.members ?? []).map((member) => ({
        user: member.user_id,
        role: member.role,
        mutedUntil: untilOf(member.muted_until),
      })),
      next: answer.after ?? null,
    };
  }

  /** All members, page by page from the server. @returns {Promise<object[]>} */
  async members(group) {
    const members = new Map();
    for (let after; after !== null; ) {
      const page = await this.info(group, { after, limit: 200 });
      page.members.forEach((member) => members.set(member.user, member));
      after = page.next;
    }
    return [...members.values()];
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------

/** Listeners by the name of what they listen to. */
class Events {
  #listeners = new Map();

  on(event, listener) {
    if (!this.#listeners.has(event)) {
      this.#listeners.set(event, new Set());
    }
    this.#listeners.get(event).add(listener);
    return () => this.off(event, listener);
  }

  off(event, listener) {
    this.#listeners.get(event)?.delete(listener);
  }

  emit(event, what) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(what);
      } catch (error) {
        (globalThis.reportError ?? console.error)(error);
      }
    }
  }
}

/** What lies behind a client: brings together the connection, the requests that wait and the messages that come. */
class Session {
  events = new Events();
  ids = new RequestIds();
  state = 'connecting';
  ready;
  systemPosition;
  #settings;
  #keeper;
  #pending;
  #deliveries;
  #presence;
  #ended = null;
  #pingTimer;
  #readyTimer;
  #becomesReady;
  #online = () => this.#networkIsBack();

  constructor(settings) {
    this.#settings = settings;
    this.systemPosition = settings.systemPosition;
    const ask = (packet, done) => this.#ask(packet, done);
    this.#deliveries = new Deliveries(settings, ask, (message) => this.#deliver(message), () => this.#becomesReady.resolve());
    this.#pending = new Pending(settings, (where, msgId) => this.#deliveries.ownStored(where, msgId));
    this.#presence = new PresenceList(ask, (of) => this.events.emit('presence', of));
    this.#keeper = new Keeper(settings, this);
    this.ready = new Promise((resolve, reject) => {
      this.#becomesReady = { resolve, reject };
    });
    // Whoever waits for it hears of a failure; that nobody does is no fault.
    this.ready.catch(() => {});
    globalThis.addEventListener?.('online', this.#online);
    // Not before the application has had its turn to add listeners.
    queueMicrotask(() => this.#ended ?? this.#keeper.open());
  }

  /** Something that is of use now or never. */
  query(packet) {
    return new Promise((resolve, reject) => {
      this.#request(packet, this.ids.next(), {
        deadline: this.#settings.requestTimeout,
        counted: true,
        done: (error, answer) => (error === null ? resolve(answer) : reject(error)),
      });
    });
  }

  /**
   * Something that the server stores once, and that is therefore tried until it is answered.
   *
   * @param where the conversation, null in a group that it makes
   * @param makePacket fails where what it is made of makes no sense
   */
  async store(where, requestId, makePacket) {
    if (!Number.isSafeInteger(requestId) || requestId < 1) {
      throw invalid(`requestId: ${requestId} (expected: 1 to ${Number.MAX_SAFE_INTEGER})`);
    }
    if (where !== null) {
      checkConversation(where);
    }
    try {
      const packet = makePacket();
      return await new Promise((resolve, reject) => {
        this.#request(packet, requestId, {
          where,
          stored: true,
          deadline: this.#settings.sendDeadline,
          counted: true,
          done: (error, answer) => (error === null ? resolve(storedAs(answer, requestId)) : reject(error)),
        });
      });
    } catch (error) {
      throw error instanceof LinboxError ? ofRequest(error, requestId) : error;
    }
  }

  watchPresence(users) {
    return new Promise((resolve, reject) => {
      checkIds(users);
      const done = (error, states) => (error === null ? resolve(states) : reject(error));
      if (this.#ended === null) {
        this.#presence.replace(users, done);
      } else {
        done(this.#ended);
      }
    });
  }

  close() {
    this.#keeper.end(new LinboxError('closed', 'by the application'));
  }

  /** The client's own questions, which take none of the places for requests. */
  #ask(packet, done) {
    this.#request(packet, this.ids.next(), { deadline: this.#settings.requestTimeout, counted: false, done });
  }

  #request(packet, id, { where = null, stored = false, deadline, counted, done }) {
    if (this.#ended !== null) {
      done(this.#ended);
      return;
    }
    const text = JSON.stringify({ packet: packet.packet, r_id: id, user_id: this.#settings.userId, ...packet });
    const bytes = new TextEncoder().encode(text).length;
    if (bytes > MAX_SENT) {
      done(new LinboxError('too_large', `${packet.packet}: ${bytes} bytes (expected: at most ${MAX_SENT})`));
      return;
    }
    this.#pending.submit({ id, name: packet.packet, text, where, stored, counted, done, deadline: now() + deadline });
  }

  #deliver(message) {
    // An own message comes back where its answer was lost with the connection, or from another device.
    const answered = message.own && this.#pending.settle(message);
    if (!answered && this.#ended === null) {
      this.events.emit(message.kind === 'change' ? 'changed' : message.kind === 'group' ? 'group' : 'message', message);
    }
  }

  /** The connection ends where a ping has no answer: the other side may be gone without a word. */
  #ping() {
    clearTimeout(this.#pingTimer);
    this.#ask({ packet: 'Ping' }, (error) => {
      if (error?.code === 'no_answer') {
        this.#keeper.closeConnection('the server does not answer a ping');
      } else if (this.state === 'online') {
        // From within an answer and not by an interval: what timers start, browsers let wait for a minute in a hidden page, and the
        // server takes a client that is silent for so long to be gone.
        this.#pingLater();
      }
    });
  }

  #pingLater() {
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => this.#ping(), this.#settings.pingInterval);
  }

  #networkIsBack() {
    if (this.state === 'online') {
      this.#ping();
    } else {
      this.#keeper.hurry();
    }
  }

  #is(state, more = {}) {
    this.state = state;
    this.events.emit('connection', { state, ...more });
  }

  // What the keeper of the connection calls.

  connecting() {
    this.#is('connecting');
  }

  up(connection) {
    this.#pending.connected(connection);
    this.#deliveries.connected();
    this.#presence.connected();
    this.#readyTimer ??= setTimeout(() => this.#becomesReady.resolve(), this.#settings.requestTimeout);
    this.#pingLater();
    this.#is('online');
  }

  received(packet) {
    switch (packet.packet) {
      case 'NewMessage':
        return this.#pushed(packet);
      case 'OfflineInfo':
        return this.#keeper.signedOut(packet.reason ?? '');
      case 'Reconnect':
        return this.#keeper.moveAfter(packet.delay);
      case 'SystemMessage':
        return this.#told(packet);
      case 'PresenceChanged':
        return this.#presence.changed(packet);
      case 'ReadMoved':
        return this.#happened('read', packet, { msgId: packet.msg_id });
      case 'ReadReceipt':
        return this.#happened('receipt', packet, { msgId: packet.msg_id });
      case 'Typing':
        return this.#happened('typing', packet, { user: packet.from_user_id });
      default:
        // Of a name that is not known here it answers nothing, and is passed over.
        return this.#pending.answered(packet);
    }
  }

  #pushed(packet) {
    const conversation = conversationOf(packet);
    if (conversation === null) {
      return;
    }
    const message = messageOf(this.#settings.userId, conversation, packet.msg);
    if (message === null) {
      this.#deliveries.announced(conversation);
    } else {
      this.#deliveries.pushed(message);
    }
  }

  #happened(event, packet, what) {
    const conversation = conversationOf(packet);
    if (conversation !== null) {
      this.events.emit(event, { conversation, ...what });
    }
  }

  /** After a connection that broke the server begins anew with what it does not know this client to have. */
  #told(packet) {
    if (packet.msg_id !== undefined) {
      if (packet.msg_id <= this.systemPosition) {
        return;
      }
      this.systemPosition = packet.msg_id;
    }
    this.events.emit('system', {
      type: packet.system_type,
      content: packet.content ?? '',
      msgId: packet.msg_id,
      sendTime: packet.send_time,
    });
  }

  /** Before the connection is left of one's own accord: sends no more over it. */
  leaving(ready) {
    this.#pending.hold(ready);
  }

  /** The connection was left; the next one is on its way, or {@link Session#down} follows. */
  left() {
    this.#gone();
    this.#pending.left();
    this.state = 'connecting';
  }

  down(error) {
    this.#gone();
    this.state = 'offline';
    this.#pending.disconnected(error);
  }

  waiting(retryIn, error) {
    this.#is('offline', { retryIn, error });
  }

  ended(error) {
    this.#ended = error;
    globalThis.removeEventListener?.('online', this.#online);
    clearTimeout(this.#readyTimer);
    this.#gone();
    this.#pending.end(error);
    this.#becomesReady.reject(error);
    this.#is('closed', { error });
    this.events.emit('closed', error);
  }

  #gone() {
    clearTimeout(this.#pingTimer);
    this.#deliveries.disconnected();
    this.#presence.disconnected();
  }
}

/**
 * Request ids that no other client of the same user has used or will use, without anything kept between runs: two messages with one
 * id would be taken for a message and its retry, and the second would be lost.
 *
 * An id is the seconds since the epoch, or one more than the last id's, times 2^21, plus a number drawn at random when the client is
 * made: 53 bits, which a number holds exactly until 2106. A client that makes more than one a second runs ahead of the clock, which harms nothing:
 * the random part keeps it apart from other devices, other windows and its own next run.
 */
class RequestIds {
  static RANDOM = 2 ** 21;
  #random = crypto.getRandomValues(new Uint32Array(1))[0] % RequestIds.RANDOM;
  #last = 0;

  next() {
    this.#last = Math.max(this.#last + 1, Math.floor(Date.now() / 1_000));
    return this.#last * RequestIds.RANDOM + this.#random;
  }
}

/**
 * Pauses that double up to a limit. Each is drawn from the upper half of its range, so that clients that lost the same server do not
 * come back in one instant.
 */
class Backoff {
  #min;
  #max;
  #random;
  #attempts = 0;

  /** @param random gives numbers from 0 up to 1, as Math.random does */
  constructor(min, max, random = Math.random) {
    this.#min = min;
    this.#max = max;
    this.#random = random;
  }

  reset() {
    this.#attempts = 0;
  }

  /** The next pause, in the unit of the limits. */
  next() {
    const whole = Math.min(this.#max, this.#min * 2 ** Math.min(this.#attempts++, 30));
    return whole - (this.#random() * whole) / 2;
  }
}

/** Keeps a client signed in: opens the connection, and after it is lost opens the next, until it is {@link Keeper#end}ed. */
class Keeper {
  /** How long answers are waited for over a connection that is to be left, in ms. */
  static LONGEST_FAREWELL = 1_000;
  #settings;
  #session;
  #backoff;
  /** Who this client is to the server, over all its sign-ins, and how many there were. */
  #clientId = randomClientId();
  #attempts = 0;
  #place = 0;
  #connection = null;
  /** The connection that is being opened. */
  #next = null;
  #retry;
  #farewell;
  #ended = false;
  /** What the server said when it signed the user out. */
  #signedOut = null;
  /** The server wants to be left: the end of the connection, by whomever, is no failure. */
  #toLeave = false;
  /** Left, and nothing has failed since. */
  #moving = false;

  constructor(settings, session) {
    this.#settings = settings;
    this.#session = session;
    this.#backoff = new Backoff(settings.reconnectMin, settings.reconnectMax);
  }

  open() {
    if (this.#ended) {
      return;
    }
    this.#retry = undefined;
    const url = this.#settings.urls[this.#place % this.#settings.urls.length];
    const connection = new Connection(this.#settings, url, { client_id: this.#clientId, attempt: ++this.#attempts }, {
      opened: () => this.#established(connection),
      received: (packet) => this.#received(connection, packet),
      closed: (error) => (connection === this.#connection ? this.#lost(error) : this.#notOpened(connection, error)),
    });
    this.#next = connection;
    this.#session.connecting();
  }

  /** Waits no longer for the next attempt: there is reason to think that it will succeed. */
  hurry() {
    if (this.#retry !== undefined) {
      clearTimeout(this.#retry);
      this.#backoff.reset();
      this.open();
    }
  }

  #established(connection) {
    this.#next = null;
    this.#connection = connection;
    this.#signedOut = null;
    this.#toLeave = false;
    this.#moving = false;
    this.#session.up(connection);
  }

  #received(connection, packet) {
    if (connection === this.#connection) {
      // Only now: a server that accepts sign-ins and drops them at once is not to be hammered.
      this.#backoff.reset();
      this.#session.received(packet);
    }
  }

  /** The server said OfflineInfo. */
  signedOut(reason) {
    this.#signedOut = new LinboxError('signed_out', reason);
    this.closeConnection(reason);
  }

  /** The server said Reconnect: its connection is left after the delay, without hurry, for another one. */
  moveAfter(delay) {
    const old = this.#connection;
    if (this.#toLeave) {
      return;
    }
    this.#toLeave = true;
    this.#farewell = setTimeout(() => {
      if (this.#connection === old) {
        const leave = () => old.close('the server asked to be left');
        this.#farewell = setTimeout(leave, Keeper.LONGEST_FAREWELL);
        this.#session.leaving(leave);
      }
    }, Math.max(0, delay));
  }

  closeConnection(why) {
    this.#connection?.close(why);
  }

  #lost(error) {
    this.#connection = null;
    clearTimeout(this.#farewell);
    if (this.#signedOut !== null) {
      this.end(this.#signedOut);
      return;
    }
    this.#place++;
    if (this.#toLeave) {
      this.#moving = true;
      this.#session.left();
      this.#openLater(null);
    } else {
      this.#session.down(error);
      this.#openLater(error);
    }
  }

  #notOpened(connection, error) {
    if (connection !== this.#next) {
      return;
    }
    this.#next = null;
    if (isFinal(error)) {
      this.end(error);
      return;
    }
    if (this.#moving) {
      this.#moving = false;
      this.#session.down(error);
    }
    this.#place++;
    this.#openLater(error);
  }

  /** @param error null where nothing is wrong, and nobody has to be told of the pause */
  #openLater(error) {
    const pause = this.#backoff.next();
    this.#retry = setTimeout(() => this.open(), pause);
    if (error !== null) {
      this.#session.waiting(pause, error);
    }
  }

  end(error) {
    if (this.#ended) {
      return;
    }
    this.#ended = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#farewell);
    const open = [this.#connection, this.#next];
    this.#connection = this.#next = null;
    open.forEach((connection) => connection?.close(error.reason));
    this.#session.ended(error);
  }
}

function randomClientId() {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 21) * 2 ** 32 + low || 1;
}

/** One connection, from the first attempt to its end: signs in, then passes on what comes. */
class Connection {
  #socket = null;
  #signedIn = false;
  #closed = false;
  #deadline;
  #events;

  /** @param events `opened()` once signed in, then `received(packet)`; `closed(error)` at the end, whatever went before */
  constructor(settings, url, attempt, events) {
    this.#events = events;
    this.#deadline = setTimeout(
      () => this.close(`no sign-in at ${url} within ${settings.connectTimeout} ms`),
      settings.connectTimeout,
    );
    this.#signIn(settings, url, attempt);
  }

  async #signIn(settings, url, attempt) {
    // Whoever makes a connection is not told of its end before it has it.
    await undefined;
    let token;
    try {
      // The server waits only some seconds for a sign-in once there is a connection.
      token = typeof settings.token === 'function' ? await settings.token() : settings.token;
    } catch (error) {
      this.#end(new LinboxError('token', String(error?.message ?? error), { retryable: true, cause: error }));
      return;
    }
    if (this.#closed) {
      return;
    }
    try {
      this.#socket = new settings.WebSocket(url);
    } catch (error) {
      this.#end(offline(`${url}: ${error.message}`, error));
      return;
    }
    this.#socket.onopen = () =>
      this.send(
        JSON.stringify({
          packet: 'AuthRequest',
          r_id: Date.now(),
          user_id: settings.userId,
          token,
          device: settings.device,
          ...attempt,
        }),
      );
    this.#socket.onmessage = ({ data }) => this.#heard(parsed(data));
    this.#socket.onerror = (event) => this.close(`${url}: ${event?.message || 'failed'}`);
    this.#socket.onclose = (event) => this.close(`${url}: closed by the server (${event?.code ?? 'no code'})`);
  }

  #heard(packet) {
    if (this.#closed || typeof packet?.packet !== 'string') {
      return;
    }
    if (this.#signedIn) {
      this.#events.received(packet);
    } else if (packet.packet === 'AuthResponse' && packet.status === OK) {
      this.#signedIn = true;
      clearTimeout(this.#deadline);
      this.#events.opened();
    } else if (packet.packet === 'AuthResponse') {
      this.#end(refused(packet.status, packet.err_msg ?? ''));
    } else {
      this.close(`the sign-in was answered with ${packet.packet}`);
    }
  }

  /** Whether what was sent has not left yet, for long. */
  get isCongested() {
    return this.#socket.bufferedAmount > MAX_BUFFERED;
  }

  send(text) {
    if (!this.#closed) {
      this.#socket.send(text);
    }
  }

  /** At once, without waiting for the other side, which may be gone. */
  close(why) {
    this.#end(offline(why));
  }

  #end(error) {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      // Some sockets throw what nobody listens to.
      socket.onerror = () => {};
      socket.close();
    }
    this.#events.closed(error);
  }
}

/**
 * Requests that wait for their answers, oldest first. Those that the server stores once, such as sends, outlive connections: they are
 * sent again, with the same id, after a reconnect, after a timeout and, with growing pauses, after "try again". Everything else
 * fails instead, but where the client leaves a connection of its own accord.
 */
class Pending {
  static RETRY_MIN = 100;
  static RETRY_MAX = 5_000;
  #max;
  #timeout;
  #tick;
  #stored;
  #byId = new Map();
  #counted = 0;
  #connection = null;
  #timer;
  /** Between two connections, of which the first was left on purpose: everything waits for the next. */
  #held = false;
  /** While held: called when nothing is under way any longer. */
  #whenQuiet = null;

  /** @param stored told of every message that this client's requests have become, before their callers are */
  constructor(settings, stored) {
    this.#max = settings.maxPending;
    this.#timeout = settings.requestTimeout;
    this.#tick = Math.max(10, Math.min(settings.requestTimeout / 4, Pending.RETRY_MIN));
    this.#stored = stored;
  }

  /**
   * @param request `{ id, name, text, where, stored, counted, deadline, done }`: `counted` says whether it takes one of the places,
   *     `done(error, answer)` is called once, with null for the error where there is an answer
   */
  submit(request) {
    if (request.counted && this.#counted >= this.#max) {
      const reason = `${this.#max} requests wait already`;
      request.done(new LinboxError('too_many_pending', reason, { retryable: true }));
    } else if (!request.stored && this.#connection === null && !this.#held) {
      request.done(offline('not connected'));
    } else if (this.#byId.has(request.id)) {
      request.done(invalid(`requestId: ${request.id} (expected: not in use)`));
    } else {
      this.#counted += request.counted ? 1 : 0;
      request.backoff = new Backoff(Pending.RETRY_MIN, Pending.RETRY_MAX);
      this.#byId.set(request.id, request);
      if (this.#connection !== null) {
        this.#transmit(request);
      }
      this.#tickLater();
    }
  }

  /**
   * Sends nothing more over the connection, which is about to be left; what comes now waits for the next one.
   *
   * @param quiet called once, when everything that was sent is answered, if that happens before the next connection
   */
  hold(quiet) {
    this.#connection = null;
    this.#held = true;
    this.#whenQuiet = quiet;
    this.#quietAtLast();
  }

  #quietAtLast() {
    const quiet = this.#whenQuiet;
    if (quiet !== null && ![...this.#byId.values()].some((request) => request.underway)) {
      this.#whenQuiet = null;
      quiet();
    }
  }

  /** The connection was left on purpose: what has no answer yet is asked again over the next one. */
  left() {
    this.#notConnected();
    this.#held = true;
  }

  connected(connection) {
    this.#held = false;
    this.#whenQuiet = null;
    this.#connection = connection;
    this.#byId.forEach((request) => this.#transmit(request));
  }

  disconnected(error) {
    this.#notConnected();
    this.#failWhere((request) => !request.stored, error);
  }

  end(error) {
    this.#notConnected();
    this.#failWhere(() => true, error);
    clearTimeout(this.#timer);
  }

  #notConnected() {
    this.#held = false;
    this.#whenQuiet = null;
    this.#connection = null;
    this.#byId.forEach((request) => {
      request.underway = false;
    });
  }

  answered(packet) {
    const request = this.#byId.get(packet.r_id ?? packet.msg_r_id);
    if (request === undefined || packet.packet !== responseTo(request.name)) {
      return;
    }
    const status = packet.status ?? OK;
    if (status === OK) {
      this.#remove(request);
      const [where, msgId] = placeOf(packet, request.where);
      if (where !== null && msgId > 0) {
        this.#stored(where, msgId);
      }
      request.done(null, packet);
      return;
    }
    const error = refused(status, packet.err_msg ?? packet.err_code ?? '');
    if (request.stored && error.retryable) {
      request.due = now() + request.backoff.next();
      request.underway = false;
      this.#quietAtLast();
    } else {
      this.#fail(request, error);
    }
  }

  /**
   * Takes a stored message for the answer to the request it came from, where that one still waits: the answer itself was lost with
   * its connection.
   *
   * @returns whether a request waited for it
   */
  settle(message) {
    const request = this.#byId.get(message.requestId);
    const answer = request === undefined ? null : answerOf(message, request);
    if (answer === null) {
      return false;
    }
    this.#remove(request);
    request.done(null, answer);
    return true;
  }

  #transmit(request) {
    request.due = now() + this.#timeout;
    request.underway = true;
    if (!this.#connection.isCongested) {
      this.#connection.send(request.text);
    }
  }

  #tickLater() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#lookForLate();
      if (this.#byId.size > 0) {
        this.#tickLater();
      }
    }, this.#tick);
  }

  #lookForLate() {
    const time = now();
    for (const request of [...this.#byId.values()]) {
      if (!this.#byId.has(request.id)) {
        continue;
      }
      if (time >= request.deadline) {
        this.#fail(request, noAnswer(request.name));
      } else if (this.#connection !== null && time >= request.due) {
        this.#transmit(request);
      }
    }
  }

  #failWhere(which, error) {
    [...this.#byId.values()].filter(which).forEach((request) => this.#fail(request, error));
  }

  #fail(request, error) {
    if (this.#byId.get(request.id) === request) {
      this.#remove(request);
      request.done(error);
    }
  }

  #remove(request) {
    this.#byId.delete(request.id);
    request.underway = false;
    this.#counted -= request.counted ? 1 : 0;
    this.#quietAtLast();
  }
}

/**
 * Hands on messages: per conversation in order, each once, whatever the connection does. After every sign-in it goes through the user's
 * conversations to learn what there is; the first time that tells where this client came in, later it tells what was missed. Gaps are
 * pulled a page at a time, a few conversations at once. Of a group that it meets later it asks when the user joined.
 *
 * Keeps some hundred bytes per conversation of the user.
 */
class Deliveries {
  static PAGE = 100;
  static PULLS_AT_ONCE = 4;
  #userId;
  #deliverUnread;
  #ask;
  #out;
  #whenIn;
  #feeds = new Map();
  #waiting = [];
  #pulls = 0;
  #backoff = new Backoff(200, 10_000);
  /** Once it is known which messages are history. */
  #cameIn = false;
  /** Changes with every connection: answers that belong to an earlier one are void. */
  #connections = 0;
  #connected = false;

  /**
   * @param ask asks the server, and calls back with an error or null and an answer
   * @param out takes the messages
   * @param whenIn called once, when every message that is stored from then on will be handed on
   */
  constructor(settings, ask, out, whenIn) {
    this.#userId = settings.userId;
    this.#deliverUnread = settings.deliverUnread;
    this.#ask = ask;
    this.#out = out;
    this.#whenIn = whenIn;
  }

  connected() {
    this.#connected = true;
    this.#backoff.reset();
    this.#sync();
  }

  disconnected() {
    this.#connected = false;
    this.#connections++;
    this.#pulls = 0;
    this.#waiting = [];
    this.#feeds.forEach((feed) => {
      feed.pulling = false;
    });
  }

  pushed(message) {
    const feed = this.#feed(message.conversation);
    feed.pushed(message, this.#out);
    this.#findStart(feed);
    this.#closeGap(feed);
  }

  /** Something is new there, but the server did not say what. */
  announced(conversation) {
    this.#askNow({ packet: 'SyncUnreadRequest', ...onWire(conversation), limit: 1 }, (error, answer) => {
      if (error === null) {
        this.#missedIn(conversation, answer);
      }
    });
  }

  #missedIn(conversation, answer) {
    const key = conversationKey(conversation);
    unreads(this.#userId, answer)
      .filter((listed) => conversationKey(listed.conversation) === key)
      .forEach((listed) => this.#missedUpTo(listed));
  }

  ownStored(conversation, msgId) {
    const feed = this.#feed(conversation);
    feed.ownStored(msgId, this.#out);
    this.#findStart(feed);
    this.#closeGap(feed);
  }

  #feed(conversation) {
    const key = conversationKey(conversation);
    let feed = this.#feeds.get(key);
    if (feed === undefined) {
      // A user may come into a group when much has been said there; one-to-one conversations begin with the first message.
      feed = new Feed(conversation, this.#cameIn && conversation.group === undefined ? 0 : null);
      this.#feeds.set(key, feed);
    }
    return feed;
  }

  /**
   * Of a group that is not known yet the user was no member when this client came in: all that came after their joining is news, also
   * where another device or a message of their own has moved their read position already.
   */
  #findStart(feed) {
    if (!this.#cameIn || !feed.isWaiting || feed.pulling) {
      return;
    }
    if (feed.hasFirst) {
      feed.startAt(0, this.#out);
      return;
    }
    feed.pulling = true;
    this.#askNow({ packet: 'SyncUnreadRequest', ...onWire(feed.conversation), limit: 1 }, (error, answer) => {
      feed.pulling = false;
      if (error !== null && !isFinal(error)) {
        this.#later(() => this.#findStart(feed));
        return;
      }
      if (error === null) {
        this.#missedIn(feed.conversation, answer);
      }
      if (feed.isWaiting) {
        feed.startAtHeld(this.#out);
      }
      this.#closeGap(feed);
    });
  }

  /**
   * Goes once through all conversations of the user. The list is sorted newest first and moves while it is read: one that gets a message
   * jumps from a page not yet read to one already read. So its head is read once more at the end, down to the first conversation that has
   * not changed.
   */
  #sync() {
    const seen = new Map();
    let secondLook = false;
    const page = (offset) => {
      this.#askNow({ packet: 'SyncUnreadRequest', type: 1, offset, limit: Deliveries.PAGE }, (error, answer) => {
        if (error !== null) {
          this.#later(() => this.#sync());
          return;
        }
        const listed = unreads(this.#userId, answer);
        let unchangedMet = false;
        for (const one of listed) {
          const key = conversationKey(one.conversation);
          if (seen.get(key) === one.newest) {
            unchangedMet = true;
          } else {
            seen.set(key, one.newest);
            this.#listed(one);
          }
        }
        const next = answer.offset ?? 0;
        if (next > offset && listed.length > 0 && !(secondLook && unchangedMet)) {
          page(next);
        } else if (!secondLook && offset > 0) {
          secondLook = true;
          page(0);
        } else {
          this.#synced();
        }
      });
    };
    page(0);
  }

  #listed(listed) {
    const feed = this.#feed(listed.conversation);
    if (feed.isWaiting && !this.#cameIn) {
      feed.startAt(this.#deliverUnread ? Math.max(0, listed.newest - listed.unread) : listed.newest, this.#out);
    }
    this.#missedUpTo(listed);
  }

  #missedUpTo(listed) {
    const feed = this.#feed(listed.conversation);
    if (feed.isWaiting && this.#cameIn) {
      feed.startAt(listed.since, this.#out);
    }
    feed.reaches(listed.newest);
    this.#closeGap(feed);
  }

  #synced() {
    this.#backoff.reset();
    const first = !this.#cameIn;
    this.#cameIn = true;
    for (const feed of [...this.#feeds.values()]) {
      if (feed.isWaiting && !feed.pulling) {
        feed.startAtHeld(this.#out);
      }
      this.#closeGap(feed);
    }
    if (first) {
      this.#whenIn();
    }
  }

  #closeGap(feed) {
    if (this.#connected && !feed.pulling && feed.hasGap) {
      feed.pulling = true;
      this.#waiting.push(feed);
      this.#pullNext();
    }
  }

  #pullNext() {
    while (this.#pulls < Deliveries.PULLS_AT_ONCE && this.#waiting.length > 0) {
      const feed = this.#waiting.shift();
      if (feed.hasGap) {
        this.#pulls++;
        this.#pull(feed, feed.gap(), []);
      } else {
        feed.pulling = false;
      }
    }
  }

  /** All of a gap, also where the server gives fewer at a time than it was asked for; of a wide one, only whether there is anything. */
  #pull(feed, gap, newestFirst) {
    const wide = gap.upTo - gap.after > Feed.PAGE;
    const upTo = newestFirst.length === 0 ? gap.upTo : newestFirst[newestFirst.length - 1].msgId - 1;
    this.#askNow(pullRequest(feed.conversation, upTo, gap.after, wide ? 1 : Deliveries.PAGE), (error, answer) => {
      if (error !== null && !isFinal(error)) {
        this.#later(() => this.#pull(feed, gap, newestFirst));
        return;
      }
      const messages = error === null ? messagesOf(this.#userId, feed.conversation, answer) : [];
      newestFirst.push(...messages);
      const lowest = messages.length === 0 ? 0 : messages[messages.length - 1].msgId;
      if (!wide && lowest > gap.after + 1 && lowest <= upTo) {
        this.#pull(feed, gap, newestFirst);
        return;
      }
      this.#pulls--;
      feed.pulling = false;
      if (wide && messages.length > 0) {
        feed.found(gap);
      } else {
        feed.pulled(gap, newestFirst.reverse(), this.#out);
      }
      this.#closeGap(feed);
      this.#pullNext();
    });
  }

  #askNow(packet, done) {
    const connection = this.#connections;
    this.#ask(packet, (error, answer) => {
      if (connection === this.#connections) {
        done(error, answer);
      }
    });
  }

  #later(action) {
    const connection = this.#connections;
    setTimeout(() => {
      if (connection === this.#connections) {
        action();
      }
    }, this.#backoff.next());
  }
}

/**
 * Puts the messages of one conversation into msgId order, each once. It remembers the last id handed on; a message whose id jumps is held,
 * and what lies between is a gap to be pulled. Costs O(1) a message; holds at most `MAX_HELD` of them, the others are pulled again.
 *
 * What was said in a group before the user joined may be hidden from them, however much it is. Where a gap turns out to have nothing, the
 * next is several times as wide, and where a wide one has something, narrower ones find its first message: the steps are as many as the hidden
 * messages' number has digits, and some.
 *
 * `out` may be called from every method that takes it.
 */
class Feed {
  static PAGE = 100;
  static MAX_HELD = 256;
  static WIDENING = 8;
  static MAX_WIDTH = 2 ** 40;
  /** Whether a pull is under way or waits for its turn; for {@link Deliveries}. */
  pulling = false;
  #last;
  #newest;
  /** How many ids the next gap may have; more than a page only while hidden messages are passed over. */
  #width = Feed.PAGE;
  /** Whether something was found in a wide gap. */
  #narrowing = false;
  /** Pushed messages beyond a gap: consecutive ids. */
  #held = [];
  /** Ids beyond a gap that are this client's own sends, which nobody needs to be told. */
  #own = new Set();

  /** @param last the newest id that is history; null to hold everything until {@link Feed#startAt} tells */
  constructor(conversation, last) {
    this.conversation = conversation;
    this.#last = last;
    this.#newest = last ?? 0;
  }

  get isWaiting() {
    return this.#last === null;
  }

  /** Whether the conversation's first message is known, so that it cannot start before. */
  get hasFirst() {
    return this.#own.has(1) || this.#held[0]?.msgId === 1;
  }

  /** All up to `position` is history; but what was pushed since is news, wherever the position was read later. */
  startAt(position, out) {
    this.#last = this.#held.length === 0 ? position : Math.min(position, this.#held[0].msgId - 1);
    this.#newest = Math.max(this.#newest, this.#last);
    this.#passOnHeld(out);
  }

  /** Where the server's list does not know the conversation either: what was pushed is all there is. */
  startAtHeld(out) {
    const first = this.#held.length === 0 ? Math.min(...(this.#own.size === 0 ? [1] : this.#own)) : this.#held[0].msgId;
    this.startAt(first - 1, out);
  }

  pushed(message, out) {
    const id = message.msgId;
    this.#newest = Math.max(this.#newest, id);
    if (!this.isWaiting && id === this.#last + 1) {
      this.#last = id;
      out(message);
      this.#passOnHeld(out);
    } else if (
      id > (this.#last ?? 0) &&
      this.#held.length < Feed.MAX_HELD &&
      (this.#held.length === 0 || id === this.#held[this.#held.length - 1].msgId + 1)
    ) {
      this.#held.push(message);
    }
  }

  /** A send of this client was stored under this id. */
  ownStored(id, out) {
    this.#newest = Math.max(this.#newest, id);
    if (id > (this.#last ?? 0)) {
      this.#own.add(id);
      this.#passOnHeld(out);
    }
  }

  /** The server says that there are messages up to this id. */
  reaches(id) {
    this.#newest = Math.max(this.#newest, id);
  }

  get hasGap() {
    return !this.isWaiting && this.#last < this.#newest;
  }

  /** The oldest missing ids, `after < id <= upTo`; only to be called where there is a gap. */
  gap() {
    const upTo = Math.min(this.#newest, this.#last + this.#width, (this.#held[0]?.msgId ?? Infinity) - 1);
    return { after: this.#last, upTo };
  }

  /**
   * Closes a gap. Ids that the server has nothing for are passed over: it does not show them to this user.
   *
   * @param messages what the server has, oldest first
   */
  pulled(gap, messages, out) {
    this.#width = messages.length === 0 ? this.#widthAfterNothing(gap) : Feed.PAGE;
    this.#narrowing &&= this.#width > Feed.PAGE;
    for (const message of messages) {
      if (message.msgId > this.#last && message.msgId <= gap.upTo) {
        this.#last = message.msgId;
        if (!this.#own.delete(this.#last)) {
          out(message);
        }
      }
    }
    this.#last = Math.max(this.#last, gap.upTo);
    this.#own.forEach((id) => id <= this.#last && this.#own.delete(id));
    this.#passOnHeld(out);
  }

  #widthAfterNothing(gap) {
    return this.#narrowing
      ? Math.max(Feed.PAGE, Math.floor(this.#width / 2))
      : Math.min(Feed.MAX_WIDTH, (gap.upTo - gap.after) * Feed.WIDENING);
  }

  /** There is something in a wide gap. */
  found(gap) {
    this.#narrowing = true;
    this.#width = Math.max(Feed.PAGE, Math.floor((gap.upTo - gap.after) / 2));
  }

  #passOnHeld(out) {
    while (!this.isWaiting) {
      while (this.#held[0]?.msgId <= this.#last) {
        this.#held.shift();
      }
      if (this.#held[0]?.msgId === this.#last + 1) {
        this.#last++;
        out(this.#held.shift());
      } else if (this.#own.delete(this.#last + 1)) {
        this.#last++;
      } else {
        return;
      }
    }
  }
}

/**
 * The users of whom the application wants to know whether they are online. A server keeps the list for as long as the connection; this
 * one is kept over all of them.
 */
class PresenceList {
  #ask;
  #tell;
  #wanted = [];
  /** Of those wanted, how they were when last heard of. */
  #known = new Map();
  /** Of what was last asked; retries of anything before are of no interest. */
  #generation = 0;
  #connected = false;
  #backoff = new Backoff(200, 10_000);

  constructor(ask, tell) {
    this.#ask = ask;
    this.#tell = tell;
  }

  /** Wants to know of these users and no others. */
  replace(users, done) {
    const mine = ++this.#generation;
    this.#backoff.reset();
    this.#ask(this.#request(users), (error, answer) => {
      if (error === null) {
        const states = statesOf(answer);
        this.#wanted = users;
        this.#known = new Map(states);
        done(null, states);
        return;
      }
      if (mine === this.#generation && !isFinal(error)) {
        // Whether the server has got it or not.
        this.#wanted = users;
        this.#known.forEach((_, user) => users.includes(user) || this.#known.delete(user));
        this.#againLater();
      }
      done(error);
    });
  }

  /** The server knows of no list on a new connection. */
  connected() {
    this.#connected = true;
    this.#backoff.reset();
    if (this.#wanted.length > 0) {
      this.#again();
    }
  }

  disconnected() {
    this.#connected = false;
  }

  /** Tells what turns out to be other than was told. */
  #again() {
    const mine = ++this.#generation;
    this.#ask(this.#request(this.#wanted), (error, answer) => {
      if (mine !== this.#generation) {
        return;
      }
      if (error === null) {
        statesOf(answer).forEach((online, user) => this.#is(user, online, undefined));
      } else if (!isFinal(error)) {
        this.#againLater();
      }
    });
  }

  #againLater() {
    const mine = this.#generation;
    setTimeout(() => {
      if (this.#connected && mine === this.#generation) {
        this.#again();
      }
    }, this.#backoff.next());
  }

  #request(users) {
    return { packet: 'PresenceSubscribeRequest', users };
  }

  changed(packet) {
    if (this.#wanted.includes(packet.remote_id)) {
      this.#is(packet.remote_id, packet.online, packet.send_time);
    }
  }

  #is(user, online, time) {
    if (this.#known.get(user) !== online) {
      this.#known.set(user, online);
      this.#tell({ user, online, time });
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The words of the wire.

/** In milliseconds, from some moment on; the clock on the wall may be set back. */
const now = () => performance.now();

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkId(name, id) {
  const greatest = '9223372036854775807';
  if (typeof id !== 'string' || !/^[1-9]\d{0,18}$/.test(id) || (id.length === greatest.length && id > greatest)) {
    throw invalid(`${name}: ${id} (expected: a text of decimal digits, 1 to ${greatest})`);
  }
}

function checkIds(users) {
  users.forEach((user) => checkId('users', user));
  return users;
}

function checkConversation(conversation) {
  if ((conversation?.user === undefined) === (conversation?.group === undefined)) {
    throw invalid('conversation: (expected: { user } or { group })');
  }
  checkId(conversation.group === undefined ? 'user' : 'group', conversation.group ?? conversation.user);
}

function onWire(conversation) {
  checkConversation(conversation);
  return conversation.group === undefined
    ? { type: 2, remote_id: conversation.user }
    : { type: 3, group_id: conversation.group };
}

/** Null where a server sends what makes no sense. */
function conversationOf({ type, remote_id: remote, group_id: group }) {
  const id = type === 3 ? (group ?? remote) : remote;
  return typeof id === 'string' ? Object.freeze(type === 3 ? { group: id } : { user: id }) : null;
}

/** Moments until which something holds: on the wire −1 is for ever, here it is Infinity. */
const moment = (until) => (until === Infinity ? -1 : until);
const untilOf = (onWireUntil) => (onWireUntil === -1 ? Infinity : (onWireUntil ?? 0));

const responseTo = (request) => (request === 'Ping' ? 'Pong' : request.replace(/Request$/, 'Response'));

function pullRequest(conversation, max, min, limit) {
  return {
    packet: 'PullOldMsgRequest',
    ...onWire(conversation),
    max_msg_id: max,
    min_msg_id: min,
    limit,
    max_msg_id_in_request: max,
    request_type: 3,
  };
}

/** Null where there is none. */
function messageOf(userId, conversation, body) {
  if (typeof body?.msg_id !== 'number' || typeof body.from_user_id !== 'string') {
    return null;
  }
  const message = {
    kind: 'message',
    conversation,
    msgId: body.msg_id,
    from: body.from_user_id,
    own: body.from_user_id === userId,
    mimeType: body.mime_type ?? '',
    content: body.content ?? '',
    sendTime: body.send_time ?? 0,
    // Those of other clients may be more than a number holds exactly; nobody else has any use for them.
    requestId: Number.isSafeInteger(body.r_id) ? body.r_id : undefined,
  };
  if (message.mimeType === RECALLED) {
    message.kind = 'recalled';
  } else if (message.mimeType === MESSAGE_CHANGE) {
    Object.assign(message, changeOf(parsed(message.content)));
  } else if (message.mimeType === GROUP_EVENT && conversation.group !== undefined) {
    Object.assign(message, eventOf(message.from, parsed(message.content)));
  }
  return message;
}

/** A change of a kind that is not known here stays an ordinary message. */
function changeOf(json) {
  if (typeof json?.msg_id !== 'number') {
    return undefined;
  }
  switch (json.action) {
    case 'recall':
      return { kind: 'change', change: { action: 'recall', msgId: json.msg_id } };
    case 'edit':
      return { kind: 'change', change: { action: 'edit', msgId: json.msg_id, content: json.content ?? '' } };
    default:
      return undefined;
  }
}

function eventOf(from, json) {
  if (typeof json?.action !== 'string') {
    return undefined;
  }
  const event = { action: json.action, actor: json.actor ?? from, users: json.users ?? [], count: json.count ?? 0 };
  for (const name of ['name', 'role', 'invite', 'history']) {
    if (json[name] !== undefined) {
      event[name] = json[name];
    }
  }
  if (json.action === 'mute' || json.action === 'mute_all') {
    event.mutedUntil = untilOf(json.muted_until);
  }
  return { kind: 'group', event };
}

/** Newest first, as the server gives them. */
function messagesOf(userId, conversation, answer) {
  const named = Object.freeze({ ...conversation });
  return (answer.msgs ?? []).map((body) => messageOf(userId, named, body)).filter((message) => message !== null);
}

function unreads(userId, answer) {
  return (answer.unreads ?? []).flatMap((entry) => {
    const conversation = conversationOf(entry);
    return conversation === null
      ? []
      : [
          {
            conversation,
            newest: entry.msg_id,
            unread: entry.count,
            since: entry.since ?? 0,
            last: messageOf(userId, conversation, entry.msg),
          },
        ];
  });
}

function statesOf(answer) {
  return new Map((answer.users ?? []).map((user) => [user.user_id, user.online]));
}

/** The conversation and the id of the message that a request has become, by its answer. */
function placeOf(answer, where) {
  switch (answer.packet) {
    case 'SendMsgResponse':
      return [where, answer.msg_id];
    case 'ChangeMsgResponse':
      return [where, answer.change_msg_id];
    case 'GroupChangeResponse':
      return [typeof answer.group_id === 'string' ? { group: answer.group_id } : null, answer.msg_id];
    default:
      return [null, undefined];
  }
}

/** What the caller is told. */
function storedAs(answer, requestId) {
  const [where, msgId] = placeOf(answer, null);
  const stored = { msgId: msgId ?? 0, sendTime: answer.send_time ?? 0, requestId };
  return where === null ? stored : { group: where.group, ...stored };
}

/**
 * The answer that the server must have given, or would give, as a message of the same user and request id shows; null where the message is
 * none that such a request becomes.
 */
function answerOf(message, { name, where }) {
  const there = where !== null && conversationKey(where) === conversationKey(message.conversation);
  const answer = { packet: responseTo(name), status: OK, send_time: message.sendTime };
  if (name === 'SendMsgRequest') {
    return there ? { ...answer, msg_id: message.msgId } : null;
  } else if (name === 'ChangeMsgRequest') {
    return there && message.kind === 'change' ? { ...answer, change_msg_id: message.msgId } : null;
  }
  return (there || where === null) && message.kind === 'group'
    ? { ...answer, group_id: message.conversation.group, msg_id: message.msgId }
    : null;
}

// ---------------------------------------------------------------------------------------------------------------------------------

/**
 * As much of a WebSocket as this client needs, for a Node that has none: text, in whole messages or fragments, ping and close; no
 * extensions. As RFC 6455 has it. Whoever wants more hands a constructor of their own to {@link connect}.
 */
class NodeSocket {
  /** Longest message to take, in bytes. */
  static MAX_MESSAGE = 16 * 1_024 * 1_024;
  static #GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  static #TEXT = 1;
  static #CLOSE = 8;
  static #PING = 9;
  static #PONG = 10;
  /** How long the other side may take to close, in ms. */
  static #PATIENCE = 2_000;
  onopen = null;
  onmessage = null;
  onerror = null;
  onclose = null;
  #request = null;
  #socket = null;
  #randomBytes;
  #closing = false;
  #closed = false;
  /** What has come and is not read yet, and how much it takes to read on. */
  #chunks = [];
  #have = 0;
  #need = 2;
  /** The fragments of a message so far; null between messages. */
  #fragments = null;

  constructor(url) {
    this.#open(new URL(url)).catch((error) => this.#fail(error));
  }

  get bufferedAmount() {
    return this.#socket?.writableLength ?? 0;
  }

  async #open(url) {
    // By a name that bundlers do not see: in a browser nobody comes here.
    const load = (name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name);
    const [{ request }, { createHash, randomBytes }] = await Promise.all([
      load(url.protocol === 'wss:' ? 'node:https' : 'node:http'),
      load('node:crypto'),
    ]);
    if (this.#closing) {
      return;
    }
    this.#randomBytes = randomBytes;
    const key = randomBytes(16).toString('base64');
    this.#request = request(new URL(url.href.replace(/^ws/, 'http')), {
      agent: false,
      headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': key, 'sec-websocket-version': '13' },
    });
    this.#request.on('error', (error) => this.#fail(error));
    this.#request.on('response', (response) => this.#fail(new Error(`HTTP status ${response.statusCode}`)));
    this.#request.on('upgrade', (response, socket, head) => {
      const accept = createHash('sha1').update(key + NodeSocket.#GUID).digest('base64');
      if (response.headers['sec-websocket-accept'] === accept) {
        this.#opened(socket, head);
      } else {
        socket.destroy();
        this.#fail(new Error('not a WebSocket server'));
      }
    });
    this.#request.end();
  }

  #opened(socket, head) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setTimeout(0);
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#end(1006));
    this.onopen?.({});
    socket.on('data', (chunk) => this.#arrived(chunk));
    if (head.length > 0) {
      this.#arrived(head);
    }
  }

  send(text) {
    this.#write(NodeSocket.#TEXT, Buffer.from(text));
  }

  close(code = 1000) {
    if (this.#closing) {
      return;
    }
    this.#closing = true;
    if (this.#socket === null) {
      this.#request?.destroy();
      this.#end(1006);
      return;
    }
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#write(NodeSocket.#CLOSE, payload);
    this.#socket.end();
    // A program that has nothing else to do need not wait for it.
    setTimeout(() => this.#socket.destroy(), NodeSocket.#PATIENCE).unref();
  }

  /** Whole and masked, as everything that clients send. */
  #write(opcode, payload) {
    if (!this.#socket?.writable) {
      return;
    }
    const long = payload.length > 0xffff;
    const extended = payload.length < 126 ? 0 : long ? 8 : 2;
    const frame = Buffer.alloc(2 + extended + 4 + payload.length);
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (extended === 0 ? payload.length : long ? 127 : 126);
    if (long) {
      frame.writeBigUInt64BE(BigInt(payload.length), 2);
    } else if (extended > 0) {
      frame.writeUInt16BE(payload.length, 2);
    }
    const mask = this.#randomBytes(4);
    const start = 2 + extended + 4;
    mask.copy(frame, start - 4);
    for (let i = 0; i < payload.length; i++) {
      frame[start + i] = payload[i] ^ mask[i & 3];
    }
    this.#socket.write(frame);
  }

  #arrived(chunk) {
    this.#chunks.push(chunk);
    this.#have += chunk.length;
    while (!this.#closed && this.#have >= this.#need) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      const read = this.#frame(bytes);
      this.#chunks = [bytes.subarray(read)];
      this.#have = bytes.length - read;
    }
  }

  /** Reads a frame, or learns how much more it takes. Returns how much of the bytes it was. */
  #frame(bytes) {
    const short = bytes[1] & 0x7f;
    const header = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < header) {
      this.#need = header;
      return 0;
    }
    const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (length > NodeSocket.MAX_MESSAGE) {
      return this.#broken(1009, bytes);
    }
    if ((bytes[0] & 0x70) !== 0 || (bytes[1] & 0x80) !== 0) {
      return this.#broken(1002, bytes);
    }
    if (bytes.length < header + length) {
      this.#need = header + length;
      return 0;
    }
    this.#need = 2;
    this.#read(bytes[0] & 0x0f, (bytes[0] & 0x80) !== 0, bytes.subarray(header, header + length));
    return header + length;
  }

  #read(opcode, last, payload) {
    if (opcode === NodeSocket.#PING) {
      this.#write(NodeSocket.#PONG, payload);
    } else if (opcode === NodeSocket.#CLOSE) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.close();
      this.#end(code);
    } else if (opcode === NodeSocket.#TEXT && this.#fragments === null) {
      this.#fragments = [payload];
      this.#messageSoFar(last);
    } else if (opcode === 0 && this.#fragments !== null) {
      this.#fragments.push(payload);
      this.#messageSoFar(last);
    } else if (opcode !== NodeSocket.#PONG) {
      this.#broken(opcode === 2 ? 1003 : 1002, payload);
    }
  }

  #messageSoFar(isWhole) {
    const length = this.#fragments.reduce((sum, fragment) => sum + fragment.length, 0);
    if (length > NodeSocket.MAX_MESSAGE) {
      this.#broken(1009, this.#fragments);
    } else if (isWhole) {
      const data = Buffer.concat(this.#fragments).toString();
      this.#fragments = null;
      this.onmessage?.({ data });
    }
  }

  #broken(code, rest) {
    this.close(code);
    this.#end(code);
    return rest.length;
  }

  #fail(error) {
    if (!this.#closed) {
      this.onerror?.({ message: error.message, error });
    }
    this.#closing = true;
    this.#request?.destroy();
    this.#socket?.destroy();
    this.#end(1006);
  }

  #end(code) {
    if (!this.#closed) {
      this.#closed = true;
      this.onclose?.({ code });
    }
  }
}

/** For this module's own tests; no part of what applications may rely on. */
export const internals = Object.freeze({ Backoff, DEFAULTS, Feed, NodeSocket, RequestIds });
