import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Heard, clientOf, freshUser, readyClient, rpc, twoUsers, withServer } from './support/server.js';

describe('presence', withServer, () => {
  test('who is watched is told of, coming and going', async (t) => {
    const { anna } = await twoUsers(t);
    const [cora, dora] = [freshUser(), freshUser()];
    const heard = Heard.of(anna, 'presence');

    assert.deepEqual(await anna.watchPresence([cora, dora]), new Map([[cora, false], [dora, false]]));

    const came = await readyClient(t, cora);
    const { time } = await heard.first(({ user, online }) => user === cora && online);
    assert.ok(time > 0);
    came.close();
    await heard.first(({ user, online }) => user === cora && !online);
    assert.ok(heard.every(({ user }) => user === cora));
  });

  test('a list takes the place of the one before', async (t) => {
    const { anna } = await twoUsers(t);
    const [cora, dora] = [freshUser(), freshUser()];
    const heard = Heard.of(anna, 'presence');
    await anna.watchPresence([cora]);
    await anna.watchPresence([dora]);

    await readyClient(t, cora);
    await readyClient(t, dora);

    await heard.first(({ user }) => user === dora);
    assert.ok(heard.every(({ user }) => user === dora));
  });

  test('a list that is too long is refused, and the one before stays', async (t) => {
    const { anna } = await twoUsers(t);
    const cora = freshUser();
    const heard = Heard.of(anna, 'presence');
    await anna.watchPresence([cora]);

    await assert.rejects(anna.watchPresence(Array.from({ length: 501 }, freshUser)), { status: 400 });

    await readyClient(t, cora);
    await heard.first(({ user, online }) => user === cora && online);
  });
});

describe('system messages', withServer, () => {
  const say = (user, systemType, content) => rpc('MessageService', 'sendSystem', { userIds: [user], systemType, content });

  test('they come at once and count until they are acknowledged', async (t) => {
    const { anna } = await twoUsers(t);
    const heard = Heard.of(anna, 'system');

    await say(anna.userId, 30, 'your order is on its way');
    await say(anna.userId, 77, '{"own":true}');

    const [first, second] = await heard.count(2);
    assert.deepEqual([first.type, first.content], [30, 'your order is on its way']);
    assert.deepEqual([second.type, second.content], [77, '{"own":true}']);
    assert.ok(first.msgId > 0 && second.msgId > first.msgId && first.sendTime > 0);
    assert.equal(anna.systemPosition, second.msgId);
    assert.deepEqual(await anna.systemUnread(), new Map([[10, 0], [30, 1], [77, 1]]));

    await anna.ackSystem(30);
    assert.equal((await anna.systemUnread()).get(30), 0);
  });

  test('passing ones have no msgId', async (t) => {
    const { anna } = await twoUsers(t);
    const heard = Heard.of(anna, 'system');

    await rpc('MessageService', 'sendSystemToAll', { systemType: 4, content: 'back in five minutes' });

    const { type, msgId } = await heard.first(({ content }) => content === 'back in five minutes');
    assert.deepEqual([type, msgId, anna.systemPosition], [4, undefined, 0]);
  });

  test('what came while away comes at the next sign-in, and not again after a position that was kept', async (t) => {
    const user = freshUser();
    await say(user, 30, 'one');
    await say(user, 30, 'two');
    // The server gives a device again what it has not heard from it about: the client is gone at once.
    const first = clientOf(t, user);
    const heard = Heard.of(first, 'system');
    await heard.count(2);
    const kept = heard[0].msgId;
    first.close();

    const next = clientOf(t, user, { systemPosition: kept });
    const again = Heard.of(next, 'system');
    await say(user, 30, 'three');
    await again.first(({ content }) => content === 'three');

    assert.ok(again.every(({ msgId }) => msgId > kept));
  });

  test('a user that the back end signs out stays out', async (t) => {
    const { anna, toBert } = await twoUsers(t);
    const closed = Heard.of(anna, 'closed');

    await rpc('PresenceService', 'disconnect', { userId: anna.userId, reason: 'please sign in again' });

    const [error] = await closed.count(1);
    assert.deepEqual([error.code, error.reason, anna.state], ['signed_out', 'please sign in again', 'closed']);
    await assert.rejects(anna.send(toBert, 'x'), { code: 'signed_out' });
  });
});
