import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect } from '../../main/resources/static/linbox.js';

/** Lets everything happen that needs no time. */
const turn = () => new Promise(setImmediate);

/** Sockets without a network, and time that passes when the test says so. */
function laboratory(t, options = {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sockets = [];
  class Socket {
    bufferedAmount = 0;
    sent = [];

    constructor(url) {
      this.url = url;
      sockets.push(this);
    }

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close() {
      this.isClosed = true;
    }

    open() {
      this.onopen({});
    }

    say(packet) {
      this.onmessage({ data: JSON.stringify(packet) });
    }

    drop() {
      this.onclose({ code: 1006 });
    }

    /** Takes the sign-in, and knows of no conversation. */
    signIn() {
      this.open();
      this.say({ packet: 'AuthResponse', status: 200 });
      this.say({ packet: 'SyncUnreadResponse', r_id: this.sent.at(-1).r_id, status: 200 });
    }
  }
  const client = connect({
    url: 'ws://127.0.0.1:1/ws',
    userId: '1001',
    reconnectMin: 100,
    reconnectMax: 1_000,
    WebSocket: Socket,
    ...options,
  });
  t.after(() => client.close());
  const states = [];
  client.on('connection', ({ state }) => states.push(state));
  const pass = async (ms) => {
    t.mock.timers.tick(ms);
    await turn();
  };
  return { client, sockets, states, pass };
}

/** What a browser's window has, and Node has not. */
function withWindow(t) {
  const target = new EventTarget();
  globalThis.addEventListener = target.addEventListener.bind(target);
  globalThis.removeEventListener = target.removeEventListener.bind(target);
  t.after(() => {
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  });
  return target;
}

describe('a connection', () => {
  test('it says who it is, the same each time, and counts its sign-ins', async (t) => {
    const { sockets, pass } = laboratory(t, { token: 'secret', device: 'kiosk' });
    await turn();
    sockets[0].signIn();
    sockets[0].drop();
    await pass(100);
    sockets[1].open();

    const [first, second] = sockets.map(({ sent }) => sent[0]);
    assert.deepEqual(
      [first.packet, first.user_id, first.token, first.device, first.attempt],
      ['AuthRequest', '1001', 'secret', 'kiosk', 1],
    );
    assert.ok(Number.isSafeInteger(first.client_id) && first.client_id > 0);
    assert.deepEqual([second.client_id, second.attempt], [first.client_id, 2]);
  });

  test('attempts that fail come after pauses that double up to the limit, each from the upper half of its range', async (t) => {
    for (const [drawn, part] of [[0, 1], [0.999_999, 0.500_001]]) {
      await t.test(`drawn ${drawn}`, async (t) => {
        t.mock.method(Math, 'random', () => drawn);
        const { sockets, pass } = laboratory(t);
        await turn();
        for (const whole of [100, 200, 400, 800, 1_000, 1_000]) {
          const attempts = sockets.length;
          sockets.at(-1).drop();
          await pass(whole * part - 1);
          assert.equal(sockets.length, attempts, `before ${whole} ms`);
          await pass(2);
          assert.equal(sockets.length, attempts + 1, `after ${whole} ms`);
        }
      });
    }
  });

  test('a server that takes sign-ins and drops them at once is not hammered', async (t) => {
    t.mock.method(Math, 'random', () => 0);
    const { sockets, pass } = laboratory(t);
    await turn();
    for (const whole of [100, 200, 400]) {
      sockets.at(-1).open();
      sockets.at(-1).say({ packet: 'AuthResponse', status: 200 });
      const attempts = sockets.length;
      sockets.at(-1).drop();
      await pass(whole - 1);
      assert.equal(sockets.length, attempts);
      await pass(1);
      assert.equal(sockets.length, attempts + 1);
    }
  });

  test('it tries at once when the network is back', async (t) => {
    const window = withWindow(t);
    t.mock.method(Math, 'random', () => 0);
    const { client, sockets, pass } = laboratory(t, { reconnectMin: 60_000, reconnectMax: 60_000 });
    await turn();
    sockets[0].drop();
    await pass(1_000);
    assert.equal(sockets.length, 1);

    window.dispatchEvent(new Event('online'));
    await turn();
    assert.equal(sockets.length, 2);

    client.close();
    window.dispatchEvent(new Event('online'));
    await turn();
    assert.equal(sockets.length, 2);
  });

  test('it asks whether the connection still is one when the network is back', async (t) => {
    const window = withWindow(t);
    const { client, sockets } = laboratory(t);
    await turn();
    sockets[0].signIn();
    assert.equal(client.state, 'online');

    window.dispatchEvent(new Event('online'));

    assert.equal(sockets[0].sent.at(-1).packet, 'Ping');
  });

  test('a server that does not answer the sign-in is given up in time', async (t) => {
    const { sockets, states, pass } = laboratory(t, { connectTimeout: 5_000 });
    await turn();
    sockets[0].open();
    await pass(4_999);
    assert.deepEqual(states, ['connecting']);
    await pass(1);

    assert.deepEqual(states, ['connecting', 'offline']);
    assert.ok(sockets[0].isClosed);
  });

  test('a token is asked for before each sign-in', async (t) => {
    let asked = 0;
    const { sockets, pass } = laboratory(t, { token: async () => `token ${++asked}` });
    await turn();
    sockets[0].open();
    sockets[0].drop();
    await pass(100);
    sockets[1].open();

    assert.deepEqual(sockets.map(({ sent }) => sent[0].token), ['token 1', 'token 2']);
  });

  test('a token that cannot be had now is asked for again', async (t) => {
    let asked = 0;
    const token = () => {
      if (++asked === 1) {
        throw new Error('not now');
      }
      return 'there';
    };
    const { client, sockets, pass } = laboratory(t, { token });
    const errors = [];
    client.on('connection', ({ error }) => error && errors.push(error));
    await turn();
    assert.deepEqual([errors[0].code, errors[0].reason, errors[0].cause.message], ['token', 'not now', 'not now']);
    await pass(100);
    sockets[0].open();

    assert.equal(sockets[0].sent[0].token, 'there');
  });

  test('a sign-in that is refused for good ends the client', async (t) => {
    const { client, sockets, states, pass } = laboratory(t);
    const closed = [];
    client.on('closed', (error) => closed.push(error));
    await turn();
    sockets[0].open();
    sockets[0].say({ packet: 'AuthResponse', status: 401, err_msg: 'token: expired' });
    await pass(100_000);

    await assert.rejects(client.ready, { code: 'not_certified', status: 401, reason: 'token: expired' });
    assert.deepEqual([states, closed.length, sockets.length], [['connecting', 'closed'], 1, 1]);
  });

  test('a sign-in that is refused for now is tried again', async (t) => {
    for (const status of [429, 503, 500]) {
      await t.test(`${status}`, async (t) => {
        const { client, sockets, pass } = laboratory(t);
        await turn();
        sockets[0].open();
        sockets[0].say({ packet: 'AuthResponse', status });
        await pass(100);
        sockets[1].signIn();

        await client.ready;
        assert.equal(client.state, 'online');
      });
    }
  });

  test('of several addresses each is tried in turn', async (t) => {
    const url = ['ws://127.0.0.1:1/ws', 'ws://127.0.0.1:2/ws'];
    const { sockets, pass } = laboratory(t, { url });
    await turn();
    for (let i = 0; i < 3; i++) {
      sockets[i].drop();
      await pass(1_000);
    }

    assert.deepEqual(sockets.map((socket) => socket.url), [url[0], url[1], url[0], url[1]]);
  });

  test('it pings before the server takes it to be gone', async (t) => {
    const { sockets, pass } = laboratory(t, { pingInterval: 25_000 });
    await turn();
    sockets[0].signIn();
    for (let i = 1; i <= 3; i++) {
      await pass(25_000);
      const pings = sockets[0].sent.filter(({ packet }) => packet === 'Ping');
      assert.equal(pings.length, i);
      sockets[0].say({ packet: 'Pong', r_id: pings.at(-1).r_id });
    }
  });

  test('a gateway that asks to be left gets no new requests, and what waits goes to the next one', async (t) => {
    const { client, sockets, states, pass } = laboratory(t);
    await turn();
    sockets[0].signIn();
    const answered = client.send({ user: '1002' }, 'answered by the first');
    await turn();
    const { r_id } = sockets[0].sent.at(-1);
    sockets[0].say({ packet: 'Reconnect', delay: 500 });
    await pass(500);
    const waiting = client.send({ user: '1002' }, 'for the second');
    await turn();
    assert.ok(!sockets[0].isClosed, 'an answer is still to come');
    sockets[0].say({ packet: 'SendMsgResponse', r_id, msg_id: 1, send_time: 5, status: 200 });

    assert.deepEqual(await answered, { msgId: 1, sendTime: 5, requestId: r_id });
    assert.ok(sockets[0].isClosed);
    assert.ok(!sockets[0].sent.some(({ msg }) => msg?.content === 'for the second'));
    const question = client.unread({ user: '1002' });
    await pass(100);
    sockets[1].signIn();
    const { r_id: asked } = sockets[1].sent.find(({ packet, type }) => packet === 'SyncUnreadRequest' && type === 2);
    sockets[1].say({ packet: 'SyncUnreadResponse', r_id: asked, status: 200 });
    assert.equal((await question).newest, 0, 'a question waits too');
    const send = sockets[1].sent.find(({ packet }) => packet === 'SendMsgRequest');
    sockets[1].say({ packet: 'SendMsgResponse', r_id: send.r_id, msg_id: 2, send_time: 6, status: 200 });
    assert.equal((await waiting).msgId, 2);
    assert.deepEqual(states, ['connecting', 'online', 'connecting', 'online']);
  });

  test('a gateway that owes an answer is left all the same', async (t) => {
    const { client, sockets, pass } = laboratory(t);
    await turn();
    sockets[0].signIn();
    client.send({ user: '1002' }, 'x').catch(() => {});
    await turn();
    sockets[0].say({ packet: 'Reconnect', delay: 0 });
    await pass(1);
    assert.ok(!sockets[0].isClosed);
    await pass(1_000);

    assert.ok(sockets[0].isClosed);
  });

  test('nothing more is written to a server that does not read', async (t) => {
    const { client, sockets } = laboratory(t);
    await turn();
    sockets[0].signIn();
    sockets[0].bufferedAmount = 2_000_000;
    const written = sockets[0].sent.length;
    client.send({ user: '1002' }, 'x').catch(() => {});
    await turn();

    assert.equal(sockets[0].sent.length, written);
  });

  test('closing before there is a connection makes none', async (t) => {
    const { client, sockets } = laboratory(t);
    client.close();
    await turn();

    await assert.rejects(client.ready, { code: 'closed' });
    assert.equal(sockets.length, 0);
  });
});
