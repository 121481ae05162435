/** Who lives. */
import { api } from '../api.js';
import { CLUSTER, element, panel, PROCESS, table } from '../dom.js';
import { age, count, moment } from '../format.js';

const TOPICS = ['linbox.send', 'linbox.query', 'linbox.fanout', 'linbox.offline'];

export function cluster() {
  const gateways = element('div');
  const routers = element('div');
  const engines = element('div');

  function drawGateways(all) {
    const most = Math.max(1, ...all.map(({ connections }) => connections));
    gateways.replaceChildren(
      table(
        'Gateways',
        [
          { text: 'Gateway' },
          { text: 'Address' },
          { text: 'Ports' },
          { text: 'Signed in', number: true },
          { text: 'Load' },
          { text: 'Up', number: true },
          { text: 'State' },
        ],
        all.map((gateway) => [
          element('code', {}, gateway.id),
          gateway.host,
          ports(gateway),
          count(gateway.connections),
          element('meter', { min: 0, max: most, value: gateway.connections, 'aria-label': `Load of ${gateway.id}` }),
          element('span', { title: moment(gateway.since) }, age(gateway.since)),
          state(gateway.leaving ? 'leaving' : 'open', !gateway.leaving),
        ]),
        'No gateway lives',
      ),
    );
  }

  const ports = ({ port, tlsPort, wsPort, wssPort }) =>
    [
      ['tcp', port],
      ['tls', tlsPort],
      ['ws', wsPort],
      ['wss', wssPort],
    ]
      .filter(([, number]) => number)
      .map(([name, number]) => `${name} ${number}`)
      .join(', ');

  const state = (text, good) => element('span', { class: good ? 'state good' : 'state bad' }, text);

  function drawRouters(all) {
    routers.replaceChildren(
      all === null
        ? element('p', { class: 'wrong' }, 'Kafka does not say which routers live')
        : table(
            'Routers',
            [
              { text: 'Router' },
              { text: 'Host' },
              ...TOPICS.map((topic) => ({ text: topic.replace('linbox.', ''), number: true })),
              { text: 'Waiting', number: true },
            ],
            all.map((router) => [
              element('code', {}, router.id),
              router.host,
              ...TOPICS.map((topic) => count(router.partitions[topic] ?? 0)),
              count(router.waiting),
            ]),
            'No router lives: messages wait in Kafka',
          ),
    );
  }

  function drawEngines(all) {
    engines.replaceChildren(
      table(
        'Engines',
        [{ text: 'Engine' }, { text: 'State' }],
        all.map(({ engine, up }) => [engine, state(up ? 'up' : 'away', up)]),
      ),
    );
  }

  return {
    content: [
      element('div', { class: 'bar' }, element('h1', {}, 'Cluster')),
      panel('Gateways', CLUSTER, gateways),
      panel(
        'Routers',
        CLUSTER,
        element('p', { class: 'note' }, 'By the partitions of each topic that they work on, and the records that wait in these.'),
        routers,
      ),
      panel('Engines', `as ${PROCESS} sees them`, engines),
    ],
    async refresh() {
      const answer = await api.cluster();
      drawGateways(answer.gateways);
      drawRouters(answer.routers);
      drawEngines(answer.engines);
    },
  };
}
