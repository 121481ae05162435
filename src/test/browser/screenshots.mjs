/**
 * Makes the pictures of the documents anew, from a stand-alone LINBOX that nobody else uses meanwhile and that runs already:
 *
 *     npm --prefix src/test/browser ci
 *     node src/test/browser/screenshots.mjs
 *
 * `LINBOX_HTTP` and `LINBOX_WS` say where it is, if not where a new one is.
 */
import { connect } from '../../main/resources/static/linbox.js';
import { PHONE, startBrowser } from './support/browser.mjs';
import { picture } from './support/picture.mjs';

const http = process.env.LINBOX_HTTP ?? 'http://127.0.0.1:8080';
const url = process.env.LINBOX_WS ?? 'ws://127.0.0.1:9080/ws';

/** Other people each time: what an earlier run has said is not to be seen. */
const base = ((Math.floor(Date.now() / 1_000) % 9_000) + 1_000) * 100;
const user = (i) => String(base + i);
const [ANNA, BERT, CARL, DORA] = [user(12), user(27), user(38), user(55)];

const clients = Object.fromEntries([ANNA, BERT, CARL, DORA].map((userId) => [userId, connect({ url, userId, device: 'screenshots' })]));
await Promise.all(Object.values(clients).map((client) => client.ready));

async function say(who, where, text) {
  return (await clients[who].send(where, text)).msgId;
}

async function peopleTalk() {
  await say(DORA, { user: ANNA }, 'Thanks, see you tomorrow!');
  const { group } = await clients[CARL].groups.create({ name: 'Hiking in May', users: [ANNA, BERT, DORA], history: 'all' });
  await say(CARL, { group }, 'The hut has room for all of us 🏠');
  await say(DORA, { group }, 'Wonderful! I bring the maps.');
  await say(BERT, { user: ANNA }, 'Good morning! Did the new release go out?');
  await say(ANNA, { user: BERT }, 'It did, last night. Not one message lost on the way 🎉');
  await say(BERT, { user: ANNA }, 'And the restart in the middle?');
  const typo = await say(ANNA, { user: BERT }, 'Nobody notised.');
  await clients[ANNA].edit({ user: BERT }, typo, 'Nobody noticed.');
  await say(BERT, { user: ANNA }, 'Then lunch is on me. This place? https://example.com/menu');
  const last = await say(ANNA, { user: BERT }, 'Yes! At one?');
  await clients[BERT].read({ user: ANNA }, last);
}

async function shoot(browser, name, options, place) {
  const context = await browser.newContext({
    baseURL: http,
    viewport: { width: 1200, height: 720 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('User id').fill(ANNA);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.conversation').nth(2).waitFor();
  if (place !== '') {
    await page.goto(`/#${place}`);
    await page.locator('.ticks[data-state=read]').last().waitFor();
  }
  await picture(page, name);
  await context.close();
}

await peopleTalk();
const browser = await startBrowser();
try {
  const withBert = `user:${BERT}`;
  await shoot(browser, 'chat-light', { colorScheme: 'light' }, withBert);
  await shoot(browser, 'chat-dark', { colorScheme: 'dark' }, withBert);
  await shoot(browser, 'chat-phone-light', { colorScheme: 'light', viewport: PHONE }, withBert);
  await shoot(browser, 'chat-phone-dark', { colorScheme: 'dark', viewport: PHONE }, '');
} finally {
  await browser.close();
  Object.values(clients).forEach((client) => client.close());
}
