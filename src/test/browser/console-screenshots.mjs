/**
 * Makes the pictures of the console anew, from a stand-alone LINBOX that nobody else uses meanwhile and that runs already, for as long as the
 * charts are to be old:
 *
 *     npm --prefix src/test/browser ci
 *     LINBOX_CONSOLE_SECRET=… node src/test/browser/console-screenshots.mjs
 *
 * with the secret that it has printed. `LINBOX_HTTP`, `LINBOX_WS` say where it is, if not where a new one is; `LINBOX_SECONDS`, how long
 * people talk before.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../../main/resources/static/linbox.js';
import { PHONE, startBrowser } from './support/browser.mjs';
import { picture } from './support/picture.mjs';

const http = process.env.LINBOX_HTTP ?? 'http://127.0.0.1:8080';
const url = process.env.LINBOX_WS ?? 'ws://127.0.0.1:9080/ws';
const secret = process.env.LINBOX_CONSOLE_SECRET;
const seconds = Number(process.env.LINBOX_SECONDS ?? 120);
const PEOPLE = 24;

const base = (Date.now() % 9_000_000) * 100 + 200_000_000_000;
const people = Array.from({ length: PEOPLE }, (_, i) => String(base + i));
const clients = people.map((userId) => connect({ url, userId, device: 'screenshots' }));
await Promise.all(clients.map((client) => client.ready));

/** In waves, as people do. */
async function peopleTalk() {
  const begin = Date.now();
  while (Date.now() - begin < seconds * 1_000) {
    const wave = 1 + Math.sin((Date.now() - begin) / 9_000) / 2 + Math.random() / 3;
    const talking = Math.ceil((PEOPLE / 2) * (wave / 2));
    await Promise.all(
      Array.from({ length: talking }, (_, i) => clients[2 * i].send({ user: people[2 * i + 1] }, 'hello').catch(() => {})),
    );
    await pause(120);
  }
}

async function shoot(browser, name, view, options) {
  const context = await browser.newContext({ baseURL: http, viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce', locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.goto(`/console/#${view}`);
  await page.getByLabel('Secret').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  if (view === 'overview') {
    await page.getByLabel('5 min', { exact: true }).check();
    await page.locator('.line[d^=M]').first().waitFor({ state: 'attached' });
    await page.locator('.engines .good').first().waitFor();
  } else {
    await page.locator('tbody tr').first().waitFor();
  }
  await picture(page, name);
  await context.close();
}

await peopleTalk();
const browser = await startBrowser();
try {
  await shoot(browser, 'console-light', 'overview', { colorScheme: 'light' });
  await shoot(browser, 'console-dark', 'overview', { colorScheme: 'dark' });
  await shoot(browser, 'console-phone-light', 'overview', { colorScheme: 'light', viewport: PHONE });
  await shoot(browser, 'console-phone-dark', 'refusals', { colorScheme: 'dark', viewport: PHONE });
} finally {
  await browser.close();
  clients.forEach((client) => client.close());
}
