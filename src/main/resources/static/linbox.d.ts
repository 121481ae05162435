/** LINBOX's client for JavaScript: what linbox.js has, in types. The words are there. */

/** One to one with a user, or a group. Ids are decimal digits in a text: a number cannot hold them all. */
export type Conversation = { readonly user: string; readonly group?: undefined } | { readonly group: string; readonly user?: undefined };

export type Role = 'owner' | 'administrator' | 'member';
export type Inviters = 'administrators' | 'members';
export type HistoryAccess = 'joined' | 'all';

interface MessageOfAnyKind {
  readonly conversation: Conversation;
  /** Counts the messages of the conversation from 1. */
  readonly msgId: number;
  readonly from: string;
  readonly own: boolean;
  readonly mimeType: string;
  readonly content: string;
  /** In milliseconds since the epoch. */
  readonly sendTime: number;
  readonly requestId: number | undefined;
}

/** What somebody wrote; of kind `recalled`, took back before it came here. */
export interface WrittenMessage extends MessageOfAnyKind {
  readonly kind: 'message' | 'recalled';
}

/** Tells that an earlier message was edited or recalled. */
export interface ChangeMessage extends MessageOfAnyKind {
  readonly kind: 'change';
  readonly change:
    | { readonly action: 'edit'; readonly msgId: number; readonly content: string }
    | { readonly action: 'recall'; readonly msgId: number; readonly content?: undefined };
}

/** Tells what was done to a group. */
export interface GroupMessage extends MessageOfAnyKind {
  readonly kind: 'group';
  readonly event: GroupEvent;
}

export type Message = WrittenMessage | ChangeMessage | GroupMessage;

export interface GroupEvent {
  readonly action: 'create' | 'update' | 'dissolve' | 'add' | 'remove' | 'leave' | 'role' | 'mute' | 'mute_all' | (string & {});
  readonly actor: string;
  /** The first hundred of `count`. */
  readonly users: readonly string[];
  readonly count: number;
  readonly name?: string;
  readonly role?: Role;
  readonly invite?: Inviters;
  readonly history?: HistoryAccess;
  /** In milliseconds since the epoch, 0 for no more, Infinity for ever. */
  readonly mutedUntil?: number;
}

export interface Stored {
  /** 0 where a change of a group had nothing to change. */
  readonly msgId: number;
  readonly sendTime: number;
  readonly requestId: number;
}

export interface GroupStored extends Stored {
  readonly group: string;
}

export interface ConversationState {
  readonly conversation: Conversation;
  readonly newest: number;
  readonly unread: number;
  readonly since: number;
  readonly last: Message | null;
}

export interface GroupMember {
  readonly user: string;
  readonly role: Role;
  readonly mutedUntil: number;
}

export interface GroupInfo {
  readonly group: string;
  readonly name: string;
  readonly invite: Inviters;
  readonly history: HistoryAccess;
  readonly mutedUntil: number;
  readonly count: number;
  readonly members: readonly GroupMember[];
  readonly next: string | null;
}

export type ConnectionState = 'connecting' | 'online' | 'offline' | 'closed';

export interface ClientEvents {
  message: WrittenMessage;
  changed: ChangeMessage;
  group: GroupMessage;
  receipt: { readonly conversation: Conversation; readonly msgId: number };
  read: { readonly conversation: Conversation; readonly msgId: number };
  typing: { readonly conversation: Conversation; readonly user: string };
  /** `time` is missing where it was found out after a reconnect. */
  presence: { readonly user: string; readonly online: boolean; readonly time: number | undefined };
  /** Only what is stored has `msgId` and `sendTime`. */
  system: {
    readonly type: number;
    readonly content: string;
    readonly msgId: number | undefined;
    readonly sendTime: number | undefined;
  };
  connection: { readonly state: ConnectionState; readonly retryIn?: number; readonly error?: LinboxError };
  closed: LinboxError;
}

export type ErrorCode =
  | 'invalid'
  | 'not_certified'
  | 'not_allowed'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'too_fast'
  | 'failed'
  | 'unavailable'
  | 'offline'
  | 'no_answer'
  | 'too_many_pending'
  | 'token'
  | 'signed_out'
  | 'closed';

export class LinboxError extends Error {
  constructor(code: ErrorCode, reason: string, more?: { status?: number; retryable?: boolean; cause?: unknown });
  readonly name: 'LinboxError';
  readonly code: ErrorCode;
  readonly reason: string;
  /** The server's, 0 where it has said nothing. */
  readonly status: number;
  readonly retryable: boolean;
  readonly requestId: number | undefined;
}

/** As much of a WebSocket as the client uses. */
export interface Socket {
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(): void;
}

/** Times are in milliseconds. */
export interface Options {
  url: string | readonly string[];
  userId: string;
  token?: string | (() => string | Promise<string>);
  device?: string;
  connectTimeout?: number;
  requestTimeout?: number;
  sendDeadline?: number;
  pingInterval?: number;
  reconnectMin?: number;
  reconnectMax?: number;
  maxPending?: number;
  deliverUnread?: boolean;
  systemPosition?: number;
  WebSocket?: new (url: string) => Socket;
}

export function connect(options: Options): LinboxClient;
export function conversationKey(conversation: Conversation): string;
export function applyChange<M extends Message>(messages: readonly M[], changed: ChangeMessage): readonly M[];

export interface LinboxClient {
  readonly groups: Groups;
  readonly userId: string;
  readonly state: ConnectionState;
  readonly ready: Promise<void>;
  readonly systemPosition: number;
  on<E extends keyof ClientEvents>(event: E, listener: (what: ClientEvents[E]) => void): () => void;
  off<E extends keyof ClientEvents>(event: E, listener: (what: ClientEvents[E]) => void): void;
  nextRequestId(): number;
  send(conversation: Conversation, content: string, options?: { mimeType?: string; requestId?: number }): Promise<Stored>;
  recall(conversation: Conversation, msgId: number): Promise<Stored>;
  edit(conversation: Conversation, msgId: number, content: string): Promise<Stored>;
  conversations(page?: { offset?: number; limit?: number }): Promise<{ conversations: ConversationState[]; next: number | null }>;
  unread(conversation: Conversation): Promise<ConversationState>;
  history(conversation: Conversation, range?: { before?: number; after?: number; limit?: number }): Promise<Message[]>;
  read(conversation: Conversation, msgId: number): Promise<void>;
  readers(conversation: Conversation, msgId: number): Promise<{ user: string; msgId: number }[]>;
  typing(conversation: Conversation): Promise<void>;
  muteConversation(conversation: Conversation, until: number): Promise<void>;
  watchPresence(users: Iterable<string>): Promise<Map<string, boolean>>;
  systemUnread(): Promise<Map<number, number>>;
  ackSystem(type: number): Promise<void>;
  ping(): Promise<number>;
  close(): void;
}

export interface Groups {
  create(group: { name: string; users?: readonly string[]; invite?: Inviters; history?: HistoryAccess }): Promise<GroupStored>;
  update(group: string, settings: { name?: string; invite?: Inviters; history?: HistoryAccess }): Promise<GroupStored>;
  dissolve(group: string): Promise<GroupStored>;
  add(group: string, users: readonly string[]): Promise<GroupStored>;
  remove(group: string, users: readonly string[]): Promise<GroupStored>;
  leave(group: string): Promise<GroupStored>;
  role(group: string, users: readonly string[], role: Role): Promise<GroupStored>;
  mute(group: string, users: readonly string[], until: number): Promise<GroupStored>;
  muteAll(group: string, until: number): Promise<GroupStored>;
  info(group: string, page?: { after?: string; limit?: number }): Promise<GroupInfo>;
  members(group: string): Promise<GroupMember[]>;
}
