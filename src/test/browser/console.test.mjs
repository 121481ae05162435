import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { freshUser, readyClient } from '../js/support/server.js';
import { DESKTOP, PHONE, eventually, openWindow, seriousIn, startBrowser, withSite } from './support/browser.mjs';
import { backEnd, consoleWindow, pushService, row, secret, signIn } from './support/console.mjs';

const VIEWS = ['overview', 'cluster', 'refusals', 'users', 'settings', 'letters'];
const HOSTILE = '<img src=x onerror="globalThis.stolen = 1">';

/** The operator's console, in Chromium, in front of a real server. */
describe('the console', withSite, () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  test('a wrong secret is refused, the right one lets in, a reload keeps it, and signing out ends it', async (t) => {
    const page = await openWindow(t, browser, { path: '/console' });
    assert.equal(new URL(page.url()).pathname, '/console/');
    await signIn(page, 'not the secret');
    await page.getByRole('alert').filter({ hasText: "not the console's secret" }).waitFor();
    await signIn(page, secret);
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    assert.equal(await page.evaluate(() => document.cookie), '');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Secret').waitFor();
    await page.reload();
    await page.getByLabel('Secret').waitFor();
  });

  test('messages show in the charts, as lines, as text, by keyboard and in a table', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const client = await readyClient(t, anna);
    await readyClient(t, bert);
    const page = await consoleWindow(t, browser);
    for (const engine of ['database', 'kafka', 'redis', 'zookeeper']) {
      await page.getByRole('listitem').filter({ hasText: `${engine} up` }).waitFor();
    }
    const chart = page.getByRole('figure').filter({ hasText: 'Messages' }).first();
    const plot = chart.getByRole('img');
    await eventually(async () => {
      await client.send({ user: bert }, 'hello');
      return /stored 0?\.?[1-9]/.test((await plot.getAttribute('aria-label')) ?? '');
    }, 'messages in the chart');
    assert.match(await chart.locator('path.line-1').getAttribute('d'), /^M[\d.]+ [\d.]+h0/);
    await page.locator('.tile').filter({ hasText: 'Signed in' }).filter({ hasText: /[1-9]/ }).waitFor();

    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await chart.locator('.when').filter({ hasText: /\d\d:\d\d:\d\d/ }).waitFor();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await chart.locator('.cross').count(), 1);

    await chart.getByText('Messages as a table').click();
    await eventually(async () => (await chart.getByRole('row').count()) === 13, 'twelve rows and their head');
    await page.getByLabel('5 min', { exact: true }).check();
    await eventually(async () => /[1-9]/.test((await chart.locator('tbody').textContent()) ?? ''), 'figures in the table');
    const latency = page.getByRole('figure').filter({ hasText: 'From a message to its answer' });
    await latency.locator('.value').filter({ hasText: /m?s$/ }).first().waitFor();
    assert.equal(await page.getByRole('figure').count(), 10);
  });

  test('gateways, routers and engines are there', async (t) => {
    const page = await consoleWindow(t, browser, 'cluster');
    const gateways = page.getByRole('region', { name: 'Gateways' });
    await row(gateways, '127.0.0.1').filter({ hasText: 'open' }).filter({ hasText: 'ws ' }).waitFor();
    const routers = page.getByRole('region', { name: 'Routers' });
    await row(routers, 'linbox-').filter({ hasText: '127.0.0.1' }).waitFor();
    await row(page.getByRole('region', { name: 'Engines' }), 'kafka').filter({ hasText: 'up' }).waitFor();
  });

  test('what is refused is shown by cause', async (t) => {
    const page = await consoleWindow(t, browser, 'refusals');
    await fetch(`${process.env.LINBOX_WS.replace('ws:', 'http:')}/nothing`).catch(() => {});
    const handshakes = page.getByRole('region', { name: 'WebSocket handshakes' });
    await row(handshakes, 'not found').filter({ hasText: /[1-9]/ }).waitFor();
    assert.equal(await row(handshakes, 'foreign origin').count(), 0);
    await page.getByLabel('Causes that never were').check();
    await row(handshakes, 'foreign origin').waitFor();
    await row(page.getByRole('region', { name: 'Requests refused by the gateway' }), 'too fast').filter({ hasText: 'limit' }).waitFor();
  });

  test('a user is found, with devices and unread, and a device is disconnected with a reason', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const annas = await readyClient(t, anna, { device: HOSTILE });
    const closed = new Promise((resolve) => annas.on('closed', resolve));
    const berts = await readyClient(t, bert);
    await berts.send({ user: anna }, 'one');
    await berts.send({ user: anna }, 'two');
    const page = await consoleWindow(t, browser, 'users');
    await page.getByLabel('User id').fill(anna);
    await page.getByRole('button', { name: 'Find' }).click();
    const devices = page.getByRole('region', { name: `Devices of user ${anna}` });
    await row(devices, HOSTILE).filter({ hasText: 'version 2' }).waitFor();
    await page.getByRole('heading', { name: '2 unread' }).waitFor();
    await row(page.getByRole('region', { name: 'Conversations' }), `user ${bert}`).waitFor();
    assert.equal(await page.evaluate(() => globalThis.stolen), undefined);

    const button = devices.getByRole('button', { name: 'Disconnect' });
    await button.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.ok(await button.evaluate((one) => one === document.activeElement), 'the focus is where it was');
    await button.click();
    await page.getByLabel('Reason').fill('lost phone');
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    assert.match(String(await closed), /lost phone/);
    await devices.getByText('Not signed in anywhere').waitFor();

    await page.getByLabel('User id').fill('0');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('alert').filter({ hasText: 'userId' }).waitFor();
  });

  test('a setting is changed, a wrong value says why not, and it is taken back', async (t) => {
    const page = await consoleWindow(t, browser, 'settings');
    const name = 'linbox.message.max-content';
    await page.getByLabel('Filter').fill('max-content');
    await row(page, name).getByText('16384B').waitFor();
    await page.getByRole('button', { name: `Change ${name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Value').fill('much');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await dialog.getByRole('alert').filter({ hasText: `${name}=much` }).waitFor();
    await dialog.getByLabel('Value').fill('8KB');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await row(page, name).filter({ hasText: '8192B' }).filter({ hasText: 'ZooKeeper' }).waitFor();
    await page.getByRole('button', { name: `Take back ${name}` }).click();
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await row(page, name).filter({ hasText: '16384B' }).filter({ hasText: 'default' }).waitFor();

    await page.getByRole('button', { name: 'Log level…' }).click();
    await dialog.getByLabel('Logger').fill('com.linbox.console');
    await dialog.getByLabel('Level').selectOption('warn');
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    // What is typed beside an open dialog goes nowhere.
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel('Filter').fill('logging');
    await row(page, 'logging.level.com.linbox.console').filter({ hasText: 'warn' }).waitFor();
    await page.getByRole('button', { name: 'Take back logging.level.com.linbox.console' }).click();
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await row(page, 'logging.level.com.linbox.console').waitFor({ state: 'detached' });
  });

  test('dead letters are listed, shown as text and sent again, which shows', async (t) => {
    const push = await pushService(t);
    const [anna, bert] = [freshUser(), freshUser()];
    await backEnd('MessageService/send', { senderId: anna, recipientId: bert, requestId: '1', content: HOSTILE });
    const page = await consoleWindow(t, browser, 'letters');
    const letter = row(page, 'linbox.push').filter({ hasText: 'status 400' }).first();
    await eventually(async () => {
      await page.getByRole('button', { name: 'Refresh' }).click();
      return (await letter.count()) > 0;
    }, 'a dead letter');
    await letter.getByRole('button', { name: 'Show' }).click();
    const dialog = page.getByRole('dialog');
    const record = dialog.getByRole('region', { name: 'The record' });
    await record.filter({ hasText: bert }).waitFor();
    await record.filter({ hasText: 'onerror=' }).waitFor();
    assert.equal(await page.evaluate(() => globalThis.stolen), undefined);
    assert.deepEqual(await seriousIn(page), []);
    await dialog.getByRole('button', { name: 'Close' }).click();

    push.status = 200;
    await letter.getByRole('button', { name: 'Send' }).click();
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => push.taken.some((body) => body.includes(bert)), 'the event at the push service');
    await letter.filter({ hasText: / by [0-9a-f]{12}/ }).waitFor();
  });

  test('a server that does not answer is told of, and what was shown comes back with it', async (t) => {
    const page = await consoleWindow(t, browser, 'cluster');
    await row(page, 'kafka').waitFor();
    await page.route('**/console/api/**', (route) => route.abort());
    await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
    await page.unroute('**/console/api/**');
    await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor({ state: 'hidden' });
  });

  test('an operator whose session is over signs in again, and is where they were', async (t) => {
    const page = await consoleWindow(t, browser, 'settings');
    await page.getByLabel('Filter').waitFor();
    await page.context().clearCookies();
    await page.getByLabel('Secret').waitFor();
    await signIn(page, secret);
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });

  test('everything is reached by keyboard, from view to view', async (t) => {
    const page = await consoleWindow(t, browser);
    await page.reload();
    await page.getByRole('navigation', { name: 'Views' }).waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Cluster' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Cluster' }).getAttribute('aria-current'), 'page');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'view');
    await eventually(async () => (await page.locator('#announcer').textContent()) === 'Cluster', 'it is announced');
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const [device, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
      test(`axe-core finds nothing serious, and nothing is wider than the page: ${colorScheme}, ${device}`, async (t) => {
        const signedOut = await openWindow(t, browser, { path: '/console/', colorScheme, viewport });
        await signedOut.getByLabel('Secret').waitFor();
        assert.deepEqual(await seriousIn(signedOut), []);
        const page = await consoleWindow(t, browser, 'overview', { colorScheme, viewport });
        for (const view of VIEWS) {
          await page.goto(`/console/#${view}${view === 'users' ? '/1001' : ''}`);
          await page.locator(view === 'overview' ? '.chart .line' : 'table tbody tr').first().waitFor({ state: 'attached' });
          assert.deepEqual(await seriousIn(page), [], view);
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(tooWide <= 0, `${view} is ${tooWide} pixels too wide`);
        }
        const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        assert.equal(background, colorScheme === 'dark' ? 'rgb(14, 18, 23)' : 'rgb(244, 246, 248)');
        await page.getByRole('button', { name: 'Dark' }).click();
        assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), background);
      });
    }
  }
});
