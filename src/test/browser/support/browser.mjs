import assert from 'node:assert/strict';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

/** Debian's, unless the environment says which. */
const EXECUTABLE = process.env.LINBOX_CHROMIUM ?? '/usr/bin/chromium';

/** Without a window, the sandbox that root may not have, and all that Chromium would ask the internet for. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a test waits for what is to come, in milliseconds: the machine may have much else to do. */
export const PATIENCE = 20_000;

export const DESKTOP = { width: 1200, height: 800 };
export const PHONE = { width: 390, height: 780 };

/** The server that the tests look at, by its addresses in the environment: WebChatIT and others start one and say where it is. */
export const site = process.env.LINBOX_HTTP;

/** To be passed to tests that need it: they are skipped where there is none. */
export const withSite = site === undefined ? { skip: 'no server: LINBOX_HTTP does not say where it is' } : {};

/** Chromium, to be closed by whoever starts it; a test's windows are contexts of it. */
export function startBrowser() {
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}

/**
 * A window of somebody of their own: it shares nothing with others. It is closed when the test ends, which fails where the page has
 * thrown something, or has tried what its Content-Security-Policy forbids.
 *
 * @param {import('node:test').TestContext} t
 * @param {import('playwright-core').Browser} browser
 * @param {object} [options] of Playwright's newContext, such as `viewport` and `colorScheme`; `path` to open
 * @returns {Promise<import('playwright-core').Page>}
 */
export async function openWindow(t, browser, { path = '/', ...options } = {}) {
  const context = await browser.newContext({ baseURL: site, viewport: DESKTOP, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const faults = faultsOf(page);
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  await page.goto(path);
  return page;
}

/** A list that fills with what goes wrong in a page: what its scripts throw, and what its Content-Security-Policy refuses. */
export function faultsOf(page) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(`thrown: ${error.stack}`));
  page.on('console', (message) => {
    if (/Content[- ]Security[- ]Policy/i.test(message.text())) {
      faults.push(`refused: ${message.text()}`);
    }
  });
  return faults;
}

/**
 * What axe-core finds serious or critical in the page as it stands, in a line each; to be compared with none. It is let in past the
 * page's Content-Security-Policy, as the developer tools are.
 *
 * @returns {Promise<string[]>}
 */
export async function seriousIn(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}: ${node.failureSummary}`));
}

/** Waits until it is so, of what no event of the page tells. */
export async function eventually(isSo, what) {
  const deadline = Date.now() + PATIENCE;
  while (!(await isSo())) {
    assert.ok(Date.now() < deadline, `not within ${PATIENCE} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
