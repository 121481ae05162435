import assert from 'node:assert/strict';
import { openWindow } from './browser.mjs';

/** What people do in the web chat, by what they see or hear of it: names, labels and roles. */

/** A window in which somebody is signed in. */
export async function windowOf(t, browser, user, options) {
  const page = await openWindow(t, browser, options);
  await signIn(page, user);
  return page;
}

export async function signIn(page, user) {
  await page.getByLabel('User id').fill(user);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: user }).waitFor();
  await isConnected(page);
}

export const isConnected = (page) => page.locator('.status').waitFor({ state: 'hidden' });

/** Starts a conversation with somebody, whether there is one already or not. */
export async function talkTo(page, user) {
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByRole('dialog').getByLabel('User id').fill(user);
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { level: 2, name: user }).waitFor();
}

/** A conversation in the list, by its whole name. */
export const entry = (page, name) =>
  page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('button')
    .filter({ has: page.locator('.conversation-name').and(page.getByText(name, { exact: true })) });

export async function open(page, name) {
  await entry(page, name).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
}

export const log = (page) => page.getByRole('log');

export const composer = (page) => page.getByRole('textbox', { name: 'Message' });

export async function write(page, text) {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

export const message = (page, text) => page.getByRole('log').getByRole('article').filter({ hasText: text });

/** Waits for a message of one's own to stand at `sending`, `stored`, `read` or `failed`; of those it may pass over some at once. */
export const comes = (page, text, state) => page.locator(`[role=log] [role=article][data-state=${state}]`).filter({ hasText: text }).waitFor();

export async function choose(page, text, item) {
  await message(page, text).hover();
  await message(page, text).getByRole('button', { name: 'Message menu' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

export async function makeGroup(page, name, users) {
  await page.getByRole('button', { name: 'New group' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('dialog').getByLabel('Members', { exact: true }).fill(users.join(', '));
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
}

/** The id of the group that is open, from the address. */
export function groupOf(page) {
  const [, id] = /#group:(\d+)$/.exec(page.url()) ?? [];
  assert.ok(id !== undefined, page.url());
  return id;
}

export const texts = (page) => page.getByRole('log').locator('[role=article] .words').allTextContents();
