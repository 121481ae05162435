/** A user: devices, unread, and how to disconnect them. */
import { api } from '../api.js';
import { button, CLUSTER, element, panel, table } from '../dom.js';
import { age, count, moment } from '../format.js';
import { announce, ask } from '../say.js';

export function users({ argument, go }) {
  const found = element('div', { class: 'found' });
  const wrong = element('p', { class: 'wrong', role: 'alert', hidden: true });
  const input = element('input', {
    id: 'user-id',
    name: 'user',
    inputMode: 'numeric',
    autocomplete: 'off',
    required: true,
    pattern: '[0-9]{1,19}',
    title: 'Decimal digits',
    value: argument ?? '',
  });
  const form = element(
    'form',
    {
      class: 'search',
      on: {
        submit: (event) => {
          event.preventDefault();
          const id = input.value.trim();
          if (id === argument) {
            look().catch(fail);
          } else {
            go('users', id);
          }
        },
      },
    },
    element('label', { htmlFor: 'user-id' }, 'User id'),
    input,
    element('button', { type: 'submit', class: 'primary' }, 'Find'),
  );

  function fail(e) {
    if (e.status !== 400) {
      throw e;
    }
    wrong.textContent = e.message;
    wrong.hidden = false;
    found.replaceChildren();
  }

  async function look() {
    const user = await api.user(argument);
    wrong.hidden = true;
    found.replaceChildren(devices(user), unread(user));
    return user;
  }

  function devices({ userId, devices: all }) {
    return panel(
      `Devices of user ${userId}`,
      CLUSTER,
      table(
        `Devices of user ${userId}`,
        [
          { text: 'Device' },
          { text: 'Signed in' },
          { text: 'For', number: true },
          { text: 'Protocol', number: true },
          { text: 'Gateway' },
          { text: '' },
        ],
        all.map((device) => [
          device.device === '' ? '(without a name)' : device.device,
          moment(device.since),
          age(device.since),
          `version ${device.protocol}`,
          element('code', {}, `${device.gatewayId}/${device.connectionId}`),
          button('Disconnect', () => disconnect(userId, [device]), {
            class: 'danger',
            'aria-label': `Disconnect ${device.device || 'the device without a name'}`,
          }),
        ]),
        'Not signed in anywhere',
      ),
      all.length > 1 ? button('Disconnect all', () => disconnect(userId, all), { class: 'danger' }) : null,
    );
  }

  function disconnect(userId, concerned) {
    const reason = element('input', { id: 'reason', maxLength: 256, autocomplete: 'off', placeholder: 'disconnected by the operator' });
    ask({
      title: concerned.length === 1 ? `Disconnect ${concerned[0].device || 'the device'}?` : 'Disconnect all devices?',
      text: `User ${userId}'s client is told the reason. It may sign in again: take its tokens back first where it must not.`,
      doIt: 'Disconnect',
      danger: true,
      fields: [element('label', { htmlFor: 'reason' }, 'Reason'), reason],
      async action() {
        const which =
          concerned.length === 1
            ? { gatewayId: concerned[0].gatewayId, connectionId: concerned[0].connectionId }
            : {};
        const { sessions } = await api.disconnect(userId, { ...which, reason: reason.value });
        // The gateway takes a moment.
        setTimeout(() => look().catch(() => {}), 400);
        return `${sessions} ${sessions === 1 ? 'device is' : 'devices are'} told to end`;
      },
    });
  }

  function unread({ userId, unread: all, systemUnread }) {
    const system = Object.entries(systemUnread)
      .map(([type, number]) => `type ${type}: ${count(number)}`)
      .join(', ');
    if (all === null) {
      return panel(
        'Unread',
        CLUSTER,
        element('p', { class: 'note' }, 'A gateway has no inbox: ask the console of a router or of the rpc role.'),
        element('p', {}, `System messages: ${system}`),
      );
    }
    return panel(
      `${count(all.count)} unread`,
      CLUSTER,
      element(
        'p',
        { class: 'note' },
        `In conversations that are not muted (${count(all.muted)} muted). System messages: ${system || 'none'}. Listed are the conversations with the newest messages, 50 at most.`,
      ),
      table(
        `Conversations of user ${userId}`,
        [
          { text: 'With' },
          { text: 'Unread', number: true },
          { text: 'Newest', number: true },
          { text: 'Read up to', number: true },
        ],
        all.conversations.map((conversation) => [
          `${conversation.group ? 'group' : 'user'} ${conversation.with}`,
          count(conversation.unread),
          count(conversation.lastMsgId),
          count(conversation.readMsgId),
        ]),
        'No conversations',
      ),
    );
  }

  return {
    content: [element('div', { class: 'bar' }, element('h1', {}, 'Users')), form, wrong, found],
    slow: true,
    async refresh(first) {
      if (argument !== null) {
        try {
          const user = await look();
          if (first) {
            announce(`User ${user.userId}: ${user.devices.length} devices`);
          }
        } catch (e) {
          fail(e);
        }
      }
    },
  };
}
