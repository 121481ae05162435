/** What was refused, by cause: failed sign-ins, limits hit, connections ended. */
import { api } from '../api.js';
import { element, panel, PROCESS, table } from '../dom.js';
import { count } from '../format.js';

const FAMILIES = [
  ['Sign-ins of users', 'linbox.gateway.sign.ins'],
  ['Sign-ins slowed down', 'linbox.gateway.sign.ins.delayed'],
  ['Tokens', 'linbox.credential.checks'],
  ['Requests refused by the gateway', 'linbox.gateway.requests.rejected'],
  ['Requests refused by the router', 'linbox.router.requests.rejected'],
  ['Connections ended', 'linbox.gateway.connections.closed'],
  ['WebSocket handshakes', 'linbox.gateway.handshakes.refused'],
  ['Callers of the rpc port', 'linbox.rpc.callers'],
  ['Sign-ins to this console', 'linbox.console.sign.ins'],
];

/** What the limits say no with, of which operators are asked first. */
const LIMITS = new Set([
  'too_fast',
  'too_many_connections',
  'too_many_from_address',
  'too_many_requests',
  'slow_reader',
  'idle',
  'sign_in_too_slow',
  'too_much_before_sign_in',
  'content_too_large',
  'bad_length',
  'too_long',
  'throttled',
]);

export function refusals() {
  let all = false;
  let known = [];
  const tables = element('div', { class: 'halves' });
  const everything = element('input', {
    type: 'checkbox',
    on: {
      change: () => {
        all = everything.checked;
        draw();
      },
    },
  });

  function draw() {
    tables.replaceChildren(
      ...FAMILIES.map(([title, meter]) => {
        const causes = known
          .filter((cause) => cause.meter === meter && (all || cause.total > 0))
          .sort((a, b) => b.hour - a.hour || b.total - a.total || a.cause.localeCompare(b.cause));
        return panel(
          title,
          null,
          table(
            title,
            [
              { text: 'Cause' },
              { text: '5 min', number: true },
              { text: '1 h', number: true },
              { text: 'since start', number: true },
            ],
            causes.map(({ cause, lately, hour, total }) => [
              element(
                'span',
                {},
                cause === '' ? 'too many refused before' : cause.replaceAll('_', ' '),
                LIMITS.has(cause) ? element('span', { class: 'tag' }, 'limit') : null,
              ),
              count(lately),
              count(hour),
              count(total),
            ]),
            'Nothing since the start',
          ),
        );
      }),
    );
  }

  return {
    content: [
      element(
        'div',
        { class: 'bar' },
        element('h1', {}, 'Refusals'),
        element('span', { class: 'scope' }, PROCESS),
        element('label', { class: 'push' }, everything, 'Causes that never were, too'),
      ),
      tables,
    ],
    async refresh() {
      known = await api.causes();
      draw();
    },
  };
}
