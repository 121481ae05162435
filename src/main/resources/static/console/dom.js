/**
 * Makes elements. Text becomes text and nothing else: there is no way through this module by which it could become HTML.
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. Of the properties, `class` and `on` (listeners by event) are special; what has a dash, `role`, `for` and the like are
 * attributes, all others properties. What is null or undefined is left out.
 *
 * @param {string} tag
 * @param {object} [properties]
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) {
      continue;
    }
    if (name === 'class') {
      made.className = value;
    } else if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => made.addEventListener(event, listener));
    } else if (name.includes('-') || !(name in made)) {
      made.setAttribute(name, value);
    } else {
      made[name] = value;
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map(asNode));
  return made;
}

const asNode = (child) => (child instanceof Node ? child : document.createTextNode(String(child)));

/** An element of SVG, which has attributes only. */
export function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children.map(asNode));
  return made;
}

/** A button with a text. */
export function button(text, onClick, properties = {}) {
  return element('button', { type: 'button', on: { click: onClick }, ...properties }, text);
}

/**
 * A table that scrolls sideways where it has to, and can be scrolled by keyboard then.
 *
 * @param {string} caption for those who do not see what stands around it
 * @param {{text: string, number?: boolean}[]} columns
 * @param {(Node | string | number | null)[][]} rows cells of each; the first one names its row
 * @param {string} [none] what stands there where there are no rows
 */
export function table(caption, columns, rows, none = 'None') {
  const cells = (row) =>
    row.map((cell, i) =>
      element(
        i === 0 ? 'th' : 'td',
        { scope: i === 0 ? 'row' : null, class: columns[i].number ? 'number' : null, 'data-label': columns[i].text },
        cell,
      ),
    );
  const body =
    rows.length === 0
      ? [element('tr', {}, element('td', { colSpan: columns.length, class: 'none' }, none))]
      : rows.map((row) => element('tr', {}, ...cells(row)));
  return element(
    'div',
    { class: 'scrolled', tabIndex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map(({ text, number }) => element('th', { scope: 'col', class: number ? 'number' : null }, text)),
        ),
      ),
      element('tbody', {}, ...body),
    ),
  );
}

/** A part of a view, with a heading and whose figures these are. */
export function panel(title, scope, ...children) {
  return element(
    'section',
    { class: 'panel' },
    element(
      'div',
      { class: 'panel-head' },
      element('h2', {}, title),
      scope === null ? null : element('span', { class: 'scope' }, scope),
    ),
    ...children,
  );
}

export const PROCESS = 'this process';
export const CLUSTER = 'whole cluster';
