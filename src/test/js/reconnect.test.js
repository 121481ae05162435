import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PacketProxy } from './support/packet-proxy.js';
import { Heard, clientOf, contents, control, eventually, freshUser, ids, readyClient, rpc, url, withControl, withServer } from './support/server.js';
import { TcpProxy } from './support/tcp-proxy.js';

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => `${from + i}`);

/** Anna, whose network the test has in its hand, and Bert, whose network is well. */
async function behind(t, Proxy, options) {
  const proxy = await new Proxy(url).listen();
  t.after(() => proxy.close());
  const [anna, bert] = [freshUser(), freshUser()];
  return {
    proxy,
    anna: await readyClient(t, anna, { url: proxy.url, ...options }),
    bert: await readyClient(t, bert),
    toAnna: { user: anna },
    toBert: { user: bert },
  };
}

describe('a network that breaks', withServer, () => {
  test('what was said meanwhile comes afterwards, in order and once', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, TcpProxy);
    const heard = Heard.of(anna, 'message');
    const states = Heard.of(anna, 'connection');
    await bert.send(toAnna, '1');
    await heard.count(1);

    proxy.down();
    const { retryIn, error } = await states.first(({ state }) => state === 'offline');
    assert.ok(retryIn > 0 && error.code === 'offline' && error.retryable);
    for (const text of numbers(2, 150)) {
      await bert.send(toAnna, text);
    }
    proxy.up();
    await states.first(({ state }) => state === 'online');
    await bert.send(toAnna, '151');

    assert.deepEqual(contents(await heard.count(151)), numbers(1, 151));
  });

  test('connections that are cut again and again lose nothing, either way', async (t) => {
    const { proxy, anna, bert, toAnna, toBert } = await behind(t, TcpProxy);
    const byAnna = Heard.of(anna, 'message');
    const byBert = Heard.of(bert, 'message');
    const texts = numbers(1, 60);

    const sent = [];
    for (const text of texts) {
      sent.push(anna.send(toBert, text));
      await bert.send(toAnna, text);
      if (Number(text) % 12 === 0) {
        proxy.cut();
      }
    }

    const stored = await Promise.all(sent);
    assert.equal(new Set(ids(stored)).size, 60);
    assert.deepEqual(contents(await byAnna.count(60)), texts);
    assert.deepEqual([...contents(await byBert.count(60))].sort(), [...texts].sort());
    // Of all 120, this client's own among them.
    assert.equal((await anna.unread(toBert)).newest, 120);
  });

  test('a send waits for the next connection, anything else fails at once', async (t) => {
    const { proxy, anna, bert, toBert } = await behind(t, TcpProxy);
    const heard = Heard.of(bert, 'message');
    proxy.down();
    await eventually(() => anna.state === 'offline', 'offline');

    const sent = anna.send(toBert, 'later');
    await assert.rejects(anna.history(toBert), { code: 'offline', retryable: true });
    proxy.up();

    assert.equal((await sent).msgId, 1);
    assert.deepEqual(contents(await heard.count(1)), ['later']);
  });

  test('a send that finds no connection in time fails, and may be tried again with its id', async (t) => {
    const { proxy, anna, bert, toBert } = await behind(t, TcpProxy, { sendDeadline: 300 });
    const heard = Heard.of(bert, 'message');
    proxy.down();

    const failure = await anna.send(toBert, 'in vain?').then(assert.fail, (error) => error);
    assert.deepEqual([failure.code, failure.retryable], ['no_answer', true]);
    proxy.up();
    await eventually(() => anna.state === 'online', 'online');
    const { requestId } = await anna.send(toBert, 'in vain?', { requestId: failure.requestId });

    assert.equal(requestId, failure.requestId);
    assert.deepEqual(contents(await heard.count(1)), ['in vain?']);
  });

  test('a network that is dead without a word is found out by a ping', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, TcpProxy, { pingInterval: 100, requestTimeout: 400, connectTimeout: 1_000 });
    const states = Heard.of(anna, 'connection');
    const heard = Heard.of(anna, 'message');

    proxy.hold();
    await bert.send(toAnna, 'are you there?');
    assert.match((await states.first(({ state }) => state === 'offline')).error.reason, /ping/);
    proxy.cut();
    proxy.release();

    assert.deepEqual(contents(await heard.count(1)), ['are you there?']);
  });

  test('who is watched stays watched over reconnects, and what was missed is told', async (t) => {
    const { proxy, anna } = await behind(t, TcpProxy);
    const cora = freshUser();
    const heard = Heard.of(anna, 'presence');
    await anna.watchPresence([cora]);

    proxy.down();
    await eventually(() => anna.state === 'offline', 'offline');
    const came = await readyClient(t, cora);
    proxy.up();

    await heard.first(({ user, online }) => user === cora && online);
    came.close();
    await heard.first(({ user, online }) => user === cora && !online);
  });

  test('system messages come once for as long as a client lives', async (t) => {
    const { proxy, anna } = await behind(t, TcpProxy);
    const heard = Heard.of(anna, 'system');
    const say = (content) => rpc('MessageService', 'sendSystem', { userIds: [anna.userId], systemType: 30, content });

    await say('one');
    await heard.count(1);
    proxy.cut();
    await say('two');
    await heard.count(2);
    proxy.cut();
    await say('three');

    assert.deepEqual(contents(await heard.count(3)), ['one', 'two', 'three']);
  });
});

describe('packets that are lost, repeated or late', withServer, () => {
  test('a send whose answer is lost is sent again with the same id and stored once', async (t) => {
    const { proxy, anna, bert, toBert } = await behind(t, PacketProxy, { requestTimeout: 300 });
    const heard = Heard.of(bert, 'message');
    let lost = 0;
    proxy.toClient = (packet) => (packet.packet === 'SendMsgResponse' && lost++ < 2 ? [] : [packet]);

    const { msgId, requestId } = await anna.send(toBert, 'once');
    await anna.send(toBert, 'next');

    const sends = proxy.sent.filter(({ packet, msg }) => packet === 'SendMsgRequest' && msg.content === 'once');
    assert.deepEqual(sends.map((send) => [send.r_id, send.msg.r_id]), Array(3).fill([requestId, requestId]));
    assert.equal(msgId, 1);
    assert.deepEqual(contents(await heard.count(2)), ['once', 'next']);
  });

  test('answers that come late, and more than once, are taken, and nothing is stored twice', async (t) => {
    const { proxy, anna, bert, toBert } = await behind(t, PacketProxy, { requestTimeout: 200 });
    const heard = Heard.of(bert, 'message');
    const late = [];
    proxy.toClient = (packet) => (packet.packet === 'SendMsgResponse' ? (late.push(packet), []) : [packet]);

    const sent = ['1', '2', '3'].map((text) => anna.send(toBert, text));
    await eventually(() => late.length >= 9, 'each sent three times');
    proxy.toClient = (packet) => [packet];
    late.forEach((packet) => proxy.say(packet));

    assert.deepEqual(ids(await Promise.all(sent)), [1, 2, 3]);
    await anna.send(toBert, '4');
    assert.deepEqual(contents(await heard.count(4)), ['1', '2', '3', '4']);
  });

  test('a send whose answer is lost with the connection is done, stored once and not told to its own client', async (t) => {
    const { proxy, anna, bert, toBert, toAnna } = await behind(t, PacketProxy);
    const own = Heard.of(anna, 'message');
    const heard = Heard.of(bert, 'message');
    proxy.toClient = (packet) => {
      if (packet.packet === 'SendMsgResponse') {
        proxy.toClient = (same) => [same];
        proxy.cut();
        return [];
      }
      return [packet];
    };

    const { msgId } = await anna.send(toBert, 'once');
    await bert.send(toAnna, 'got it');

    assert.equal(msgId, 1);
    assert.deepEqual(contents(await heard.count(1)), ['once']);
    assert.deepEqual(contents(await own.count(1)), ['got it']);
    assert.equal(proxy.connections, 2);
  });

  test('edits and changes of groups whose answers are lost are done once', async (t) => {
    const { proxy, anna, bert, toBert } = await behind(t, PacketProxy, { requestTimeout: 300 });
    const heard = Heard.of(bert, 'changed', 'group');
    const { msgId } = await anna.send(toBert, 'helo');
    const lost = new Set();
    proxy.toClient = (packet) => {
      const isFirst = /^(ChangeMsg|GroupChange)Response$/.test(packet.packet) && !lost.has(packet.packet);
      lost.add(packet.packet);
      return isFirst ? [] : [packet];
    };

    assert.equal((await anna.edit(toBert, msgId, 'hello')).msgId, 2);
    const { group, msgId: made } = await anna.groups.create({ name: 'once', users: [bert.userId] });

    assert.equal(made, 1);
    assert.deepEqual((await heard.count(2)).map(({ kind }) => kind), ['change', 'group']);
    assert.equal((await bert.conversations()).conversations.filter(({ conversation }) => conversation.group).length, 1);
    assert.equal((await bert.unread({ group })).newest, 1);
  });

  test('messages that come twice are handed on once', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, PacketProxy);
    const heard = Heard.of(anna, 'message');
    const packets = [];
    proxy.toClient = (packet) => {
      if (packet.packet !== 'NewMessage') {
        return [packet];
      }
      packets.push(packet);
      return [packet, ...packets];
    };

    for (const text of numbers(1, 10)) {
      await bert.send(toAnna, text);
    }

    assert.deepEqual(contents(await heard.count(10)), numbers(1, 10));
    proxy.say(packets[3]);
    await bert.send(toAnna, 'last');
    assert.deepEqual(contents(await heard.count(11)), [...numbers(1, 10), 'last']);
  });

  test('messages that are lost on the way are pulled when the next one comes', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, PacketProxy);
    const heard = Heard.of(anna, 'message');
    proxy.toClient = (packet) => (packet.packet === 'NewMessage' && Number(packet.msg.content) % 5 !== 0 ? [] : [packet]);

    for (const text of numbers(1, 125)) {
      await bert.send(toAnna, text);
    }

    assert.deepEqual(contents(await heard.count(125)), numbers(1, 125));
    assert.ok(proxy.sent.some(({ packet }) => packet === 'PullOldMsgRequest'));
  });

  test('a gap whose pull is refused for now is pulled later', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, PacketProxy);
    const heard = Heard.of(anna, 'message');
    let refusals = 0;
    proxy.toClient = (packet) => {
      if (packet.packet === 'PullOldMsgResponse' && refusals++ < 2) {
        return [{ packet: packet.packet, r_id: packet.r_id, status: refusals === 1 ? 429 : 503 }];
      }
      return packet.packet === 'NewMessage' && packet.msg.content !== '3' ? [] : [packet];
    };

    for (const text of numbers(1, 3)) {
      await bert.send(toAnna, text);
    }

    assert.deepEqual(contents(await heard.count(3)), numbers(1, 3));
    assert.equal(refusals, 3);
  });

  test('a send that is put off is tried again, one that is refused is not', async (t) => {
    const { proxy, anna, toBert } = await behind(t, PacketProxy);
    const answers = [429, 503, 500];
    proxy.toServer = (packet) => {
      if (packet.packet === 'SendMsgRequest' && answers.length > 0) {
        proxy.say({ packet: 'SendMsgResponse', r_id: packet.r_id, status: answers.shift(), err_msg: 'as the test will' });
        return [];
      }
      return [packet];
    };

    const failure = { status: 500, code: 'failed', reason: 'as the test will', retryable: false };
    await assert.rejects(anna.send(toBert, 'x'), failure);

    const sends = proxy.sent.filter(({ packet }) => packet === 'SendMsgRequest');
    assert.equal(sends.length, 3);
    assert.equal(new Set(sends.map(({ r_id }) => r_id)).size, 1);
  });

  test('more than the rate allows is stored all the same', async (t) => {
    const { anna, bert, toBert } = await behind(t, PacketProxy);
    const heard = Heard.of(bert, 'message');

    const sent = await Promise.all(numbers(1, 150).map((text) => anna.send(toBert, text)));

    assert.equal(new Set(ids(sent)).size, 150);
    assert.deepEqual([...contents(await heard.count(150))].sort(), numbers(1, 150).sort());
  });

  test('a message that the server announces without its content is pulled', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, PacketProxy);
    const heard = Heard.of(anna, 'message');
    proxy.toClient = (packet) => [packet.packet === 'NewMessage' ? { ...packet, msg: undefined } : packet];

    await bert.send(toAnna, 'look');

    assert.deepEqual(contents(await heard.count(1)), ['look']);
  });

  test('packets that a client does not know, and what is no packet, are passed over', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, PacketProxy);
    const heard = Heard.of(anna, 'message');

    proxy.say({ packet: 'FromTheFuture', r_id: 1 });
    proxy.say({});
    proxy.say(null);
    proxy.say({ packet: 'NewMessage', type: 2 });
    proxy.say({ packet: 'SendMsgResponse', r_id: 1, status: 200 });
    await bert.send(toAnna, 'hello');

    assert.deepEqual(contents(await heard.count(1)), ['hello']);
    assert.equal(anna.state, 'online');
  });
});

describe('a server that signs out, or stops', withServer, () => {
  test('a device whose place is taken does not come back', async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, PacketProxy);
    const states = Heard.of(anna, 'connection');
    const closed = Heard.of(anna, 'closed');

    const newer = await readyClient(t, anna.userId);
    const [error] = await closed.count(1);
    const heard = Heard.of(newer, 'message');
    await bert.send(toAnna, 'to the newer one');

    assert.deepEqual([error.code, error.retryable, anna.state], ['signed_out', false, 'closed']);
    assert.ok(error.reason.length > 0);
    assert.deepEqual(states.map(({ state }) => state), ['closed']);
    await heard.count(1);
    assert.deepEqual([proxy.connections, newer.state], [1, 'online']);
  });

  test("a client's own new sign-in is no newer device", async (t) => {
    const { proxy, anna, bert, toAnna } = await behind(t, TcpProxy, { pingInterval: 50, requestTimeout: 200, connectTimeout: 1_000 });
    const heard = Heard.of(anna, 'message');
    // The server goes on thinking that it has the first connection.
    proxy.hold();
    await eventually(() => anna.state !== 'online', 'offline');
    proxy.cut();
    proxy.release();

    await bert.send(toAnna, 'still you?');

    await heard.count(1);
    assert.equal(anna.state, 'online');
  });

  test('a gateway that asks to be left is left without losing or failing anything', async (t) => {
    const { proxy, anna, bert, toAnna, toBert } = await behind(t, PacketProxy);
    const states = Heard.of(anna, 'connection');
    const heard = Heard.of(anna, 'message');

    proxy.say({ packet: 'Reconnect', user_id: anna.userId, delay: 50 });
    const work = [];
    while (proxy.connections < 2 || anna.state !== 'online') {
      work.push(await anna.send(toBert, 'x'), await anna.unread(toBert));
      await bert.send(toAnna, `${work.length}`);
    }
    await bert.send(toAnna, 'last');

    await heard.first(({ content }) => content === 'last');
    assert.equal(heard.length, work.length / 2 + 1);
    assert.deepEqual(states.map(({ state }) => state), ['connecting', 'online']);
  });

  test('of several addresses the next one is tried', async (t) => {
    const dead = await new TcpProxy(url).listen();
    dead.down();
    t.after(() => dead.close());

    const client = await readyClient(t, freshUser(), { url: [dead.url, url] });

    assert.ok((await client.ping()) > 0);
  });
});

describe('a server that is killed', withControl, () => {
  test('what it had answered is there, and what it had not is sent again', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const first = await readyClient(t, anna);
    const second = await readyClient(t, bert);
    const heard = Heard.of(second, 'message');
    await first.send({ user: bert }, '1');
    await heard.count(1);

    await control('kill');
    await eventually(() => first.state === 'offline', 'offline');
    const sent = numbers(2, 20).map((text) => first.send({ user: bert }, text));
    await control('start');

    assert.deepEqual(ids(await Promise.all(sent)), numbers(2, 20).map(Number));
    assert.deepEqual(contents(await heard.count(20)), numbers(1, 20));
  });

  test('one that is stopped in the middle loses nothing either', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const first = await readyClient(t, anna);
    const second = await readyClient(t, bert);
    const heard = Heard.of(second, 'message');
    const states = Heard.of(first, 'connection');

    const sent = [];
    let running = true;
    const talking = (async () => {
      while (running || sent.length < 50) {
        const send = first.send({ user: bert }, `${sent.length + 1}`);
        sent.push(send);
        await Promise.race([send, new Promise((resolve) => setTimeout(resolve, 100))]);
      }
    })();
    await control('stop');
    await control('start');
    running = false;
    await talking;

    const stored = await Promise.all(sent);
    const texts = numbers(1, sent.length);
    assert.equal(new Set(ids(stored)).size, sent.length);
    assert.deepEqual([...contents(await heard.count(sent.length))].sort(), texts.sort());
    assert.ok(states.some(({ state }) => state === 'online'));
    assert.ok(!states.some(({ state }) => state === 'closed'));
  });
});
