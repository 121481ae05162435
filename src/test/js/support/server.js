import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { connect } from '../../../main/resources/static/linbox.js';

/**
 * The real server that the tests talk to, by its addresses in the environment: `LINBOX_WS` for clients, `LINBOX_RPC` for back ends,
 * and `LINBOX_CONTROL`, where it can be stopped and started. JavaScriptClientIT starts one and says where it is.
 */
export const url = process.env.LINBOX_WS;

/** To be passed to tests that need the server: they are skipped where there is none. */
export const withServer = url === undefined ? { skip: 'no server: LINBOX_WS does not say where it is' } : {};
export const withControl =
  process.env.LINBOX_CONTROL === undefined ? { skip: 'no server that may be stopped: LINBOX_CONTROL is not set' } : {};

const PATIENCE = 20_000;
const firstUser = randomInt(1_000_000_000, 2 ** 47);
let users = 0;

/** A user that nobody has been before. */
export function freshUser() {
  return String(firstUser + users++);
}

/** A client that tests patiently and quickly, closed at the test's end; not waited for. */
export function clientOf(t, userId, options = {}) {
  const client = connect({ url, userId, reconnectMin: 50, reconnectMax: 500, ...options });
  t.after(() => client.close());
  return client;
}

export async function readyClient(t, userId, options) {
  const client = clientOf(t, userId, options);
  await client.ready;
  return client;
}

/** Two users who have never spoken, with their clients and how each names the conversation. */
export async function twoUsers(t, options) {
  const [anna, bert] = [freshUser(), freshUser()];
  return {
    anna: await readyClient(t, anna, options),
    bert: await readyClient(t, bert, options),
    toAnna: { user: anna },
    toBert: { user: bert },
  };
}

/** A list of what comes as one kind of event, or several, which can be waited for. */
export class Heard extends Array {
  static of(client, ...events) {
    const heard = new Heard();
    Object.defineProperty(heard, 'changed', { value: () => {}, writable: true });
    for (const event of events) {
      client.on(event, (what) => {
        heard.push(what);
        heard.changed();
      });
    }
    return heard;
  }

  static get [Symbol.species]() {
    return Array;
  }

  /** Waits for the first one that is so. */
  async first(isSo) {
    await this.#until(() => this.some(isSo));
    return this.find(isSo);
  }

  /** Waits until there are so many. */
  async count(wanted) {
    await this.#until(() => this.length >= wanted);
    return this;
  }

  #until(isSo) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new assert.AssertionError({ message: `heard only ${JSON.stringify(this)}` })), PATIENCE);
      this.changed = () => {
        if (isSo()) {
          clearTimeout(timer);
          resolve();
        }
      };
      this.changed();
    });
  }
}

/** Waits until it is so, of what no event tells. */
export async function eventually(isSo, what) {
  const deadline = Date.now() + PATIENCE;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A back end's call. */
export async function rpc(service, method, body) {
  const response = await fetch(`${process.env.LINBOX_RPC}/com.linbox.rpc.api.${service}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return response.json();
}

/** @param {'kill' | 'stop' | 'start'} what done when this is answered */
export async function control(what) {
  const response = await fetch(`${process.env.LINBOX_CONTROL}/${what}`, { method: 'POST' });
  assert.equal(response.status, 200, await response.text());
}

export const contents = (messages) => messages.map((message) => message.content);
export const ids = (messages) => messages.map((message) => message.msgId);
