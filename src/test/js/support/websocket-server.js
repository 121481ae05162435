import { createHash } from 'node:crypto';
import { createServer } from 'node:http';

/**
 * A WebSocket server of the tests' own, written after RFC 6455 and not after the client that it tests: every connection is an
 * object whose `frames` are what the client has sent, and that writes frames as it is told to.
 */
export class WebSocketServer {
  #http = createServer();
  #sockets = new Set();

  /** @param {(peer: Peer, url: string) => void} connected called for each connection */
  constructor(connected, { accept = (key) => key } = {}) {
    this.#http.on('upgrade', (request, socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      const key = createHash('sha1')
        .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
        .digest('base64');
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n' +
          `sec-websocket-accept: ${accept(key)}\r\n\r\n`,
      );
      connected(new Peer(socket, request.headers), request.url);
    });
    this.#http.on('request', (_, response) => response.writeHead(404).end());
  }

  async listen() {
    await new Promise((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url() {
    return `ws://127.0.0.1:${this.#http.address().port}/ws`;
  }

  close() {
    this.#sockets.forEach((socket) => socket.destroy());
    return new Promise((resolve) => this.#http.close(resolve));
  }
}

export class Peer {
  /** Called with each frame, `{ opcode, fin, masked, payload }`, and with null at the end of the connection. */
  onframe = () => {};
  #bytes = Buffer.alloc(0);

  constructor(socket, headers) {
    this.socket = socket;
    this.headers = headers;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('end', () => socket.end());
    socket.on('close', () => this.onframe(null));
    socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      for (let frame = this.#next(); frame !== null; frame = this.#next()) {
        this.onframe(frame);
      }
    });
  }

  #next() {
    const bytes = this.#bytes;
    if (bytes.length < 2) {
      return null;
    }
    let length = bytes[1] & 0x7f;
    let at = 2;
    if (length === 126 && bytes.length >= 4) {
      length = bytes.readUInt16BE(2);
      at = 4;
    } else if (length === 127 && bytes.length >= 10) {
      length = Number(bytes.readBigUInt64BE(2));
      at = 10;
    } else if (length > 125) {
      return null;
    }
    const masked = (bytes[1] & 0x80) !== 0;
    const mask = masked ? bytes.subarray(at, at + 4) : Buffer.alloc(4);
    at += masked ? 4 : 0;
    if (bytes.length < at + length) {
      return null;
    }
    const payload = Buffer.from(bytes.subarray(at, at + length)).map((byte, i) => byte ^ mask[i % 4]);
    this.#bytes = bytes.subarray(at + length);
    return { opcode: bytes[0] & 0x0f, fin: (bytes[0] & 0x80) !== 0, masked, payload: Buffer.from(payload) };
  }

  text(text) {
    this.socket.write(frame(1, Buffer.from(text)));
  }

  ping(payload = Buffer.alloc(0)) {
    this.socket.write(frame(9, payload));
  }

  closeFrame(code) {
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.socket.write(frame(8, payload));
  }

  /** Ends the connection as a broken network does. */
  cut() {
    this.socket.destroy();
  }
}

/** An unmasked frame, as servers write them. */
export function frame(opcode, payload, { fin = true, reserved = 0 } = {}) {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = (fin ? 0x80 : 0) | reserved | opcode;
  if (length < 126) {
    header[1] = length;
  } else if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}
