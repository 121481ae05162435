/** What is asked and shown in between. The browser's own dialogs: Escape closes them, and the focus goes back to where it was. */
import { avatar, element, iconButton } from './dom.js';
import { counted, reason } from './format.js';
import { announce } from './say.js';

const ID = '[1-9][0-9]{0,18}';
const LONGEST_NAME = 100;
let titles = 0;

/** Opens a dialog; it is gone when it is closed. */
function open(title, ...content) {
  const id = `dialog-${++titles}`;
  const dialog = element(
    'dialog',
    { 'aria-labelledby': id, on: { close: () => dialog.remove(), click: (event) => event.target === dialog && dialog.close() } },
    element(
      'div',
      { class: 'dialog-body' },
      element(
        'header',
        {},
        element('h2', { id }, title),
        iconButton('close', 'Close', () => dialog.close()),
      ),
      ...content,
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A field with its name, what it takes and how it is filled in. */
function field(label, properties, hint) {
  const id = `field-${++titles}`;
  const input = element('input', {
    id,
    autocomplete: 'off',
    'aria-describedby': hint === undefined ? null : `${id}-hint`,
    ...properties,
  });
  return {
    input,
    element: element(
      'p',
      { class: 'field' },
      element('label', { for: id }, label),
      input,
      hint === undefined ? null : element('span', { class: 'hint', id: `${id}-hint` }, hint),
    ),
  };
}

const idField = (label, hint) =>
  field(label, { inputMode: 'numeric', pattern: `\\s*${ID}\\s*`, required: true, maxLength: 30, autofocus: true }, hint);
const idsField = (label, required, hint) => field(label, { required, pattern: `[\\s,;]*(${ID}([\\s,;]+|$))*` }, hint);
const idsOf = (text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** A form that is done with once `act` is; what goes wrong is said in it. */
function form(label, act, ...fields) {
  const problem = element('p', { class: 'problem', role: 'alert' });
  const button = element('button', { type: 'submit', class: 'primary' }, label);
  return element(
    'form',
    {
      on: {
        submit: async (event) => {
          event.preventDefault();
          button.disabled = true;
          problem.textContent = '';
          try {
            await act();
          } catch (error) {
            problem.textContent = sentence(reason(error));
          } finally {
            button.disabled = false;
          }
        },
      },
    },
    ...fields,
    problem,
    button,
  );
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export function newConversation(model, go) {
  const user = idField('User id', 'Anybody’s; they need not be here now.');
  const dialog = open(
    'New conversation',
    form(
      'Start',
      () => {
        dialog.close();
        go(`user:${user.input.value.trim()}`);
      },
      user.element,
    ),
  );
}

export function newGroup(model, go) {
  const name = field('Name', { required: true, maxLength: LONGEST_NAME, autofocus: true });
  const users = idsField('Members', false, 'User ids, with commas or spaces between them. You can add more later.');
  const history = element('input', { type: 'checkbox', checked: true });
  const invite = element('input', { type: 'checkbox' });
  const dialog = open(
    'New group',
    form(
      'Create',
      async () => {
        const talk = await model.createGroup({
          name: name.input.value.trim(),
          users: idsOf(users.input.value).filter((user) => user !== model.me),
          history: history.checked ? 'all' : 'joined',
          invite: invite.checked ? 'members' : 'administrators',
        });
        dialog.close();
        go(talk.key);
      },
      name.element,
      users.element,
      element('label', { class: 'check' }, history, 'New members may read what was said before'),
      element('label', { class: 'check' }, invite, 'All members may add others'),
    ),
  );
}

/** Who has read a message of a group. */
export async function showReaders(model, talk, message) {
  const list = element('ul', { class: 'people' });
  const said = element('p', { class: 'hint', role: 'status' }, 'Loading…');
  open('Read by', said, list);
  try {
    const readers = (await model.readers(talk, message.msgId)).filter(({ user }) => user !== message.from);
    said.textContent = readers.length === 0 ? 'Nobody yet' : counted(readers.length, 'member', 'members');
    list.append(
      ...readers.map(({ user }) => element('li', {}, avatar({ user }, user), element('span', { class: 'person', dir: 'auto' }, user))),
    );
  } catch (error) {
    said.textContent = sentence(reason(error));
  }
}

/** A group's name, its members and what the user may do to them. */
export async function groupDetails(model, talk) {
  const { group } = talk.conversation;
  const said = element('p', { class: 'problem', role: 'alert' });
  const body = element('div', { class: 'details' });
  const dialog = open('Group details', said, body);

  // What the server tells may be a second behind, so that what is changed here is worked out here.
  let info;
  let members;

  const change = async (call, event, done) => {
    said.textContent = '';
    try {
      await model.changeGroup(talk, async () => ({ ...(await call()), event }));
    } catch (error) {
      said.textContent = sentence(reason(error));
      return;
    }
    if (done === 'close') {
      dialog.close();
      return;
    }
    info = { ...info, name: event.name ?? info.name };
    members = membersAfter(members, event);
    show();
    body.querySelector('h3').focus();
    announce(done);
  };

  const show = () => {
    const role = members.find(({ user }) => user === model.me)?.role ?? 'member';
    const context = { model, group, role, change };
    const isLeader = RANK[role] > 0;
    body.replaceChildren(
      isLeader ? nameForm(context, info) : element('p', { class: 'group-name', dir: 'auto' }, info.name),
      element('h3', { tabIndex: -1 }, counted(members.length, 'member', 'members')),
      element('ul', { class: 'people' }, ...[...members].sort(byRank).map((member) => memberLine(context, member))),
      ...(isLeader || info.invite === 'members' ? [addForm(context)] : []),
      role === 'owner'
        ? element(
            'button',
            {
              type: 'button',
              class: 'danger',
              on: { click: () => change(() => model.groups.dissolve(group), { action: 'dissolve' }, 'close') },
            },
            'End the group',
          )
        : element(
            'button',
            {
              type: 'button',
              class: 'danger',
              on: { click: () => change(() => model.groups.leave(group), { action: 'leave' }, 'close') },
            },
            'Leave the group',
          ),
    );
  };

  try {
    [info, members] = await Promise.all([model.groups.info(group, { limit: 1 }), model.groups.members(group)]);
    show();
  } catch (error) {
    said.textContent = sentence(reason(error));
  }
}

const RANK = { owner: 2, administrator: 1, member: 0 };
const byRank = (a, b) => RANK[b.role] - RANK[a.role] || a.user.length - b.user.length || (a.user < b.user ? -1 : 1);

function membersAfter(members, { action, users = [], role }) {
  switch (action) {
    case 'add':
      return [
        ...members,
        ...users.filter((user) => !members.some((member) => member.user === user)).map((user) => ({ user, role: 'member' })),
      ];
    case 'remove':
      return members.filter(({ user }) => !users.includes(user));
    case 'role':
      return members.map((member) => (users.includes(member.user) ? { ...member, role } : member));
    default:
      return members;
  }
}

function nameForm({ model, group, change }, info) {
  const name = field('Name', { required: true, maxLength: LONGEST_NAME, value: info.name, dir: 'auto' });
  const act = () => {
    const text = name.input.value.trim();
    return change(() => model.groups.update(group, { name: text }), { action: 'update', name: text }, 'The group has a new name');
  };
  return form('Rename', act, name.element);
}

function memberLine({ model, group, role, change }, member) {
  const { user } = member;
  const mayChange = RANK[role] > RANK[member.role];
  const to = member.role === 'member' ? 'administrator' : 'member';
  return element(
    'li',
    {},
    avatar({ user }, user),
    element('span', { class: 'person', dir: 'auto' }, user === model.me ? `${user} (you)` : user),
    member.role === 'member' ? null : element('span', { class: 'role' }, member.role),
    role === 'owner' && mayChange
      ? element(
          'button',
          {
            type: 'button',
            class: 'quiet',
            'aria-label': `Make ${to}: ${user}`,
            on: {
              click: () =>
                change(() => model.groups.role(group, [user], to), { action: 'role', users: [user], role: to }, `${user} is ${to} now`),
            },
          },
          to === 'member' ? 'Make member' : 'Make administrator',
        )
      : null,
    mayChange
      ? element(
          'button',
          {
            type: 'button',
            class: 'quiet',
            'aria-label': `Remove: ${user}`,
            on: {
              click: () => change(() => model.groups.remove(group, [user]), { action: 'remove', users: [user] }, `${user} is removed`),
            },
          },
          'Remove',
        )
      : null,
  );
}

function addForm({ model, group, change }) {
  const users = idsField('Add members', true, 'User ids, with commas or spaces between them.');
  const act = () => {
    const added = idsOf(users.input.value);
    return change(
      () => model.groups.add(group, added),
      { action: 'add', users: added, count: added.length },
      `${counted(added.length, 'member', 'members')} added`,
    );
  };
  return form('Add', act, users.element);
}
