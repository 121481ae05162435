import { connect, createServer } from 'node:net';

/** Stands between clients and a server, and is the network: it can cut what goes through it, hold it back, and let nobody in. */
export class TcpProxy {
  #target;
  #pairs = new Set();
  #held = false;
  #down = false;
  #server = createServer((client) => this.#through(client));

  /** @param {string} url where the server is, such as `ws://127.0.0.1:9080/ws` */
  constructor(url) {
    this.#target = new URL(url);
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** The server's address as seen from this side. */
  get url() {
    return `ws://127.0.0.1:${this.#server.address().port}${this.#target.pathname}`;
  }

  /** How many connections go through it. */
  get connections() {
    return this.#pairs.size;
  }

  #through(client) {
    client.on('error', () => {});
    if (this.#down) {
      client.destroy();
      return;
    }
    const server = connect(Number(this.#target.port), this.#target.hostname);
    server.on('error', () => {});
    const pair = { client, server };
    this.#pairs.add(pair);
    const over = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on('close', over);
    server.on('close', over);
    client.pipe(server);
    server.pipe(client);
    if (this.#held) {
      this.#hold(pair);
    }
  }

  #hold({ client, server }) {
    client.unpipe(server);
    server.unpipe(client);
    client.pause();
    server.pause();
  }

  /** Nothing gets through any more, and nobody is told. */
  hold() {
    this.#held = true;
    this.#pairs.forEach((pair) => this.#hold(pair));
  }

  /** What was held back goes on. */
  release() {
    this.#held = false;
    this.#pairs.forEach(({ client, server }) => {
      client.pipe(server);
      server.pipe(client);
    });
  }

  /** Every connection ends at once. */
  cut() {
    this.#pairs.forEach(({ client, server }) => {
      client.resetAndDestroy();
      server.resetAndDestroy();
    });
  }

  /** Cuts, and lets nobody in until {@link up}. */
  down() {
    this.#down = true;
    this.cut();
  }

  up() {
    this.#down = false;
  }

  close() {
    this.cut();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
