import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Heard, control, freshUser, readyClient, withControl } from '../js/support/server.js';
import { PHONE, eventually, openWindow, seriousIn, site, startBrowser, withSite } from './support/browser.mjs';
import {
  choose,
  comes,
  composer,
  entry,
  groupOf,
  isConnected,
  log,
  makeGroup,
  message,
  open,
  signIn,
  talkTo,
  texts,
  windowOf,
  write,
} from './support/chat.mjs';

/** Of which none is the beginning of another. */
const numbered = (i) => `number ${String(i + 1).padStart(3, '0')}`;

/** The web chat, as people meet it: in windows of Chromium, with a real server behind. */
describe('the web chat', withSite, () => {
  let browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  /** Two users and their windows; the conversation is open in Anna's. */
  async function twoWindows(t, options) {
    const [anna, bert] = [freshUser(), freshUser()];
    const annas = await windowOf(t, browser, anna, options);
    const berts = await windowOf(t, browser, bert, options);
    await talkTo(annas, bert);
    return { anna, bert, annas, berts };
  }

  test('two windows are two users, who talk; a reload keeps each signed in, and signing out ends it', async (t) => {
    const { anna, bert, annas, berts } = await twoWindows(t);
    await write(annas, 'hello Bert');
    await open(berts, anna);
    await message(berts, 'hello Bert').waitFor();
    await write(berts, 'hello Anna');
    await message(annas, 'hello Anna').waitFor();

    await annas.reload();
    await annas.getByRole('heading', { level: 2, name: bert }).waitFor();
    await message(annas, 'hello Anna').waitFor();
    assert.deepEqual(await texts(annas), ['hello Bert', 'hello Anna']);

    await annas.getByRole('button', { name: 'Sign out' }).click();
    await annas.getByLabel('User id').waitFor();
    await annas.reload();
    await annas.getByLabel('User id').waitFor();
    assert.equal(await annas.title(), 'LINBOX');
  });

  test('an id that is none does not sign in', async (t) => {
    const page = await openWindow(t, browser);
    for (const wrong of ['anna', '0', '-1', '99999999999999999999']) {
      await page.getByLabel('User id').fill(wrong);
      await page.getByRole('button', { name: 'Sign in' }).click();
      assert.ok(await page.getByLabel('User id').evaluate((input) => !input.checkValidity()), wrong);
    }
    // Digits, but more than there are users.
    await page.getByLabel('User id').fill('9999999999999999999');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: 'could not be signed in' }).waitFor();
  });

  test('a server that wants tokens is given one', async (t) => {
    const page = await openWindow(t, browser, { path: '/linbox.js' });
    await page.route('**/chat/config.json', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), signIn: 'token' } });
    });
    const tokens = [];
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => tokens.push(JSON.parse(payload).token)));
    await page.goto('/');
    await page.getByLabel('Token').fill('a token');
    await signIn(page, freshUser());
    assert.equal(tokens[0], 'a token');
  });

  test('whoever signs in again elsewhere is told here, and does not fight for the place', async (t) => {
    const anna = freshUser();
    const first = await windowOf(t, browser, anna);
    await windowOf(t, browser, anna);
    await first.getByRole('alert').filter({ hasText: 'You were signed out here' }).waitFor();
    assert.equal(await first.getByLabel('User id').inputValue(), anna);
  });

  test('the list has the newest conversation first, its last words, who is online, and how many are unread, as does the title', async (t) => {
    const [anna, bert, carl] = [freshUser(), freshUser(), freshUser()];
    const page = await windowOf(t, browser, anna);
    const berts = await readyClient(t, bert);
    const carls = await readyClient(t, carl);
    await berts.send({ user: anna }, 'from Bert');
    await entry(page, bert).waitFor();
    await carls.send({ user: anna }, 'from Carl');
    await carls.send({ user: anna }, 'again from Carl');

    const names = () => page.getByRole('navigation').locator('.conversation-name').allTextContents();
    await entry(page, carl).getByText('2 unread messages').waitFor();
    await entry(page, carl).getByText('again from Carl').waitFor();
    assert.deepEqual(await names(), [carl, bert]);
    await entry(page, bert).getByText('1 unread message').waitFor();
    await eventually(async () => (await page.title()) === '(3) LINBOX', 'the title tells three');
    await entry(page, bert).getByText('online').waitFor();

    await berts.send({ user: anna }, 'and again');
    await eventually(async () => (await names()).join() === [bert, carl].join(), 'Bert is first');
    await open(page, bert);
    await eventually(async () => (await entry(page, bert).getByText('unread message').count()) === 0, 'Bert’s are read');
    await eventually(async () => (await page.title()) === `(2) ${bert} · LINBOX`, 'the title tells two');

    berts.close();
    await page.getByText('offline', { exact: true }).waitFor();
  });

  test('one’s own message has one tick when it is stored and two when it is read', async (t) => {
    const { anna, annas, berts } = await twoWindows(t);
    await write(annas, 'have you read this?');
    await comes(annas, 'have you read this?', 'stored');
    await entry(berts, anna).getByText('1 unread message').waitFor();
    assert.equal(await message(annas, 'have you read this?').getAttribute('data-state'), 'stored');
    await open(berts, anna);
    await comes(annas, 'have you read this?', 'read');

    // A receipt that nobody was there to hear is made up for, in the list too.
    await annas.reload();
    await comes(annas, 'have you read this?', 'read');
    await annas.goto('/#');
    await annas.reload();
    await annas.locator('.conversation-last .icon-read').waitFor();
  });

  test('a message that fails says why, and can be sent again or let go', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const berts = await readyClient(t, bert);
    const { group } = await berts.groups.create({ name: 'quiet', users: [anna] });
    await berts.groups.muteAll(group, Infinity);
    const page = await windowOf(t, browser, anna);
    await open(page, 'quiet');
    await write(page, 'may I?');
    await comes(page, 'may I?', 'failed');
    await page.getByText('Not sent:').waitFor();
    await write(page, 'or this?');
    await comes(page, 'or this?', 'failed');
    assert.deepEqual(await seriousIn(page), []);

    await berts.groups.muteAll(group, 0);
    await message(page, 'may I?').getByRole('button', { name: 'Send again' }).click();
    await comes(page, 'may I?', 'stored');
    await message(page, 'or this?').getByRole('button', { name: 'Discard' }).click();
    await message(page, 'or this?').waitFor({ state: 'detached' });
    assert.deepEqual(
      (await berts.history({ group })).filter(({ kind }) => kind === 'message').map(({ content }) => content),
      ['may I?'],
    );
  });

  test('history loads while scrolling up, and what one looks at stays where it is', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const berts = await readyClient(t, bert);
    await Promise.all(Array.from({ length: 170 }, (_, i) => berts.send({ user: anna }, numbered(i))));
    const annas = await readyClient(t, anna, { device: 'other' });
    await annas.read({ user: bert }, 170);
    const page = await windowOf(t, browser, anna);
    await open(page, bert);
    await message(page, 'number 170').waitFor();
    assert.ok(await page.locator('.log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 5));
    const shown = () => page.getByRole('article').count();
    assert.ok((await shown()) <= 100);

    while ((await shown()) < 170) {
      const before = await shown();
      // All in one turn, before anything can have come.
      const { top, key } = await page.locator('.log').evaluate((log) => {
        log.scrollTop = 10;
        const first = log.querySelector('[role=article]');
        return { top: first.getBoundingClientRect().top, key: first.dataset.key };
      });
      await eventually(async () => (await shown()) > before, 'older ones have come');
      const now = await page.locator(`[data-key=${key}]`).evaluate((first) => first.getBoundingClientRect().top);
      assert.ok(Math.abs(now - top) < 3, `was at ${top}, is at ${now}`);
    }
    const all = await texts(page);
    assert.deepEqual(
      all,
      Array.from({ length: 170 }, (_, i) => numbered(i)),
    );
    await page.getByText('The beginning of your conversation').waitFor();
  });

  test('whoever has scrolled up stays there when something comes, and is told', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const berts = await readyClient(t, bert);
    await Promise.all(Array.from({ length: 40 }, (_, i) => berts.send({ user: anna }, numbered(i))));
    const page = await windowOf(t, browser, anna);
    await open(page, bert);
    await message(page, 'number 040').waitFor();
    await page.locator('.log').evaluate((log) => {
      log.scrollTop = 0;
    });
    await page.getByRole('button', { name: /^(Newest|\d+ new messages?)$/ }).waitFor();
    await berts.send({ user: anna }, 'something new');
    await page.getByRole('button', { name: /new messages?$/ }).waitFor();
    assert.ok(await page.locator('.log').evaluate((log) => log.scrollTop < 5));
    await page.getByRole('button', { name: /new messages?$/ }).click();
    await eventually(() => page.locator('.log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 5), 'at the end');
    await eventually(async () => (await berts.readers({ user: anna }, 41)).length === 1, 'it is read');
  });

  test('what is new is divided from what was there, and days from one another', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const berts = await readyClient(t, bert);
    await berts.send({ user: anna }, 'old');
    const annas = await readyClient(t, anna, { device: 'other' });
    await annas.read({ user: bert }, 1);
    await berts.send({ user: anna }, 'new');
    const page = await windowOf(t, browser, anna);
    await open(page, bert);
    await message(page, 'new').waitFor();
    const order = () =>
      page.locator('.log-inner > *').evaluateAll((all) => all.map((one) => one.querySelector('.words')?.textContent ?? one.textContent));
    assert.deepEqual(await order(), ['Today', 'old', 'New messages', 'new']);
    await write(page, 'answer');
    await comes(page, 'answer', 'stored');
    assert.deepEqual(await order(), ['Today', 'old', 'new', 'answer']);
  });

  test('who is typing and who is there is shown, in the head and in the list', async (t) => {
    const { anna, annas, berts } = await twoWindows(t);
    await write(annas, 'hello');
    await annas.locator('.thread-status').filter({ hasText: 'online' }).waitFor();
    await open(berts, anna);
    await composer(berts).pressSequentially('some words');
    await annas.locator('.thread-status').filter({ hasText: 'typing…' }).waitFor();
    await annas.getByRole('navigation').getByText('typing…').waitFor();
    await composer(berts).press('Enter');
    await annas.locator('.thread-status').filter({ hasText: 'online' }).waitFor();
    await berts.getByRole('button', { name: 'Sign out' }).click();
    await annas.locator('.thread-status').filter({ hasText: 'offline' }).waitFor();
  });

  test('groups are made, named, joined and left, and tell who has read', async (t) => {
    const [anna, bert, carl] = [freshUser(), freshUser(), freshUser()];
    const annas = await windowOf(t, browser, anna);
    const berts = await windowOf(t, browser, bert);
    await makeGroup(annas, 'Friends', [bert]);
    await log(annas).getByText('You created the group “Friends”').waitFor();
    await write(annas, 'welcome');
    await open(berts, 'Friends');
    await message(berts, 'welcome').waitFor();
    await composer(berts).pressSequentially('t');
    await annas
      .locator('.thread-status')
      .filter({ hasText: `${bert} is typing` })
      .waitFor();

    const carls = await readyClient(t, carl);
    const heard = Heard.of(carls, 'group');
    await annas.getByRole('button', { name: 'Group details' }).click();
    const dialog = annas.getByRole('dialog');
    await dialog.getByText('2 members').waitFor();
    await dialog.getByText(`${anna} (you)`).waitFor();
    await dialog.getByText('owner').waitFor();
    await dialog.getByLabel('Add members').fill(carl);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText('3 members').waitFor();
    await heard.first(({ event }) => event.action === 'add');
    await dialog.getByRole('button', { name: `Make administrator: ${bert}` }).click();
    await dialog.getByText('administrator', { exact: true }).waitFor();
    await dialog.getByLabel('Name').fill('Good friends');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await berts.getByRole('heading', { level: 2, name: 'Good friends' }).waitFor();
    assert.deepEqual(await seriousIn(annas), []);
    await annas.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await log(berts).getByText(`${anna} added ${carl}`).waitFor();
    await berts.getByText('3 members').waitFor();

    await choose(annas, 'welcome', 'Read by');
    await annas.getByRole('dialog').getByText(bert).waitFor();
    await annas.keyboard.press('Escape');

    await berts.getByRole('button', { name: 'Group details' }).click();
    await berts.getByRole('dialog').getByRole('button', { name: 'Leave the group' }).click();
    await berts.getByText('You are not a member of this group any more.').waitFor();
    await log(annas).getByText(`${bert} left`).waitFor();
    // What the server tells of a group may be a moment behind.
    const stayed = [anna, carl].sort().join();
    const members = async () => (await carls.groups.members(groupOf(annas))).map(({ user }) => user);
    await eventually(async () => (await members()).sort().join() === stayed, 'Bert is no member any more');
  });

  test('own messages are edited and taken back, for everybody', async (t) => {
    const { anna, annas, berts } = await twoWindows(t);
    await write(annas, 'helo');
    await write(annas, 'a secret');
    await comes(annas, 'a secret', 'stored');
    await open(berts, anna);
    await message(berts, 'helo').waitFor();

    await choose(annas, 'helo', 'Edit');
    await write(annas, 'hello');
    await message(berts, 'hello').filter({ hasText: 'edited' }).waitFor();
    await message(annas, 'hello').filter({ hasText: 'edited' }).waitFor();
    await choose(annas, 'a secret', 'Take back');
    await message(berts, 'taken back').waitFor();
    await message(annas, 'taken back').waitFor();
    assert.equal(await message(berts, 'a secret').count(), 0);
    // Of others' messages there is nothing of the kind.
    await message(berts, 'hello').hover();
    await message(berts, 'hello').getByRole('button', { name: 'Message menu' }).click();
    assert.deepEqual(await berts.getByRole('menuitem').allTextContents(), ['Copy']);

    await berts.reload();
    await message(berts, 'hello').filter({ hasText: 'edited' }).waitFor();
    await message(berts, 'taken back').waitFor();
  });

  test('emoji come where the cursor is', async (t) => {
    const { annas } = await twoWindows(t);
    await composer(annas).fill('well done');
    await composer(annas).evaluate((text) => text.setSelectionRange(4, 4));
    await annas.getByRole('button', { name: 'Emoji' }).click();
    await annas.getByRole('button', { name: 'thumbs up' }).click();
    assert.equal(await composer(annas).inputValue(), 'well👍 done');
    await composer(annas).press('Enter');
    await comes(annas, 'well👍 done', 'stored');

    await annas.getByRole('button', { name: 'Emoji' }).press('Enter');
    await annas.keyboard.press('ArrowRight');
    await annas.keyboard.press('ArrowDown');
    await annas.keyboard.press('Escape');
    await annas.getByRole('dialog', { name: 'Emoji' }).waitFor({ state: 'hidden' });
    assert.equal(await annas.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Emoji');
  });

  test('links lead out safely, pictures are shown, and those that cannot be are links', async (t) => {
    const { annas } = await twoWindows(t);
    const asked = [];
    await annas.route('https://pictures.example/**', (route) => {
      asked.push(route.request());
      return route.request().url().includes('broken')
        ? route.abort()
        : route.fulfill({
            contentType: 'image/png',
            body: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
          });
    });
    await write(annas, 'look: https://pictures.example/cat.png?x=1 and (http://plain.example/a.png), https://pictures.example/broken.jpg');
    const sent = message(annas, 'look:');
    const picture = sent.getByRole('img', { name: 'Picture at pictures.example' });
    await eventually(() => picture.first().evaluate((img) => img.complete && img.naturalWidth > 0), 'the picture is there');
    await eventually(async () => (await picture.count()) === 1, 'the broken one is gone');
    const links = await sent
      .locator('a:visible')
      .evaluateAll((all) => all.map(({ href, rel, target, textContent }) => ({ href, rel, target, textContent })));
    const safe = { rel: 'noopener noreferrer nofollow', target: '_blank' };
    assert.deepEqual(links, [
      { href: 'http://plain.example/a.png', textContent: 'http://plain.example/a.png', ...safe },
      { href: 'https://pictures.example/broken.jpg', textContent: 'https://pictures.example/broken.jpg', ...safe },
      { href: 'https://pictures.example/cat.png?x=1', textContent: '', ...safe },
    ]);
    assert.ok(asked.length >= 2 && asked.every((request) => request.headers().referer === undefined));
  });

  test('it is light or dark as the system is, until one says otherwise, and keeps that', async (t) => {
    const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await openWindow(t, browser, { colorScheme: 'light' });
    const dark = await openWindow(t, browser, { colorScheme: 'dark' });
    assert.equal(await ground(light), 'rgb(243, 244, 248)');
    assert.equal(await ground(dark), 'rgb(15, 17, 22)');
    await light.getByRole('button', { name: 'Dark colours', pressed: false }).click();
    assert.equal(await ground(light), await ground(dark));
    await light.reload();
    await light.getByRole('button', { name: 'Dark colours', pressed: true }).waitFor();
    assert.equal(await ground(light), await ground(dark));
  });

  test('a phone shows one pane at a time, and nothing sticks out', async (t) => {
    const { bert, annas } = await twoWindows(t, { viewport: PHONE, hasTouch: true, isMobile: true });
    const nav = annas.getByRole('navigation', { name: 'Conversations' });
    assert.ok(!(await nav.isVisible()));
    await write(annas, `a-word-that-is-much-longer-than-a-phone-is-wide-${'x'.repeat(200)}`);
    await comes(annas, 'a-word', 'stored');
    const sticksOut = () => annas.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(await sticksOut(), 0);
    await annas.getByRole('button', { name: 'Back to the conversations' }).click();
    await nav.waitFor();
    assert.ok(!(await composer(annas).isVisible()));
    assert.equal(await sticksOut(), 0);
    await open(annas, bert);
    assert.ok(!(await nav.isVisible()));
    await annas.goBack();
    await nav.waitFor();
  });

  test('all of it goes by keyboard alone, and new messages are read out', async (t) => {
    const [anna, bert] = [freshUser(), freshUser()];
    const berts = await readyClient(t, bert);
    const page = await openWindow(t, browser);
    const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const focus = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
    const tabTo = async (label) => {
      for (let i = 0; i < 40 && (await focus()) !== label; i++) {
        await press('Tab');
      }
      assert.equal(await focus(), label);
    };
    await page.getByLabel('User id').waitFor();
    await page.keyboard.type(anna);
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: anna }).waitFor();
    await tabTo('New conversation');
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await focus(), 'New conversation');
    await press('Enter');
    await tabTo('');
    await page.keyboard.type(bert);
    await press('Enter');
    await page.getByRole('heading', { level: 2, name: bert }).waitFor();
    await eventually(async () => (await focus()) === 'Message', 'one can write at once');
    await page.keyboard.type('first line');
    await press('Shift+Enter');
    await page.keyboard.type('second line');
    await press('Enter');
    await comes(page, 'second line', 'stored');
    assert.deepEqual(await texts(page), ['first line\nsecond line']);

    await berts.send({ user: anna }, 'read me out');
    await page
      .locator('[aria-live=polite]')
      .filter({ hasText: `${bert}: read me out` })
      .waitFor({ state: 'attached' });

    // Back into the messages, up to one's own, its menu, and away again.
    for (let i = 0; i < 10 && !(await focus()).includes('read me out'); i++) {
      await press('Shift+Tab');
    }
    await press('ArrowUp');
    assert.match(await focus(), /^You, .*first line\nsecond line/);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid');
    await press('Enter');
    await page.getByRole('menu').waitFor();
    assert.equal(await focus(), 'Copy');
    await press('ArrowDown');
    assert.equal(await focus(), 'Edit');
    await press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await press('Enter', 'ArrowDown', 'Enter');
    await page.getByText('Editing a message').waitFor();
    await press('Escape');
    await page.getByText('Editing a message').waitFor({ state: 'hidden' });
    await press('ArrowUp', 'Control+A');
    await page.keyboard.type('one line');
    await press('Enter');
    await message(page, 'one line').filter({ hasText: 'edited' }).waitFor();
    await tabTo('Sign out');
    await press('Enter');
    await page.getByLabel('User id').waitFor();
  });

  test('who wants less motion gets none', async (t) => {
    const still = await windowOf(t, browser, freshUser());
    await still.getByRole('button', { name: 'New group' }).click();
    assert.equal(await still.locator('dialog').evaluate((dialog) => getComputedStyle(dialog).animationName), 'none');
    const moving = await windowOf(t, browser, freshUser(), { reducedMotion: 'no-preference' });
    await moving.getByRole('button', { name: 'New group' }).click();
    assert.equal(await moving.locator('dialog').evaluate((dialog) => getComputedStyle(dialog).animationName), 'appear');
  });

  test(
    'a server that goes away and comes back loses nothing: the page says so, keeps what is written, and goes on by itself',
    withControl,
    async (t) => {
      const { anna, annas, berts } = await twoWindows(t);
      await write(annas, 'before');
      await open(berts, anna);
      await comes(annas, 'before', 'read');
      await control('kill');
      await annas.getByRole('status').filter({ hasText: 'No connection' }).waitFor();
      await write(annas, 'meanwhile');
      await comes(annas, 'meanwhile', 'sending');
      await control('start');
      await isConnected(annas);
      await isConnected(berts);
      await message(berts, 'meanwhile').waitFor();
      await comes(annas, 'meanwhile', 'read');
      await write(berts, 'after');
      await message(annas, 'after').waitFor();
      for (const page of [annas, berts]) {
        assert.deepEqual(await texts(page), ['before', 'meanwhile', 'after']);
      }
    },
  );

  test('what was on its way when the page was loaded anew is sent all the same, once', withControl, async (t) => {
    const { annas, bert } = await twoWindows(t);
    await control('stop');
    await write(annas, 'do not lose me');
    await comes(annas, 'do not lose me', 'sending');
    await annas.goto('about:blank');
    await control('start');
    await annas.goto('/');
    await open(annas, bert);
    await comes(annas, 'do not lose me', 'stored');
    assert.deepEqual(await texts(annas), ['do not lose me']);
  });

  test('scripts in messages, mime types, names and the address stay text', async (t) => {
    const ATTACKS = [
      '<img src=x onerror="window.__pwned=1">',
      '<script>window.__pwned=1</script>',
      '"><svg onload=window.__pwned=1>',
      'javascript:window.__pwned=1',
      'https://example.com/"onmouseover="window.__pwned=1',
      "https://example.com/a.png'onerror='window.__pwned=1",
      'data:text/html,<script>window.__pwned=1</script>',
      '<iframe srcdoc="<script>parent.__pwned=1</script>">',
      '{{constructor.constructor("window.__pwned=1")()}}',
    ];
    const [anna, bert] = [freshUser(), freshUser()];
    const berts = await readyClient(t, bert);
    for (const attack of ATTACKS) {
      await berts.send({ user: anna }, attack);
      await berts.send({ user: anna }, attack, { mimeType: `text/${attack}`.slice(0, 100) });
      await berts.send({ user: anna }, attack, { mimeType: attack });
    }
    await berts.send({ user: anna }, '<b onclick=window.__pwned=1>last words</b>', { mimeType: 'text/html' });
    const groups = [];
    for (const attack of ATTACKS) {
      groups.push((await berts.groups.create({ name: attack, users: [anna] })).group);
    }
    const page = await windowOf(t, browser, anna);
    await page.goto(`/#user:<img src=x onerror=window.__pwned=1>`);
    await open(page, bert);
    await message(page, ATTACKS.at(-1)).first().waitFor();
    for (const attack of ATTACKS) {
      assert.ok((await message(page, attack).count()) >= 3, attack);
    }
    for (const group of groups) {
      await page.goto(`/#group:${group}`);
      await log(page).getByText('created the group').waitFor();
    }
    for (const attack of ATTACKS) {
      await open(page, attack);
      await page.getByRole('button', { name: 'Group details' }).click();
      await page.getByRole('dialog').getByText('members').first().waitFor();
      await page.keyboard.press('Escape');
    }
    await page
      .locator('a')
      .evaluateAll((links) => links.forEach((link) => link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))));
    assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
    assert.deepEqual(await page.locator('iframe, script:not([src]), [onerror], [onload], [onmouseover]').count(), 0);
    assert.deepEqual(await page.locator('a').evaluateAll((links) => links.filter(({ protocol }) => !/^https?:$/.test(protocol)).length), 0);
    // That the policy refused nothing is told when the window closes.
  });

  test('were a text ever taken for HTML, the policy would still hold', async (t) => {
    // Not one of the windows that have to be without a fault.
    const context = await browser.newContext();
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(site);
    const refused = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<img src=x onerror="window.__pwned=1">';
        return 'nothing';
      } catch (error) {
        return error.name;
      }
    });
    assert.equal(refused, 'TypeError');
    assert.equal(await page.evaluate(() => globalThis.__pwned), undefined);
  });

  for (const colorScheme of ['light', 'dark']) {
    for (const [device, options] of [
      ['a desktop', {}],
      ['a phone', { viewport: PHONE }],
    ]) {
      test(`axe-core finds nothing serious in any view, ${colorScheme}, on ${device}`, async (t) => {
        const [anna, bert, carl] = [freshUser(), freshUser(), freshUser()];
        const berts = await readyClient(t, bert);
        const page = await openWindow(t, browser, { colorScheme, ...options });
        const isFine = async (view) => assert.deepEqual(await seriousIn(page), [], view);
        await page.getByLabel('User id').waitFor();
        await isFine('sign-in');
        await signIn(page, anna);
        await isFine('an empty list');
        await talkTo(page, bert);
        await write(page, 'hello, see https://example.com');
        await comes(page, 'hello', 'stored');
        await berts.send({ user: anna }, 'hello Anna');
        await berts.send({ user: anna }, '{"lat":52.5}', { mimeType: 'application/geo+json' });
        const { msgId } = await berts.send({ user: anna }, 'a mistake');
        await berts.recall({ user: anna }, msgId);
        await message(page, 'taken back').waitFor();
        await berts.typing({ user: anna });
        await page.locator('.thread-status').filter({ hasText: 'typing' }).waitFor();
        await isFine('a conversation');
        await choose(page, 'hello, see', 'Edit');
        await isFine('editing');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Emoji' }).click();
        await isFine('emoji');
        await page.keyboard.press('Escape');
        await message(page, 'hello, see').hover();
        await message(page, 'hello, see').getByRole('button', { name: 'Message menu' }).click();
        await isFine('a menu');
        await page.keyboard.press('Escape');
        const back = page.getByRole('button', { name: 'Back to the conversations' });
        const toList = async () => ((await back.isVisible()) ? back.click() : null);
        await toList();
        const carls = await readyClient(t, carl);
        await carls.send({ user: anna }, 'unread');
        await entry(page, carl).getByText('1 unread message').waitFor();
        await isFine('a list with unread ones');
        await page.getByRole('button', { name: 'New conversation' }).click();
        await isFine('a new conversation');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'New group' }).click();
        await isFine('a new group');
        await page.keyboard.press('Escape');
        await makeGroup(page, 'Friends', [bert]);
        await berts.send({ group: groupOf(page) }, 'hello all');
        await message(page, 'hello all').waitFor();
        await isFine('a group');
        await page.getByRole('button', { name: 'Group details' }).click();
        await page.getByRole('dialog').getByText('2 members').waitFor();
        await isFine('group details');
      });
    }
  }

  test('the page is served with a strict policy, and only what has changed is loaded again', async () => {
    const page = await fetch(site);
    const policy = page.headers.get('content-security-policy');
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      assert.ok(policy.split('; ').includes(part), `${part} in ${policy}`);
    }
    assert.ok(!policy.includes('unsafe'));
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    for (const path of ['/', '/index.html', '/chat.css', '/chat/main.js', '/linbox.js']) {
      const first = await fetch(site + path);
      assert.equal(first.status, 200);
      assert.equal(first.headers.get('cache-control'), 'no-cache');
      const again = await fetch(site + path, { headers: { 'if-none-match': first.headers.get('etag') } });
      assert.equal(again.status, 304, path);
    }
  });
});
