import { createServer } from 'node:http';
import { openWindow } from './browser.mjs';

export const secret = process.env.LINBOX_CONSOLE_SECRET;

/** A window of an operator who has signed in, in a view of the console. */
export async function consoleWindow(t, browser, view = 'overview', options = {}) {
  const page = await openWindow(t, browser, { path: `/console/#${view}`, ...options });
  await signIn(page, secret);
  await page.getByRole('navigation', { name: 'Views' }).waitFor();
  return page;
}

export async function signIn(page, offered) {
  await page.getByLabel('Secret').fill(offered);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A row of a table, by what stands in it. */
export const row = (page, text) => page.getByRole('row').filter({ hasText: text });

/** A call of a back end's. */
export async function backEnd(call, request) {
  const response = await fetch(`${process.env.LINBOX_RPC}/com.linbox.rpc.api.${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (!response.ok) {
    throw new Error(`${call}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

/** The product's push service, which says no to events until it is told to take them. */
export async function pushService(t) {
  const service = { taken: [], status: 400 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      if (service.status === 200) {
        service.taken.push(body);
      }
      response.writeHead(service.status).end();
    });
  });
  await new Promise((resolve) => server.listen(Number(process.env.LINBOX_WEBHOOK_PORT), '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return service;
}
