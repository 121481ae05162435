/** The console's calls. A call that fails throws an ApiError, whose message is made for the operator. */

export class ApiError extends Error {
  /** @param {number} status of HTTP; 0 where there was no answer */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const PATIENCE = 15_000;

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`./api${path}`, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE),
      headers: {
        // Other pages' scripts cannot send it.
        ...(method === 'GET' ? {} : { 'X-Requested-With': 'linbox-console' }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, 'The server does not answer');
  }
  const text = await response.text();
  let answer = null;
  try {
    answer = text === '' ? null : JSON.parse(text);
  } catch {
    // A proxy's page, perhaps.
  }
  if (!response.ok) {
    throw new ApiError(response.status, answer?.error ?? `The server answered ${response.status}`);
  }
  return answer;
}

const part = encodeURIComponent;

export const api = {
  session: () => call('GET', '/session'),
  signIn: (secret) => call('POST', '/session', { secret }),
  signOut: () => call('DELETE', '/session'),
  samples: (since) => call('GET', `/samples?since=${since}`),
  causes: () => call('GET', '/causes'),
  cluster: () => call('GET', '/cluster'),
  user: (id) => call('GET', `/users/${part(id)}`),
  disconnect: (id, ending) => call('POST', `/users/${part(id)}/disconnect`, ending),
  settings: () => call('GET', '/settings'),
  change: (name, value) => call('PUT', `/settings/${part(name)}`, { value }),
  withdraw: (name) => call('DELETE', `/settings/${part(name)}`),
  letters: (before) => call('GET', `/dead-letters${before === null ? '' : `?before=${part(before)}`}`),
  letter: ({ partition, offset }) => call('GET', `/dead-letters/${partition}/${offset}`),
  replay: ({ partition, offset }) => call('POST', `/dead-letters/${partition}/${offset}/replay`),
};
