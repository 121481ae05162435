import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { internals } from '../../main/resources/static/linbox.js';
import { WebSocketServer, frame } from './support/websocket-server.js';

const { NodeSocket } = internals;

/** A server's end and a client's, each with a list of what it has got that can be waited for. */
async function pair(t, options) {
  let connected;
  const peer = new Promise((resolve) => {
    connected = resolve;
  });
  const server = await new WebSocketServer((arrived) => {
    arrived.got = inbox();
    arrived.onframe = (got) => arrived.got.add(got);
    connected(arrived);
  }, options).listen();
  t.after(() => server.close());
  const socket = listening(new NodeSocket(server.url));
  t.after(() => socket.close());
  return { socket, peer, server };
}

function listening(socket) {
  socket.got = inbox();
  socket.onopen = () => socket.got.add('open');
  socket.onmessage = ({ data }) => socket.got.add(data);
  socket.onerror = ({ message }) => socket.got.add({ error: message });
  socket.onclose = ({ code }) => socket.got.add({ closed: code });
  return socket;
}

function inbox() {
  const items = [];
  let wake = () => {};
  return {
    items,
    add(item) {
      items.push(item);
      wake();
    },
    async take() {
      while (items.length === 0) {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
      return items.shift();
    },
  };
}

async function opened(t) {
  const { socket, peer } = await pair(t);
  assert.equal(await socket.got.take(), 'open');
  return { socket, peer: await peer };
}

test('text of every length reaches the server masked and whole', async (t) => {
  const { socket, peer } = await opened(t);

  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]) {
    const text = 'ü'.repeat(length / 2) + 'x'.repeat(length % 2);
    socket.send(text);
    const { opcode, fin, masked, payload } = await peer.got.take();
    assert.deepEqual({ opcode, fin, masked, length: payload.length }, { opcode: 1, fin: true, masked: true, length });
    assert.equal(payload.toString(), text);
  }
});

test('text of every length comes from the server', async (t) => {
  const { socket, peer } = await opened(t);

  for (const length of [0, 1, 125, 126, 65_535, 65_536, 3_000_000]) {
    peer.text('x'.repeat(length));
    assert.equal((await socket.got.take()).length, length);
  }
});

test('fragments become one message, with a ping answered between them', async (t) => {
  const { socket, peer } = await opened(t);

  const text = Buffer.from('grüße');
  peer.socket.write(frame(1, text.subarray(0, 3), { fin: false }));
  peer.ping(Buffer.from('are you there?'));
  peer.socket.write(frame(0, text.subarray(3, 4), { fin: false }));
  peer.socket.write(frame(0, text.subarray(4)));

  assert.equal(await socket.got.take(), 'grüße');
  const { opcode, masked, payload } = await peer.got.take();
  assert.deepEqual([opcode, masked, payload.toString()], [10, true, 'are you there?']);
});

test('frames that come a byte at a time, or many at once, are read alike', async (t) => {
  const { socket, peer } = await opened(t);
  const bytes = Buffer.concat([frame(1, Buffer.from('one')), frame(10, Buffer.alloc(0)), frame(1, Buffer.alloc(300, 'x'))]);

  for (const byte of bytes) {
    peer.socket.write(Buffer.of(byte));
    await new Promise(setImmediate);
  }
  peer.socket.write(Buffer.concat([bytes, bytes]));

  for (let i = 0; i < 3; i++) {
    assert.equal(await socket.got.take(), 'one');
    assert.equal(await socket.got.take(), 'x'.repeat(300));
  }
});

test("the server's close is answered and told with its code", async (t) => {
  const { socket, peer } = await opened(t);

  peer.closeFrame(4_001);

  assert.deepEqual(await socket.got.take(), { closed: 4_001 });
  const { opcode, masked } = await peer.got.take();
  assert.deepEqual([opcode, masked], [8, true]);
  assert.equal(await peer.got.take(), null);
});

test('closing says so to the server and ends the connection', async (t) => {
  const { socket, peer } = await opened(t);

  socket.close();

  const { opcode, payload } = await peer.got.take();
  assert.deepEqual([opcode, payload.readUInt16BE()], [8, 1_000]);
  assert.equal(await peer.got.take(), null);
});

test('closing before there is a connection leaves none', async (t) => {
  const { socket } = await pair(t);

  socket.close();

  assert.deepEqual(await socket.got.take(), { closed: 1_006 });
});

test('a connection that breaks is told', async (t) => {
  const { socket, peer } = await opened(t);

  peer.cut();

  const told = [await socket.got.take()];
  if (told[0].error !== undefined) {
    told.push(await socket.got.take());
  }
  assert.deepEqual(told.at(-1), { closed: 1_006 });
});

const breaches = {
  'a masked frame': [frame(1, Buffer.from('x')), 1_002, (bytes) => ((bytes[1] |= 0x80), bytes)],
  'a reserved bit': [frame(1, Buffer.from('x'), { reserved: 0x40 }), 1_002],
  'an unknown opcode': [frame(3, Buffer.alloc(0)), 1_002],
  'a fragment of nothing': [frame(0, Buffer.from('x')), 1_002],
  'binary content': [frame(2, Buffer.from('x')), 1_003],
  'a message that is too long': [Buffer.of(0x81, 127, 0, 0, 0, 0, 0xff, 0, 0, 0), 1_009],
};
for (const [name, [bytes, code, change = (same) => same]] of Object.entries(breaches)) {
  test(`${name} closes the connection with ${code}`, async (t) => {
    const { socket, peer } = await opened(t);

    peer.socket.write(change(bytes));

    assert.deepEqual(await socket.got.take(), { closed: code });
    const close = await peer.got.take();
    assert.deepEqual([close.opcode, close.payload.readUInt16BE()], [8, code]);
  });
}

test('a server that does not know the key is none', async (t) => {
  const { socket } = await pair(t, { accept: () => 'wrong' });

  assert.deepEqual(await socket.got.take(), { error: 'not a WebSocket server' });
  assert.deepEqual(await socket.got.take(), { closed: 1_006 });
});

test('an answer of HTTP alone is an error with its status', async (t) => {
  const http = (await import('node:http')).createServer((_, response) => response.writeHead(403).end());
  await once(http.listen(0, '127.0.0.1'), 'listening');
  t.after(() => http.close());
  const socket = listening(new NodeSocket(`ws://127.0.0.1:${http.address().port}/ws`));

  assert.deepEqual(await socket.got.take(), { error: 'HTTP status 403' });
  assert.deepEqual(await socket.got.take(), { closed: 1_006 });
});

test('a port where nobody listens is an error', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  const socket = listening(new NodeSocket(`ws://127.0.0.1:${port}/ws`));

  assert.match((await socket.got.take()).error, /ECONNREFUSED/);
  assert.deepEqual(await socket.got.take(), { closed: 1_006 });
});
