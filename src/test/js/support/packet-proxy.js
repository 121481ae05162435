import { internals } from '../../../main/resources/static/linbox.js';
import { WebSocketServer } from './websocket-server.js';

/**
 * Stands between clients and a real server and understands their packets: a test can drop some, repeat them and add its own, as
 * a network that loses connections and a server that is killed would have it.
 */
export class PacketProxy {
  /** What becomes of a packet from a client: the packets that go on, none, one or more. */
  toServer = (packet) => [packet];
  /** What becomes of a packet from the server. */
  toClient = (packet) => [packet];
  /** All packets that clients have sent, in order. */
  sent = [];
  /** How often somebody has connected. */
  connections = 0;
  #peers = new Set();
  #server;

  constructor(url) {
    this.#server = new WebSocketServer((peer) => this.#connected(peer, url));
  }

  async listen() {
    await this.#server.listen();
    return this;
  }

  get url() {
    return this.#server.url;
  }

  #connected(peer, url) {
    this.connections++;
    this.#peers.add(peer);
    const upstream = new internals.NodeSocket(url);
    const early = [];
    let open = false;
    upstream.onopen = () => {
      open = true;
      early.splice(0).forEach((text) => upstream.send(text));
    };
    upstream.onmessage = ({ data }) =>
      this.toClient(JSON.parse(data)).forEach((packet) => peer.text(JSON.stringify(packet)));
    upstream.onclose = () => peer.cut();
    peer.onframe = (frame) => {
      if (frame === null || frame.opcode === 8) {
        this.#peers.delete(peer);
        upstream.close();
      } else if (frame.opcode === 1) {
        const packet = JSON.parse(frame.payload);
        this.sent.push(packet);
        for (const out of this.toServer(packet)) {
          const text = JSON.stringify(out);
          if (open) {
            upstream.send(text);
          } else {
            early.push(text);
          }
        }
      }
    };
  }

  /** Says something to all clients in the server's name. */
  say(packet) {
    this.#peers.forEach((peer) => peer.text(JSON.stringify(packet)));
  }

  cut() {
    this.#peers.forEach((peer) => peer.cut());
  }

  close() {
    return this.#server.close();
  }
}
