import assert from 'node:assert/strict';
import { test } from 'node:test';
import { internals } from '../../main/resources/static/linbox.js';

const { Feed } = internals;
const group = { group: '7' };
const message = (msgId) => ({ conversation: group, msgId });

/** A server that has the messages from `from` to `to`, and what a feed makes of it. */
function model(from, to) {
  const out = [];
  const pulls = [];
  const feed = new Feed(group, 0);
  const take = ({ msgId }) => out.push(msgId);
  const close = () => {
    while (feed.hasGap) {
      const gap = feed.gap();
      pulls.push(gap);
      const first = Math.max(from, gap.after + 1);
      const last = Math.min(to, gap.upTo);
      if (gap.upTo - gap.after > Feed.PAGE) {
        if (first <= last) {
          feed.found(gap);
        } else {
          feed.pulled(gap, [], take);
        }
      } else {
        const found = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => message(first + i));
        feed.pulled(gap, found, take);
      }
    }
  };
  return { feed, out, pulls, take, close };
}

test('messages that come twice and out of order are handed on in order, each once', () => {
  let seed = 1;
  const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let run = 0; run < 200; run++) {
    const { feed, out, take, close } = model(1, 60);
    for (let i = 0; i < 120; i++) {
      const id = 1 + random(60);
      if (random(10) === 0) {
        close();
      }
      feed.pushed(message(id), take);
    }
    feed.reaches(60);
    close();

    assert.deepEqual(out, Array.from({ length: 60 }, (_, i) => i + 1), `run ${run}`);
  }
});

test("this client's own sends are passed over in their place", () => {
  const { feed, out, take, close } = model(1, 4);
  feed.ownStored(3, take);
  feed.pushed(message(4), take);
  close();

  assert.deepEqual(out, [1, 2, 4]);
});

test('a feed that does not know where it begins holds what comes', () => {
  const out = [];
  const take = ({ msgId }) => out.push(msgId);
  const feed = new Feed(group, null);
  feed.pushed(message(8), take);
  feed.pushed(message(9), take);
  assert.deepEqual(out, []);

  feed.startAt(20, take);

  assert.deepEqual(out, [8, 9]);
  assert.equal(feed.hasGap, false);
});

test('a million hidden messages are passed over in few steps', () => {
  const { feed, out, pulls, close } = model(1_000_001, 1_000_010);
  feed.reaches(1_000_010);
  close();

  assert.deepEqual(out, Array.from({ length: 10 }, (_, i) => 1_000_001 + i));
  assert.ok(pulls.length < 100, `${pulls.length} pulls`);
});

test('holds a bounded number of messages beyond a gap and pulls the others again', () => {
  const { feed, out, take, close } = model(1, 1_000);
  for (let id = 2; id <= 1_000; id++) {
    feed.pushed(message(id), take);
  }
  close();

  assert.deepEqual(out, Array.from({ length: 1_000 }, (_, i) => i + 1));
});
