/** Times and sentences, in the browser's language where it has them. */

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const WEEKDAY = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const DATE = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const FULL_DATE = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const LIST = new Intl.ListFormat('en', { style: 'long', type: 'conjunction' });
const DAY = 86_400_000;

export const clock = (time) => TIME.format(time);

/** A text that is the same for all moments of one day, where the reader is. */
export function dayOf(time) {
  const at = new Date(time);
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
}

function daysAgo(time) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  return time >= midnight ? 0 : Math.ceil((midnight - time) / DAY);
}

export function dayName(time) {
  const days = daysAgo(time);
  return days === 0 ? 'Today' : days === 1 ? 'Yesterday' : days < 7 ? WEEKDAY.format(time) : FULL_DATE.format(time);
}

/** Short, for lists. */
export function when(time) {
  const days = daysAgo(time);
  return days === 0 ? clock(time) : days === 1 ? 'Yesterday' : days < 7 ? WEEKDAY.format(time) : DATE.format(time);
}

const MOST_NAMED = 5;

/** People in a sentence; of many, some and how many more. */
export function people(users, count = users.length, me = undefined) {
  const named = users.slice(0, MOST_NAMED).map((user) => (user === me ? 'you' : user));
  const others = count - named.length;
  return LIST.format(others > 0 ? [...named, `${others} more`] : named);
}

export const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** What was done to a group, in words. */
export function groupEvent({ event }, me) {
  const { action, actor, users = [], count = users.length } = event;
  const who = actor === me ? 'You' : actor;
  const whom = people(users, count, me);
  switch (action) {
    case 'create':
      return `${who} created the group “${event.name ?? ''}”`;
    case 'update':
      return event.name === undefined ? `${who} changed the group’s settings` : `${who} named the group “${event.name}”`;
    case 'dissolve':
      return `${who} ended the group`;
    case 'add':
      return `${who} added ${whom}`;
    case 'remove':
      return `${who} removed ${whom}`;
    case 'leave':
      return `${who} left`;
    case 'role':
      return `${who} made ${whom} ${event.role === 'member' ? 'a member' : `${event.role}`}`;
    case 'mute':
      return event.mutedUntil === 0 ? `${who} lets ${whom} write again` : `${who} muted ${whom}`;
    case 'mute_all':
      return event.mutedUntil === 0 ? `${who} lets everybody write again` : `${who} lets only administrators write`;
    default:
      return `${who} changed the group`;
  }
}

const TAKEN_BACK = 'This message was taken back';

/** A message in one line of plain text, for lists and for screen readers. */
export function summary(message, me) {
  switch (message.kind) {
    case 'group':
      return groupEvent(message, me);
    case 'recalled':
      return TAKEN_BACK;
    case 'change':
      return message.change.action === 'recall' ? TAKEN_BACK : `Edited: ${message.change.content}`;
    default:
      return message.mimeType.startsWith('text/') ? message.content : `[${message.mimeType}]`;
  }
}

/** Why something failed, for people. */
export function reason(error) {
  const said = error.reason ?? '';
  const words = {
    offline: 'there is no connection',
    no_answer: 'the server did not answer in time',
    too_fast: 'that was too fast, try again in a moment',
    too_large: 'it is too long',
    unavailable: 'the server is busy, try again in a moment',
    not_found: 'it is not there any more',
    not_certified: 'you may not sign in like this',
    signed_out: 'you were signed out',
    closed: 'the connection was closed',
  }[error.code];
  return words ?? (said === '' ? String(error.message ?? error) : said);
}
