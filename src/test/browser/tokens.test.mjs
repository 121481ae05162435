import { after, before, describe, test } from 'node:test';
import { freshUser, rpc } from '../js/support/server.js';
import { openWindow, startBrowser, withSite } from './support/browser.mjs';
import { comes, message, open, signIn, talkTo, write } from './support/chat.mjs';

/** The web chat where users prove who they are; behind a reverse proxy, as LoadBalancerIT starts it. */
describe('the web chat with tokens', withSite, () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  const tokenFor = async (user) => (await rpc('CredentialService', 'issue', { userId: user, lifetimeSeconds: 600 })).token;

  async function windowWithToken(t, user) {
    const page = await openWindow(t, browser);
    await page.getByLabel('Token').fill(await tokenFor(user));
    await signIn(page, user);
    return page;
  }

  test('a token that is wrong, or of somebody else, does not sign in, and the next try may', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const page = await openWindow(t, browser);
    for (const wrong of ['none of yours', await tokenFor(bert)]) {
      await page.getByLabel('User id').fill(anna);
      await page.getByLabel('Token').fill(wrong);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').filter({ hasText: 'could not be signed in: you may not sign in like this' }).waitFor();
      await page.reload();
      await page.getByLabel('Token').waitFor();
    }
    await page.getByLabel('Token').fill(await tokenFor(anna));
    await signIn(page, anna);
  });

  test('two who have theirs talk', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const annas = await windowWithToken(t, anna);
    const berts = await windowWithToken(t, bert);
    await talkTo(annas, bert);
    await write(annas, 'hello Bert');
    await open(berts, anna);
    await message(berts, 'hello Bert').waitFor();
    await comes(annas, 'hello Bert', 'read');
  });
});
