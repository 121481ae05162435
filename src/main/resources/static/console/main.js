/** The console: signing in, the views and what keeps them up. */
import { api } from './api.js';
import { button, element } from './dom.js';
import { timeOfDay } from './format.js';
import { Samples } from './samples.js';
import { announce, trouble } from './say.js';
import { applyTheme, themeSwitch } from './theme.js';
import { cluster } from './views/cluster.js';
import { letters } from './views/letters.js';
import { overview } from './views/overview.js';
import { refusals } from './views/refusals.js';
import { settings } from './views/settings.js';
import { users } from './views/users.js';

const PERIOD = 5_000;

const VIEWS = {
  overview: { text: 'Overview', make: overview },
  cluster: { text: 'Cluster', make: cluster },
  refusals: { text: 'Refusals', make: refusals },
  users: { text: 'Users', make: users },
  settings: { text: 'Settings', make: settings },
  letters: { text: 'Dead letters', make: letters },
};

const head = document.getElementById('head');
const main = document.getElementById('view');

let samples = new Samples();
let view = null;
let timer;
let lastAnswer = null;

applyTheme();
addEventListener('hashchange', () => {
  if (view !== null) {
    show(true);
  }
});
document.querySelector('.skip').addEventListener('click', (event) => {
  // The address names the view.
  event.preventDefault();
  main.focus();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && view !== null) {
    refresh(view, false);
  }
});
begin();

async function begin() {
  try {
    enter(await api.session());
  } catch (e) {
    leaveView();
    if (e.status === 401) {
      signIn();
    } else {
      trouble(`${e.message}. Trying again.`);
      timer = setTimeout(begin, PERIOD);
    }
  }
}

function signIn() {
  head.hidden = true;
  trouble(null);
  document.title = 'Sign in – LINBOX console';
  const wrong = element('p', { class: 'wrong', role: 'alert', hidden: true });
  const secret = element('input', {
    id: 'secret',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
    maxLength: 256,
    'aria-describedby': 'secret-hint',
  });
  const submit = element('button', { type: 'submit', class: 'primary' }, 'Sign in');
  const form = element(
    'form',
    {
      class: 'sign-in',
      on: {
        submit: async (event) => {
          event.preventDefault();
          submit.disabled = true;
          try {
            await api.signIn(secret.value);
            await begin();
          } catch (e) {
            wrong.textContent = e.message;
            wrong.hidden = false;
            secret.select();
          } finally {
            submit.disabled = false;
          }
        },
      },
    },
    element('h1', {}, 'LINBOX console'),
    element('label', { htmlFor: 'secret' }, 'Secret'),
    secret,
    element(
      'p',
      { id: 'secret-hint', class: 'note' },
      'Stand-alone prints one when it starts; elsewhere it is linbox.console.secret.',
    ),
    wrong,
    submit,
  );
  main.replaceChildren(form);
  secret.focus();
}

function enter({ info, host, pid }) {
  const roles = info.roles ?? [];
  head.replaceChildren(
    element('p', { class: 'brand' }, 'LINBOX ', element('span', {}, 'console')),
    element(
      'nav',
      { 'aria-label': 'Views' },
      ...Object.entries(VIEWS).map(([name, { text }]) => element('a', { href: `#${name}` }, text)),
    ),
    element('p', { class: 'process', title: 'The process whose console this is' }, `${roles.join(' + ')} on ${host}, pid ${pid}`),
    element(
      'div',
      { class: 'buttons' },
      themeSwitch(),
      button('Sign out', async () => {
        await api.signOut().catch(() => {});
        leaveView();
        signIn();
      }),
    ),
  );
  head.hidden = false;
  trouble(null);
  samples = new Samples();
  show(false);
}

function go(name, argument) {
  location.hash = `${name}/${encodeURIComponent(argument)}`;
}

/** The view that the address names, and what of it. */
function place() {
  const [name, argument] = location.hash.slice(1).split('/', 2);
  const decoded = argument === undefined || argument === '' ? null : safely(argument);
  return Object.hasOwn(VIEWS, name) ? { name, argument: decoded } : { name: 'overview', argument: null };
}

function safely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function leaveView() {
  clearTimeout(timer);
  view?.leave?.();
  view = null;
}

function show(byHand) {
  leaveView();
  const { name, argument } = place();
  const { text, make } = VIEWS[name];
  document.title = `${text} – LINBOX console`;
  for (const link of head.querySelectorAll('nav a')) {
    if (link.hash === `#${name}`) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  view = make({ samples, argument, go });
  main.replaceChildren(...view.content);
  if (byHand) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
    announce(text);
  }
  refresh(view, true);
}

/** Over and over, as long as the view is there and somebody looks; not while a table is being worked with. */
async function refresh(one, first) {
  clearTimeout(timer);
  try {
    if (first || (!one.once && !(one.slow && main.contains(document.activeElement) && document.activeElement !== main))) {
      await one.refresh(first);
    }
    lastAnswer = Date.now();
    if (one === view) {
      trouble(null);
    }
  } catch (e) {
    if (one === view) {
      if (e.status === 401) {
        leaveView();
        signIn();
        return;
      }
      trouble(`${e.message}${lastAnswer === null ? '' : `, since ${timeOfDay(lastAnswer)}`}. Trying again.`);
      // Until it is there, even what is loaded once is tried again.
      timer = setTimeout(() => refresh(one, first), PERIOD);
      return;
    }
  }
  if (one === view && !document.hidden) {
    timer = setTimeout(() => refresh(one, false), PERIOD);
  }
}
