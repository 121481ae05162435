import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LinboxError, applyChange, connect, conversationKey } from '../../main/resources/static/linbox.js';
import { Heard, clientOf, contents, eventually, freshUser, ids, readyClient, twoUsers, url, withServer } from './support/server.js';

describe('messages', withServer, () => {
  test('a message is stored when its send is done, and comes to whom it is for', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    const heard = Heard.of(bert, 'message');
    const before = Date.now() - 60_000;

    const { msgId, sendTime, requestId } = await anna.send(toBert, 'hello <b>&amp;', { mimeType: 'text/html' });

    assert.equal(msgId, 1);
    assert.ok(sendTime > before && Number.isSafeInteger(requestId));
    const [message] = await heard.count(1);
    assert.deepEqual(message, {
      kind: 'message',
      conversation: toAnna,
      msgId: 1,
      from: anna.userId,
      own: false,
      mimeType: 'text/html',
      content: 'hello <b>&amp;',
      sendTime,
      requestId,
    });
  });

  test('messages that are sent at once come in the order sent', async (t) => {
    const { anna, bert, toBert } = await twoUsers(t);
    const heard = Heard.of(bert, 'message');

    const sent = await Promise.all(Array.from({ length: 40 }, (_, i) => anna.send(toBert, `${i}`)));

    assert.deepEqual(ids(sent), Array.from({ length: 40 }, (_, i) => i + 1));
    assert.deepEqual(contents(await heard.count(40)), Array.from({ length: 40 }, (_, i) => `${i}`));
  });

  test('any text comes as it was sent', async (t) => {
    const { anna, bert, toBert } = await twoUsers(t);
    const heard = Heard.of(bert, 'message');
    const texts = ['', '😀 grüße \u2028 \0 "\\', '<script>alert(1)</script>', '{"packet":"OfflineInfo"}'];

    for (const text of texts) {
      await anna.send(toBert, text);
    }

    assert.deepEqual(contents(await heard.count(texts.length)), texts);
  });

  test('a send tried again with its request id is stored once', async (t) => {
    const { anna, toBert } = await twoUsers(t);

    const first = await anna.send(toBert, 'once');
    const again = await anna.send(toBert, 'once', { requestId: first.requestId });

    assert.deepEqual(again, first);
    assert.equal((await anna.unread(toBert)).newest, 1);
  });

  test('one device of a user hears what another sends, and what it reads', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    const phone = await readyClient(t, anna.userId, { device: 'phone' });
    const onPhone = Heard.of(phone, 'message');
    const readOnPhone = Heard.of(phone, 'read');
    const onWeb = Heard.of(anna, 'message');

    const { requestId } = await anna.send(toBert, 'from the web');
    await bert.send(toAnna, 'to both');
    await anna.read(toBert, 2);

    const own = await onPhone.first((message) => message.own);
    assert.deepEqual([own.content, own.msgId, own.from, own.requestId], ['from the web', 1, anna.userId, requestId]);
    assert.deepEqual(contents(await onPhone.count(2)), ['from the web', 'to both']);
    assert.deepEqual(await readOnPhone.first((read) => read.msgId === 2), { conversation: toBert, msgId: 2 });
    assert.deepEqual(contents(await onWeb.count(1)), ['to both']);
  });

  test('the sender hears that the partner has read', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    const receipts = Heard.of(anna, 'receipt');
    await anna.send(toBert, 'one');
    await anna.send(toBert, 'two');

    await bert.read(toAnna, 2);

    assert.deepEqual(await receipts.first(({ msgId }) => msgId === 2), { conversation: toBert, msgId: 2 });
    assert.deepEqual(await anna.readers(toBert, 2), [{ user: bert.userId, msgId: 2 }]);
  });

  test('a partner who has not read so far is no reader', async (t) => {
    const { anna, toBert } = await twoUsers(t);
    await anna.send(toBert, 'one');

    assert.deepEqual(await anna.readers(toBert, 1), []);
  });

  test('unread counts follow what comes and what is read', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    assert.deepEqual(await bert.unread(toAnna), { conversation: toAnna, newest: 0, unread: 0, since: 0, last: null });
    await anna.send(toBert, 'one');
    await anna.send(toBert, 'two');
    await anna.send(toBert, 'three');

    const unread = await bert.unread(toAnna);
    assert.deepEqual([unread.newest, unread.unread, unread.last.content], [3, 3, 'three']);

    await bert.read(toAnna, 2);
    assert.equal((await bert.unread(toAnna)).unread, 1);
    await bert.read(toAnna, 1);
    assert.equal((await bert.unread(toAnna)).unread, 1, 'never back');
  });

  test('conversations are listed a page at a time, the newest first', async (t) => {
    const anna = await readyClient(t, freshUser());
    const partners = [freshUser(), freshUser(), freshUser()];
    for (const user of partners) {
      await anna.send({ user }, `to ${user}`);
    }

    const first = await anna.conversations({ limit: 2 });
    const second = await anna.conversations({ offset: first.next, limit: 2 });

    const listed = [...first.conversations, ...second.conversations];
    assert.deepEqual([first.conversations.length, second.next], [2, null]);
    assert.deepEqual(
      listed.map(({ conversation, last, unread }) => [conversationKey(conversation), last.content, unread]),
      partners.reverse().map((user) => [`user:${user}`, `to ${user}`, 0]),
    );
  });

  test('history is read page by page to its beginning, and marks nothing as read', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    await Promise.all(Array.from({ length: 25 }, (_, i) => anna.send(toBert, `${i + 1}`)));

    const pages = [];
    for (let page = await bert.history(toAnna, { limit: 10 }); page.length > 0; ) {
      pages.push(ids(page));
      page = await bert.history(toAnna, { limit: 10, before: page[0].msgId });
    }

    const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
    assert.deepEqual(pages, [range(16, 25), range(6, 15), range(1, 5)]);
    assert.deepEqual(ids(await bert.history(toAnna, { after: 23 })), [24, 25]);
    assert.equal((await bert.unread(toAnna)).unread, 25);
  });

  test('an edit and a recall are told in order and applied to what was seen', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    const heard = Heard.of(bert, 'message', 'changed');
    const typo = await anna.send(toBert, 'helo');
    const wrong = await anna.send(toBert, 'not for you');

    const edited = await anna.edit(toBert, typo.msgId, 'hello');
    const recalled = await anna.recall(toBert, wrong.msgId);

    assert.deepEqual(ids([edited, recalled]), [3, 4]);
    const all = await heard.count(4);
    assert.deepEqual(
      all.slice(2).map(({ kind, msgId, from, change }) => ({ kind, msgId, from, change })),
      [
        { kind: 'change', msgId: 3, from: anna.userId, change: { action: 'edit', msgId: 1, content: 'hello' } },
        { kind: 'change', msgId: 4, from: anna.userId, change: { action: 'recall', msgId: 2 } },
      ],
    );
    const seen = all.slice(2).reduce(applyChange, all.slice(0, 2));
    const show = ({ msgId, kind, content, mimeType }) => ({ msgId, kind, content, mimeType });
    assert.deepEqual(seen.map(show), [
      { msgId: 1, kind: 'message', content: 'hello', mimeType: 'text/plain' },
      { msgId: 2, kind: 'recalled', content: '', mimeType: 'application/vnd.linbox.recalled' },
    ]);
    assert.deepEqual((await bert.history(toAnna)).slice(0, 2).map(show), seen.map(show), 'as in the history');
    assert.deepEqual(contents(all.slice(0, 2)), ['helo', 'not for you'], 'what was handed out stays as it was');
  });

  test('a change applies to its own conversation alone', () => {
    const message = (user) => ({ conversation: { user }, msgId: 1, kind: 'message', content: 'x' });
    const list = [message('1'), message('2')];
    const change = (user, msgId) => ({ conversation: { user }, change: { action: 'edit', msgId, content: 'y' } });

    assert.deepEqual(contents(applyChange(list, change('2', 1))), ['x', 'y']);
    assert.equal(applyChange(list, change('3', 1)), list);
    assert.equal(applyChange(list, change('2', 7)), list);
  });

  test("another's message cannot be changed", async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    await anna.send(toBert, 'mine');

    await assert.rejects(bert.recall(toAnna, 1), { name: 'LinboxError', status: 403, code: 'not_allowed', retryable: false });
    await assert.rejects(bert.edit(toAnna, 5, 'x'), { status: 404, code: 'not_found' });
  });

  test('typing is told to the partner', async (t) => {
    const { anna, bert, toBert, toAnna } = await twoUsers(t);
    const typing = Heard.of(bert, 'typing');

    await anna.typing(toBert);

    assert.deepEqual(await typing.first(() => true), { conversation: toAnna, user: anna.userId });
  });

  test('a conversation can be muted until a moment, for ever, and no more', async (t) => {
    const { anna, toBert } = await twoUsers(t);

    await anna.muteConversation(toBert, Date.now() + 60_000);
    await anna.muteConversation(toBert, Infinity);
    await anna.muteConversation(toBert, 0);
    await assert.rejects(anna.muteConversation(toBert, -2), { status: 400, code: 'invalid' });
  });

  test('a ping tells how long an answer takes', async (t) => {
    const { anna } = await twoUsers(t);

    const took = await anna.ping();

    assert.ok(took > 0 && took < 5_000, `${took} ms`);
  });

  test('what was unread at the first sign-in comes as events where that is wanted', async (t) => {
    const { anna, toBert, bert } = await twoUsers(t);
    bert.close();
    await anna.send(toBert, 'one');
    await anna.send(toBert, 'two');

    const eager = clientOf(t, bert.userId, { deliverUnread: true });
    const heard = Heard.of(eager, 'message');
    assert.deepEqual(contents(await heard.count(2)), ['one', 'two']);

    const other = await readyClient(t, bert.userId, { device: 'phone' });
    const later = Heard.of(other, 'message');
    await anna.send(toBert, 'three');
    assert.deepEqual(contents(await later.count(1)), ['three']);
  });
});

describe('what cannot be', withServer, () => {
  test('a content that is too long is refused by the server, with its words', async (t) => {
    const { anna, toBert } = await twoUsers(t);

    await assert.rejects(anna.send(toBert, 'x'.repeat(20_000)), (error) => {
      assert.ok(error instanceof LinboxError);
      assert.deepEqual([error.status, error.code, error.retryable], [413, 'too_large', false]);
      assert.match(error.reason, /content/);
      assert.ok(Number.isSafeInteger(error.requestId));
      return true;
    });
  });

  test('a packet that would end the connection is not sent', async (t) => {
    const { anna, bert, toBert } = await twoUsers(t);
    const heard = Heard.of(bert, 'message');

    await assert.rejects(anna.send(toBert, 'x'.repeat(70_000)), { status: 0, code: 'too_large' });

    await anna.send(toBert, 'still here');
    assert.deepEqual(contents(await heard.count(1)), ['still here']);
  });

  test("the server's own mime types are refused", async (t) => {
    const { anna, toBert } = await twoUsers(t);
    const mimeType = 'application/vnd.linbox.message-change+json';

    await assert.rejects(anna.send(toBert, '{}', { mimeType }), { status: 400, code: 'invalid' });
  });

  test('calls that make no sense fail at once', async (t) => {
    const { anna, toBert } = await twoUsers(t);
    const senseless = { code: 'invalid', status: 0, retryable: false };

    await assert.rejects(anna.send({ user: 1002 }, 'x'), senseless);
    await assert.rejects(anna.send({ user: '0' }, 'x'), senseless);
    await assert.rejects(anna.send({ user: '9223372036854775808' }, 'x'), senseless);
    await assert.rejects(anna.send({}, 'x'), senseless);
    await assert.rejects(anna.send({ user: '1', group: '2' }, 'x'), senseless);
    await assert.rejects(anna.send(toBert, 'x', { requestId: 2 ** 53 }), senseless);
    await assert.rejects(anna.typing({ group: 'x' }), senseless);
    await assert.rejects(anna.groups.add('1', ['x']), senseless);
    await assert.rejects(anna.watchPresence([5]), senseless);
    assert.throws(() => connect({ url: 'http://127.0.0.1', userId: '1' }), senseless);
    assert.throws(() => connect({ url, userId: 1001 }), senseless);
    assert.throws(() => connect({ url, userId: '1', reconnectMax: 1 }), senseless);
  });

  test('one request too many fails at once, and there is room again afterwards', async (t) => {
    const { anna, toBert } = await twoUsers(t, { maxPending: 3 });

    const [tooMany, ...sent] = (await Promise.allSettled([1, 2, 3, 4].map((n) => anna.send(toBert, `${n}`)))).reverse();

    assert.deepEqual([tooMany.reason.code, tooMany.reason.retryable], ['too_many_pending', true]);
    assert.ok(sent.every(({ status }) => status === 'fulfilled'));
    await anna.send(toBert, '5');
  });

  test('a closed client does nothing more', async (t) => {
    const { anna, toBert } = await twoUsers(t);
    const closed = Heard.of(anna, 'closed');
    const waiting = anna.send(toBert, 'never mind');

    anna.close();

    await assert.rejects(waiting, { code: 'closed' });
    await assert.rejects(anna.send(toBert, 'x'), { code: 'closed' });
    await assert.rejects(anna.conversations(), { code: 'closed' });
    await assert.rejects(anna.watchPresence([]), { code: 'closed' });
    assert.deepEqual([anna.state, closed[0].code, closed.length], ['closed', 'closed', 1]);
  });

  test('a listener that fails disturbs nobody', async (t) => {
    const { anna, bert, toBert } = await twoUsers(t);
    const reported = [];
    t.mock.method(console, 'error', (error) => reported.push(error.message));
    bert.on('message', () => {
      throw new Error('my own fault');
    });
    const heard = Heard.of(bert, 'message');

    await anna.send(toBert, 'one');
    await anna.send(toBert, 'two');

    assert.deepEqual(contents(await heard.count(2)), ['one', 'two']);
    assert.deepEqual(reported, ['my own fault', 'my own fault']);
  });

  test('a listener that was taken off hears no more', async (t) => {
    const { anna, bert, toBert } = await twoUsers(t);
    const heard = [];
    const off = bert.on('message', ({ content }) => heard.push(content));
    await anna.send(toBert, 'one');
    await eventually(() => heard.length === 1, 'the first message');

    off();
    const others = Heard.of(bert, 'message');
    await anna.send(toBert, 'two');
    await others.count(1);

    assert.deepEqual(heard, ['one']);
  });
});
