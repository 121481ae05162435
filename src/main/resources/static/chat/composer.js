/** Where one writes: Enter sends, Shift and Enter break the line; emoji; and the same for a message that is edited. */
import { element, iconButton } from './dom.js';
import { EMOJI } from './emoji.js';

const COLUMNS = 8;

export class Composer {
  #text;
  #editing = null;
  #bar;
  #emoji;
  #picker;
  #deeds;
  #drafts = new Map();
  #key = null;

  /**
   * @param {{send: (text: string) => void, edit: (msgId: number, text: string) => void, typing: () => void, editLast: () => void}} deeds `edit` and
   *     `send` are called with a text that is not blank
   */
  constructor(deeds) {
    this.#deeds = deeds;
    this.#text = element('textarea', {
      class: 'text',
      rows: 1,
      placeholder: 'Write a message',
      'aria-label': 'Message',
      dir: 'auto',
      enterKeyHint: 'send',
      autocomplete: 'off',
      on: { keydown: (event) => this.#pressed(event), input: () => this.#written() },
    });
    this.#bar = element(
      'div',
      { class: 'editing', hidden: true },
      element('span', {}, 'Editing a message'),
      iconButton('close', 'Stop editing', () => this.stopEditing()),
    );
    this.#emoji = iconButton('smile', 'Emoji', () => this.#toggle(), { 'aria-expanded': 'false', 'aria-haspopup': 'dialog' });
    this.#picker = this.#makePicker();
    this.element = element(
      'form',
      { class: 'composer', 'aria-label': 'Write', on: { submit: (event) => this.#submit(event) } },
      this.#bar,
      this.#picker,
      this.#emoji,
      this.#text,
      element(
        'button',
        { type: 'submit', class: 'send icon-button', 'aria-label': 'Send', title: 'Send' },
        ...iconButton('send', '', () => {}).childNodes,
      ),
    );
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget !== null && !this.#picker.contains(relatedTarget) && relatedTarget !== this.#emoji) {
        this.#showPicker(false);
      }
    });
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  /** Goes over to another conversation; each keeps what was begun in it. */
  of(key) {
    if (key === this.#key) {
      return;
    }
    this.stopEditing(false);
    if (this.#key !== null) {
      this.#drafts.set(this.#key, this.#text.value);
    }
    this.#key = key;
    this.#fill(this.#drafts.get(key) ?? '');
    this.#showPicker(false);
  }

  edit(message) {
    if (this.#editing === null) {
      this.#drafts.set(this.#key, this.#text.value);
    }
    this.#editing = message.msgId;
    this.#bar.hidden = false;
    this.#fill(message.content);
    this.focus();
  }

  stopEditing(andFocus = true) {
    if (this.#editing !== null) {
      this.#editing = null;
      this.#bar.hidden = true;
      this.#fill(this.#drafts.get(this.#key) ?? '');
      if (andFocus) {
        this.focus();
      }
    }
  }

  #fill(text) {
    this.#text.value = text;
    this.#grow();
  }

  #grow() {
    this.#text.style.setProperty('height', 'auto');
    this.#text.style.setProperty('height', `${this.#text.scrollHeight}px`);
  }

  #written() {
    this.#grow();
    if (this.#editing === null && this.#text.value.trim() !== '') {
      this.#deeds.typing();
    }
  }

  #pressed(event) {
    if (event.isComposing) {
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.element.requestSubmit();
    } else if (event.key === 'Escape' && this.#editing !== null) {
      event.stopPropagation();
      this.stopEditing();
    } else if (event.key === 'ArrowUp' && this.#text.value === '' && this.#editing === null) {
      event.preventDefault();
      this.#deeds.editLast();
    }
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#text.value.trim();
    if (text === '') {
      return;
    }
    if (this.#editing === null) {
      this.#fill('');
      this.#deeds.send(text);
    } else {
      const msgId = this.#editing;
      this.stopEditing();
      this.#deeds.edit(msgId, text);
    }
    this.#showPicker(false);
    this.focus();
  }

  // Emoji.

  #makePicker() {
    const buttons = EMOJI.map(([emoji, name], i) =>
      element(
        'button',
        { type: 'button', 'aria-label': name, title: name, tabIndex: i === 0 ? 0 : -1, on: { click: () => this.#insert(emoji) } },
        emoji,
      ),
    );
    const picker = element('div', { class: 'emoji', role: 'dialog', 'aria-label': 'Emoji', hidden: true }, ...buttons);
    picker.addEventListener('keydown', (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = {
        ArrowRight: at + 1,
        ArrowLeft: at - 1,
        ArrowDown: at + COLUMNS,
        ArrowUp: at - COLUMNS,
        Home: 0,
        End: buttons.length - 1,
      }[event.key];
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.#showPicker(false);
        this.#emoji.focus();
      } else if (to !== undefined) {
        event.preventDefault();
        buttons[at].tabIndex = -1;
        const next = buttons[Math.max(0, Math.min(to, buttons.length - 1))];
        next.tabIndex = 0;
        next.focus();
      }
    });
    return picker;
  }

  #toggle() {
    const isShown = this.#picker.hidden;
    this.#showPicker(isShown);
    if (isShown) {
      this.#picker.querySelector('[tabindex="0"]').focus();
    }
  }

  #away = ({ target }) => this.#picker.contains(target) || this.#emoji.contains(target) || this.#showPicker(false);

  #showPicker(isShown) {
    this.#picker.hidden = !isShown;
    document[isShown ? 'addEventListener' : 'removeEventListener']('pointerdown', this.#away);
    this.#emoji.setAttribute('aria-expanded', String(isShown));
  }

  #insert(emoji) {
    const { selectionStart, selectionEnd } = this.#text;
    this.#text.setRangeText(emoji, selectionStart, selectionEnd, 'end');
    this.#showPicker(false);
    this.#written();
    this.focus();
  }
}
