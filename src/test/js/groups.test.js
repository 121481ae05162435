import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Heard, contents, eventually, freshUser, ids, readyClient, withServer } from './support/server.js';

async function threeUsers(t) {
  const [anna, bert, cora] = await Promise.all([1, 2, 3].map(() => readyClient(t, freshUser())));
  return { anna, bert, cora };
}

const byUser = (members) => Object.fromEntries(members.map(({ user, role }) => [user, role]));

describe('groups', withServer, () => {
  test('a group is made, talked in, and its members hear of it', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const made = Heard.of(bert, 'group');
    const said = Heard.of(cora, 'message');

    const { group, msgId } = await anna.groups.create({ name: 'friends', users: [bert.userId, cora.userId] });
    const sent = await anna.send({ group }, 'hello all');

    assert.deepEqual([typeof group, msgId, sent.msgId], ['string', 1, 2]);
    const [{ conversation, kind, event, from }] = await made.count(1);
    assert.deepEqual([conversation, kind, from], [{ group }, 'group', anna.userId]);
    assert.deepEqual({ ...event, users: [...event.users].sort() }, {
      action: 'create',
      actor: anna.userId,
      users: [anna.userId, bert.userId, cora.userId].sort(),
      count: 3,
      name: 'friends',
      invite: 'administrators',
      history: 'joined',
    });
    const [message] = await said.count(1);
    assert.deepEqual([message.conversation, message.content], [{ group }, 'hello all']);
  });

  test('its name and rules are changed and told', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'a', users: [bert.userId], invite: 'members', history: 'all' });
    await anna.send({ group }, 'before cora');
    const updates = Heard.of(bert, 'group');

    await anna.groups.update(group, { name: 'b' });
    await bert.groups.add(group, [cora.userId]);

    const { event } = await updates.first(({ event }) => event.action === 'update');
    assert.equal(event.name, 'b');
    const info = await cora.groups.info(group);
    assert.deepEqual([info.name, info.invite, info.history, info.count, info.mutedUntil], ['b', 'members', 'all', 3, 0]);
    assert.ok(contents(await cora.history({ group })).includes('before cora'));
  });

  test('all members are listed, page by page', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'pages', users: [bert.userId, cora.userId] });

    const first = await anna.groups.info(group, { limit: 2 });
    const second = await anna.groups.info(group, { limit: 2, after: first.next });

    assert.deepEqual([first.members.length, second.members.length, second.next], [2, 1, null]);
    assert.deepEqual(byUser([...first.members, ...second.members]), byUser(await anna.groups.members(group)));
    assert.deepEqual(byUser(await anna.groups.members(group)), {
      [anna.userId]: 'owner',
      [bert.userId]: 'member',
      [cora.userId]: 'member',
    });
  });

  test('roles are given, and the group is handed on', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'roles', users: [bert.userId, cora.userId] });
    const told = Heard.of(cora, 'group');

    await anna.groups.role(group, [bert.userId], 'administrator');
    await anna.groups.role(group, [bert.userId], 'owner');

    const { event } = await told.first(({ event }) => event.role === 'owner');
    assert.equal(event.users[0], bert.userId);
    assert.equal(byUser(await cora.groups.members(group))[bert.userId], 'owner');
    await assert.rejects(anna.groups.dissolve(group), { status: 403, code: 'not_allowed' });
  });

  test('whoever is muted cannot send until the mute ends', async (t) => {
    const { anna, bert } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'quiet', users: [bert.userId] });
    const told = Heard.of(bert, 'group');

    await anna.groups.mute(group, [bert.userId], Infinity);
    await assert.rejects(bert.send({ group }, 'x'), { status: 403, retryable: false });
    assert.equal((await told.first(({ event }) => event.action === 'mute')).event.mutedUntil, Infinity);
    const muted = (await anna.groups.members(group)).find(({ user }) => user === bert.userId);
    assert.equal(muted.mutedUntil, Infinity);

    await anna.groups.mute(group, [bert.userId], 0);
    await bert.send({ group }, 'again');

    await anna.groups.muteAll(group, Date.now() + 600_000);
    await assert.rejects(bert.send({ group }, 'x'), { status: 403 });
    // The list of members may be a moment behind.
    await eventually(async () => (await bert.groups.info(group)).mutedUntil > Date.now(), 'the group muted');
    await anna.send({ group }, 'administrators may');
    await anna.groups.muteAll(group, 0);
    await bert.send({ group }, 'all may');
  });

  test('whoever leaves or is removed hears that last, and reads it no more', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'leaving', users: [bert.userId, cora.userId] });
    const byBert = Heard.of(bert, 'group', 'message');
    const byCora = Heard.of(cora, 'group', 'message');

    await anna.groups.remove(group, [bert.userId]);
    await cora.groups.leave(group);
    await anna.send({ group }, 'alone');

    const removed = await byBert.first(({ event }) => event?.action === 'remove');
    assert.deepEqual(removed.event.users, [bert.userId]);
    await assert.rejects(bert.send({ group }, 'x'), { status: 403, code: 'not_allowed' });
    await assert.rejects(cora.history({ group }), { status: 403 });
    assert.ok(!contents(byBert).includes('alone') && !contents(byCora).includes('alone'));
    assert.deepEqual(byUser(await anna.groups.members(group)), { [anna.userId]: 'owner' });
  });

  test('a group that is dissolved is gone for all', async (t) => {
    const { anna, bert } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'over', users: [bert.userId] });
    const told = Heard.of(bert, 'group');

    await anna.groups.dissolve(group);

    assert.equal((await told.first(({ event }) => event.action === 'dissolve')).event.actor, anna.userId);
    await assert.rejects(anna.send({ group }, 'x'), { status: 403 });
  });

  test('a change that changes nothing is done, and is no message', async (t) => {
    const { anna, bert } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'same', users: [bert.userId] });

    assert.equal((await anna.groups.add(group, [bert.userId])).msgId, 0);
  });

  test('who has read a message of a group is told, and all may be edited and recalled', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'readers', users: [bert.userId, cora.userId] });
    const { msgId } = await anna.send({ group }, 'read me');
    const told = Heard.of(cora, 'changed');

    await bert.read({ group }, msgId);
    await anna.edit({ group }, msgId, 'read this');
    await anna.recall({ group }, msgId);

    const readers = await anna.readers({ group }, msgId);
    assert.deepEqual(readers.map(({ user }) => user).sort(), [anna.userId, bert.userId].sort());
    assert.deepEqual((await told.count(2)).map(({ change }) => change.action), ['edit', 'recall']);
  });

  test('typing is told to the other members', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'typing', users: [bert.userId, cora.userId] });
    const typing = [bert, cora].map((client) => Heard.of(client, 'typing'));

    await anna.typing({ group });

    for (const heard of typing) {
      assert.deepEqual(await heard.first(() => true), { conversation: { group }, user: anna.userId });
    }
  });

  test('whoever comes into a long group hears all that came since, and nothing from before', async (t) => {
    const { anna, bert, cora } = await threeUsers(t);
    const { group } = await anna.groups.create({ name: 'late', users: [bert.userId] });
    await Promise.all(Array.from({ length: 30 }, (_, i) => anna.send({ group }, `${i}`)));
    const heard = Heard.of(cora, 'message', 'group');

    await anna.groups.add(group, [cora.userId]);
    // By her own message she learns of it at the latest.
    const { msgId } = await anna.send({ group }, 'welcome');
    await cora.send({ group }, 'thanks');
    await anna.send({ group }, 'again');

    assert.deepEqual(ids(await heard.count(3)), [msgId - 1, msgId, msgId + 2]);
  });
});
