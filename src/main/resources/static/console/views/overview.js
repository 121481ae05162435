/** How the server fares: the newest figures, and an hour of them. */
import { api } from '../api.js';
import { chart } from '../chart.js';
import { element, PROCESS } from '../dom.js';
import { bytes, count, duration, percent } from '../format.js';

const SPANS = [5, 15, 60];

const CHARTS = [
  {
    title: 'Messages',
    unit: 'per second',
    format: count,
    lines: [
      { name: 'messages.received', text: 'received' },
      { name: 'messages.stored', text: 'stored' },
      { name: 'messages.delivered', text: 'delivered' },
    ],
  },
  {
    title: 'From a message to its answer',
    unit: 'p50, p99',
    format: duration,
    lines: [
      { name: 'answer.p50', text: 'p50' },
      { name: 'answer.p99', text: 'p99' },
    ],
  },
  {
    title: 'From a message to its recipient',
    unit: 'p50, p99',
    format: duration,
    lines: [
      { name: 'delivery.p50', text: 'p50' },
      { name: 'delivery.p99', text: 'p99' },
    ],
  },
  {
    title: 'From a message to the database',
    unit: 'p50, p99',
    format: duration,
    lines: [
      { name: 'storing.p50', text: 'p50' },
      { name: 'storing.p99', text: 'p99' },
    ],
  },
  {
    title: 'Consumer lag',
    unit: 'records, whole cluster',
    format: count,
    lines: ['send', 'query', 'fanout', 'offline'].map((topic) => ({ name: `lag.${topic}`, text: topic })),
  },
  { title: 'Outbox depth', unit: 'entries', format: count, lines: [{ name: 'outbox.depth', text: 'waiting' }] },
  {
    title: 'Connections',
    unit: 'open',
    format: count,
    lines: [
      { name: 'connections.open', text: 'open' },
      { name: 'connections.signed.in', text: 'signed in' },
    ],
  },
  {
    title: 'Refused',
    unit: 'per second',
    format: count,
    lines: [
      { name: 'sign.ins.failed', text: 'sign-ins' },
      { name: 'requests.refused', text: 'requests' },
      { name: 'dead.letters', text: 'dead letters' },
    ],
  },
  { title: 'Processor', unit: 'of all cores', format: percent, lines: [{ name: 'cpu', text: 'used' }] },
  { title: 'Heap', unit: 'memory', format: bytes, lines: [{ name: 'heap', text: 'used' }] },
];

const TILES = [
  ['Messages stored', (samples) => `${count(samples.newest('messages.stored'))} /s`],
  ['Answer, p99', (samples) => duration(samples.newest('answer.p99'))],
  ['Signed in', (samples) => count(samples.newest('connections.signed.in'))],
  ['Lag', (samples) => count(total(samples, ['lag.send', 'lag.query', 'lag.fanout', 'lag.offline']))],
  ['Outbox', (samples) => count(samples.newest('outbox.depth'))],
];

function total(samples, names) {
  const known = names.map((name) => samples.newest(name)).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b);
}

export function overview({ samples }) {
  let span = 60;
  const charts = CHARTS.map(chart);
  const tiles = TILES.map(([name]) => {
    const value = element('dd', {});
    return { value, tile: element('div', { class: 'tile' }, element('dt', {}, name), value) };
  });
  const engines = element('ul', { class: 'engines', 'aria-label': 'Engines' });
  const choice = element(
    'fieldset',
    { class: 'choice' },
    element('legend', { class: 'unseen' }, 'How much is shown'),
    ...SPANS.map((minutes) =>
      element(
        'label',
        {},
        element('input', {
          type: 'radio',
          name: 'span',
          value: String(minutes),
          checked: minutes === span,
          on: {
            change: () => {
              span = minutes;
              draw();
            },
          },
        }),
        minutes === 60 ? '1 h' : `${minutes} min`,
      ),
    ),
  );

  function draw() {
    tiles.forEach(({ value }, i) => {
      value.textContent = TILES[i][1](samples);
    });
    charts.forEach((one) => one.update(samples.window, samples.time - span * 60_000, samples.time));
  }

  function drawEngines(states) {
    engines.replaceChildren(
      ...states.map(({ engine, up }) =>
        element('li', { class: up ? 'good' : 'bad' }, `${engine} `, element('span', {}, up ? 'up' : 'away')),
      ),
    );
  }

  const observer = new ResizeObserver(draw);
  const grid = element('div', { class: 'charts' }, ...charts.map(({ figure }) => figure));
  observer.observe(grid);
  return {
    content: [
      element(
        'div',
        { class: 'bar' },
        element('h1', {}, 'Overview'),
        element('span', { class: 'scope' }, PROCESS),
        engines,
        choice,
      ),
      element('dl', { class: 'tiles' }, ...tiles.map(({ tile }) => tile)),
      grid,
    ],
    async refresh() {
      await samples.refresh();
      draw();
      drawEngines((await api.cluster()).engines);
    },
    leave: () => observer.disconnect(),
  };
}
