/** What the browser keeps, as far as it does: it may be forbidden or full, and then there is just nothing. */
class Kept {
  #open;

  /** @param {() => Storage} open throws where storage is forbidden */
  constructor(open) {
    this.#open = open;
  }

  get(key) {
    try {
      return this.#open().getItem(key);
    } catch {
      return null;
    }
  }

  set(key, value) {
    try {
      this.#open().setItem(key, value);
    } catch {
      // It holds until the page is left.
    }
  }

  remove(key) {
    try {
      this.#open().removeItem(key);
    } catch {
      // It is not there.
    }
  }
}

/** For this window alone, also after a reload. */
export const ofWindow = new Kept(() => sessionStorage);

/** For all windows, for ever. */
export const ofBrowser = new Kept(() => localStorage);
