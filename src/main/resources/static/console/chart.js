/** Charts of an hour: lines over time, drawn as SVG. What they show stands beside them as text, and in a table for who wants that. */
import { element, shape } from './dom.js';
import { minuteOfDay, timeOfDay } from './format.js';

const HEIGHT = 150;
const MARGIN = { top: 8, right: 8, bottom: 20, left: 54 };
const GRID_LINES = 3;
const TABLE_ROWS = 12;

/** The smallest of 1, 2, 2.5, 5 and their tenfolds that is not below the value. */
export function ceiling(value) {
  if (!(value > 0)) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 2.5, 5, 10].find((step) => step * power >= value * 0.999_999);
}

/**
 * A path through the points that are known; a point between gaps is a dot.
 *
 * @param {(number | null)[]} values
 * @param {(i: number) => number} x
 * @param {(value: number) => number} y
 */
export function path(values, x, y) {
  let drawn = '';
  let open = false;
  values.forEach((value, i) => {
    if (value === null) {
      open = false;
      return;
    }
    const at = `${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    drawn += open ? `L${at}` : `M${at}h0`;
    open = true;
  });
  return drawn;
}

const last = (values) => values.findLast((value) => value !== null) ?? null;

/**
 * A chart. `update` draws it anew.
 *
 * @param {object} chart
 * @param {string} chart.title
 * @param {string} chart.unit beside the title
 * @param {(value: number | null) => string} chart.format
 * @param {{name: string, text: string}[]} chart.lines names of series, and what they are called
 * @returns {{figure: HTMLElement, update: (window: {at: number[], series: Object<string, (number | null)[]>}, from: number, to: number) => void}}
 */
export function chart({ title, unit, format, lines }) {
  const svg = shape('svg', { class: 'plot', role: 'img', tabindex: '0' });
  const values = lines.map(() => element('span', { class: 'value' }));
  const legend = element(
    'ul',
    { class: 'legend' },
    ...lines.map(({ text }, i) =>
      element('li', {}, element('span', { class: `swatch line-${i}`, 'aria-hidden': 'true' }), `${text} `, values[i]),
    ),
  );
  const when = element('span', { class: 'when' });
  const rows = element('tbody');
  const details = element(
    'details',
    { on: { toggle: () => redraw() } },
    element('summary', {}, `${title} as a table`),
    element(
      'table',
      {},
      element('caption', { class: 'unseen' }, `${title}, ${unit}: means`),
      element(
        'thead',
        {},
        element('tr', {}, element('th', { scope: 'col' }, 'since'), ...lines.map(({ text }) => element('th', { scope: 'col', class: 'number' }, text))),
      ),
      rows,
    ),
  );
  const figure = element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('h3', {}, title), element('span', { class: 'unit' }, unit), when),
    svg,
    legend,
    details,
  );

  let shown = { at: [], data: lines.map(() => []), from: 0, to: 1 };
  let pointed = null;

  const width = () => Math.max(240, svg.clientWidth || 480);
  const x = (millis) =>
    MARGIN.left + ((millis - shown.from) / (shown.to - shown.from)) * (width() - MARGIN.left - MARGIN.right);

  function redraw() {
    const { at, data, from, to } = shown;
    const most = ceiling(Math.max(0, ...data.map((line) => Math.max(0, ...line.map((value) => value ?? 0)))));
    const bottom = HEIGHT - MARGIN.bottom;
    const y = (value) => bottom - (value / most) * (bottom - MARGIN.top);
    svg.setAttribute('viewBox', `0 0 ${width()} ${HEIGHT}`);
    const parts = [];
    for (let i = 0; i <= GRID_LINES; i++) {
      const value = (most * i) / GRID_LINES;
      parts.push(
        shape('line', { class: 'grid', x1: MARGIN.left, x2: width() - MARGIN.right, y1: y(value), y2: y(value) }),
        shape('text', { class: 'tick', x: MARGIN.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, format(value)),
      );
    }
    for (const share of [0, 0.5, 1]) {
      const millis = from + share * (to - from);
      const anchor = ['start', 'middle', 'end'][share * 2];
      parts.push(shape('text', { class: 'tick', x: x(millis), y: HEIGHT - 4, 'text-anchor': anchor }, minuteOfDay(millis)));
    }
    data.forEach((line, i) =>
      parts.push(shape('path', { class: `line line-${i}`, d: path(line, (point) => x(at[point]), y) })),
    );
    const point = pointed === null ? null : nearest(pointed);
    if (point !== null) {
      parts.push(shape('line', { class: 'cross', x1: x(at[point]), x2: x(at[point]), y1: MARGIN.top, y2: bottom }));
    }
    svg.replaceChildren(...parts);
    when.textContent = point === null ? '' : timeOfDay(at[point]);
    const current = data.map((line) => (point === null ? last(line.slice(-12)) : line[point]));
    current.forEach((value, i) => {
      values[i].textContent = format(value);
    });
    svg.setAttribute('aria-label', `${title}, ${unit}: ${lines.map(({ text }, i) => `${text} ${format(current[i])}`).join(', ')}`);
    if (details.open) {
      rows.replaceChildren(...means().map(([millis, ...cells]) => tableRow(millis, cells)));
    }
  }

  const tableRow = (millis, cells) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, minuteOfDay(millis)),
      ...cells.map((cell) => element('td', { class: 'number' }, format(cell))),
    );

  /** The newest first. */
  function means() {
    const { at, data, from, to } = shown;
    const step = (to - from) / TABLE_ROWS;
    return Array.from({ length: TABLE_ROWS }, (_, i) => {
      const begin = to - (i + 1) * step;
      const within = at.map((millis) => millis > begin && millis <= begin + step);
      return [begin, ...data.map((line) => mean(line.filter((value, point) => within[point] && value !== null)))];
    });
  }

  const mean = (numbers) => (numbers.length === 0 ? null : numbers.reduce((a, b) => a + b) / numbers.length);

  function nearest(millis) {
    let best = null;
    shown.at.forEach((at, i) => {
      if (best === null || Math.abs(at - millis) < Math.abs(shown.at[best] - millis)) {
        best = i;
      }
    });
    return best;
  }

  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN.left) / (box.width - MARGIN.left - MARGIN.right);
    pointed = shown.from + Math.min(1, Math.max(0, share)) * (shown.to - shown.from);
    redraw();
  });
  const leave = () => {
    pointed = null;
    redraw();
  };
  svg.addEventListener('pointerleave', leave);
  svg.addEventListener('blur', leave);
  svg.addEventListener('keydown', (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key];
    if (steps === undefined || shown.at.length === 0) {
      return;
    }
    event.preventDefault();
    const point = pointed === null ? shown.at.length - 1 : nearest(pointed) + steps;
    pointed = shown.at[Math.min(shown.at.length - 1, Math.max(0, point))];
    redraw();
  });

  return {
    figure,
    update(window, from, to) {
      const first = window.at.findIndex((millis) => millis >= from);
      const begin = first < 0 ? window.at.length : first;
      shown = {
        at: window.at.slice(begin),
        data: lines.map(({ name }) => (window.series[name] ?? []).slice(begin)),
        from,
        to,
      };
      redraw();
    },
  };
}
