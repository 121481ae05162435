/** Begins: asks the server where WebSocket is, the user who they are, and shows the chat. */
import { chat } from './app.js';
import { reason } from './format.js';
import { askWho } from './sign-in.js';
import { ofWindow } from './storage.js';
import { applyTheme } from './theme.js';

const KEY = 'linbox.signed-in';
const RETRY = 2_000;
const signInView = document.getElementById('sign-in');
const app = document.getElementById('app');

/** Of this window alone, so that another one can be somebody else; it is still there after a reload. */
function remembered() {
  try {
    const { userId, token } = JSON.parse(ofWindow.get(KEY) ?? '{}');
    return typeof userId === 'string' && typeof token === 'string' ? { userId, token } : null;
  } catch {
    return null;
  }
}

/** Where WebSocket is may change with the server's settings, so it is asked at each loading of the page. */
async function config() {
  for (;;) {
    try {
      const answer = await fetch('./chat/config.json');
      if (answer.ok) {
        return await answer.json();
      }
    } catch {
      // The server is not there, maybe not yet.
    }
    signInView.textContent = 'The server does not answer. Trying again.';
    signInView.hidden = false;
    await new Promise((resolve) => setTimeout(resolve, RETRY));
  }
}

/** It may be a path of the place that the page is from. */
function urlOf(webSocket) {
  const url = new URL(webSocket, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}

async function run() {
  let lastUser = '';
  applyTheme();
  const { webSocket, signIn } = await config();
  let who = remembered();
  let problem = '';
  for (;;) {
    const given = who ?? (await askWho(signInView, { wantsToken: signIn === 'token', userId: lastUser, problem }));
    ofWindow.set(KEY, JSON.stringify(given));
    lastUser = given.userId;
    signInView.hidden = true;
    signInView.replaceChildren();
    const { signedOut, error } = await chat(app, { url: urlOf(webSocket), ...given }).catch((wrong) => ({ signedOut: false, error: wrong }));
    ofWindow.remove(KEY);
    who = null;
    problem = signedOut ? '' : whyOut(error);
    history.replaceState(null, '', location.pathname + location.search);
  }
}

function whyOut(error) {
  return error.code === 'signed_out'
    ? 'You were signed out here: you have signed in somewhere else, or the server wants you to sign in again.'
    : `You could not be signed in: ${reason(error)}.`;
}

run();
