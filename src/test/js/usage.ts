// Compiled by types.test.js and never run: what a TypeScript application writes.
import {
  LinboxError,
  applyChange,
  connect,
  conversationKey,
  type Conversation,
  type LinboxClient,
  type Message,
} from '../../main/resources/static/linbox.js';

const client: LinboxClient = connect({
  url: ['wss://a.example.com/ws', 'wss://b.example.com/ws'],
  userId: '1001',
  token: async () => 'fresh',
  WebSocket,
});

let seen: readonly Message[] = [];
client.on('message', (message) => {
  seen = [...seen, message];
  const text: string = message.kind === 'recalled' ? '' : message.content;
  console.log(message.from, text);
});
client.on('changed', (changed) => {
  seen = applyChange(seen, changed);
  if (changed.change.action === 'edit') {
    const content: string = changed.change.content;
    console.log(content);
  }
});
client.on('group', ({ conversation, event }) => console.log(conversation.group, event.action, event.users.length));
client.on('connection', ({ state, retryIn = 0 }) => console.log(state === 'offline' ? retryIn / 1000 : state));
const off: () => void = client.on('closed', (error) => console.log(error.code === 'signed_out', error.reason));
off();

const names = new Map<string, Conversation>();
const friend: Conversation = { user: '1002' };
names.set(conversationKey(friend), friend);

try {
  const { msgId, sendTime }: { msgId: number; sendTime: number } = await client.send(friend, 'hello');
  console.log(msgId, new Date(sendTime));
} catch (error) {
  if (error instanceof LinboxError && error.retryable) {
    await client.send(friend, 'hello', { requestId: error.requestId });
  }
}

const { group } = await client.groups.create({ name: 'friends', users: ['1002'], invite: 'members' });
await client.groups.role(group, ['1002'], 'administrator');
const online: boolean | undefined = (await client.watchPresence(['1002'])).get('1002');
console.log(online);

// @ts-expect-error a number cannot hold every id
client.send({ user: 1002 }, 'hello');
// @ts-expect-error a conversation is one thing or the other
client.send({ user: '1', group: '2' }, 'hello');
// @ts-expect-error there is no such event
client.on('massage', () => {});
// @ts-expect-error there is no such role
client.groups.role(group, ['1002'], 'king');
// @ts-expect-error it has to be known who it is
connect({ url: 'wss://a.example.com/ws' });
