/** The chat of a signed-in user: puts the list, the open conversation and the model together. */
import { groupDetails, newConversation, newGroup } from './dialogs.js';
import { avatar, element, iconButton } from './dom.js';
import { counted, summary } from './format.js';
import { ListView } from './list.js';
import { Model } from './model.js';
import { announce, toast } from './say.js';
import { ofWindow } from './storage.js';
import { ThreadView } from './thread.js';
import { themeSwitch } from './theme.js';

const TITLE = 'LINBOX';

/** What may stand behind the # of the address: anybody can write one. */
const PLACE = /^#(user|group):([1-9][0-9]{0,18})$/;

/**
 * Shows the chat until the user leaves or is sent away.
 *
 * @param {HTMLElement} place
 * @param {{url: string, userId: string, token: string}} options
 * @returns {Promise<{signedOut: boolean, error: Error | null}>} `error` where the server has ended it
 */
export function chat(place, options) {
  return new Promise((resolve) => new Chat(place, options, resolve));
}

class Chat {
  #model;
  #list;
  #thread;
  #place;
  #status = element('p', { class: 'status', role: 'status', hidden: true });
  #isRendering = false;
  #over;
  #listeners = new AbortController();

  constructor(place, options, over) {
    this.#place = place;
    this.#over = over;
    this.#model = new Model(options, ofWindow, {
      changed: () => this.#renderSoon(),
      said: (talk, message) => this.#said(talk, message),
      notice: (text) => toast(text),
      isWatching: () => this.#isWatching(),
    });
    this.#list = new ListView(this.#model, (key) => this.#go(key));
    this.#thread = new ThreadView(this.#model, { back: () => this.#go(null), details: (talk) => groupDetails(this.#model, talk) });
    place.replaceChildren(this.#status, this.#side(), element('main', { class: 'pane' }, this.#thread.element));
    place.hidden = false;
    const { signal } = this.#listeners;
    addEventListener('hashchange', () => this.#arrive(), { signal });
    document.addEventListener('visibilitychange', () => this.#isWatching() && this.#model.readAll(), { signal });
    addEventListener('focus', () => this.#isWatching() && this.#model.readAll(), { signal });
    this.#arrive();
    this.#render();
  }

  #side() {
    const go = (key) => this.#go(key);
    return element(
      'div',
      { class: 'side' },
      element(
        'header',
        { class: 'side-head' },
        avatar({ user: this.#model.me }, this.#model.me),
        element('h1', {}, element('span', { class: 'unseen' }, 'LINBOX, signed in as '), this.#model.me),
        iconButton('chat', 'New conversation', () => newConversation(this.#model, go)),
        iconButton('group', 'New group', () => newGroup(this.#model, go)),
        themeSwitch(),
        iconButton('leave', 'Sign out', () => this.#end({ signedOut: true, error: null })),
      ),
      this.#list.element,
    );
  }

  // Where we are is in the address, so that the browser's back button goes back.

  #go(key) {
    const hash = key === null ? '' : `#${key}`;
    if (location.hash === hash) {
      this.#arrive();
    } else if (hash === '') {
      history.pushState(null, '', location.pathname + location.search);
      this.#arrive();
    } else {
      location.hash = hash;
    }
  }

  #arrive() {
    const [, kind, id] = PLACE.exec(location.hash) ?? [];
    const before = this.#model.open;
    this.#model.show(kind === undefined ? null : { [kind]: id });
    this.#render();
    if (this.#model.open !== null) {
      this.#thread.composer.focus();
    } else if (before !== null) {
      // Back to where one came from.
      (this.#list.element.querySelector(`[data-key="${before.key}"] button`) ?? this.#list.element.querySelector('button'))?.focus();
    }
  }

  #isWatching() {
    return document.visibilityState === 'visible' && document.hasFocus() && this.#model.open !== null && this.#thread?.isAtEnd === true;
  }

  #said(talk, message) {
    const text = summary(message, this.#model.me);
    if (message.kind === 'group') {
      announce(`${talk.title}: ${text}`);
    } else {
      announce(talk.isGroup ? `${message.from} in ${talk.title}: ${text}` : `${message.from}: ${text}`);
    }
  }

  // All that has changed in one turn is shown at its end; not in the next frame, which a hidden window never gets.

  #renderSoon() {
    if (!this.#isRendering) {
      this.#isRendering = true;
      queueMicrotask(() => this.#render());
    }
  }

  #render() {
    this.#isRendering = false;
    const { ended, open, unread } = this.#model;
    if (this.#listeners.signal.aborted) {
      return;
    }
    if (ended !== null) {
      this.#end({ signedOut: false, error: ended });
      return;
    }
    this.#place.classList.toggle('has-open', open !== null);
    this.#list.render();
    this.#thread.render();
    this.#renderStatus();
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${open === null ? '' : `${open.title} · `}${TITLE}`;
  }

  #renderStatus() {
    const { state, retryIn } = this.#model.connection;
    this.#status.hidden = state === 'online';
    if (state === 'offline') {
      this.#status.textContent =
        retryIn >= 1_000
          ? `No connection. Trying again in ${counted(Math.round(retryIn / 1_000), 'second', 'seconds')}.`
          : 'No connection. Trying again.';
    } else {
      this.#status.textContent = state === 'online' ? '' : 'Connecting…';
    }
  }

  #end(how) {
    this.#listeners.abort();
    this.#model.close();
    document.querySelectorAll('dialog, .menu').forEach((left) => left.remove());
    this.#place.hidden = true;
    this.#place.replaceChildren();
    document.title = TITLE;
    this.#over(how);
  }
}
