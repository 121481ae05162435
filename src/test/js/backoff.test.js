import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { internals } from '../../main/resources/static/linbox.js';

const { Backoff, RequestIds } = internals;

test('pauses double up to the limit', () => {
  const backoff = new Backoff(100, 1_000, () => 0);

  assert.deepEqual(
    Array.from({ length: 6 }, () => backoff.next()),
    [100, 200, 400, 800, 1_000, 1_000],
  );
});

test('every pause is drawn from the upper half of its range', () => {
  const shortest = new Backoff(100, 1_000, () => 1 - Number.EPSILON);
  const any = new Backoff(100, 1_000);

  for (const whole of [100, 200, 400, 800, 1_000, 1_000]) {
    const [low, drawn] = [shortest.next(), any.next()];
    assert.ok(low >= whole / 2 && low < whole / 2 + 1, `${low} of ${whole}`);
    assert.ok(drawn > whole / 2 && drawn <= whole, `${drawn} of ${whole}`);
  }
});

test('many attempts never make a pause that is none', () => {
  const backoff = new Backoff(100, 1_000, () => 0);
  for (let i = 0; i < 5_000; i++) {
    backoff.next();
  }

  assert.equal(backoff.next(), 1_000);
});

test('after a reset pauses begin anew', () => {
  const backoff = new Backoff(100, 1_000, () => 0);
  backoff.next();
  backoff.next();
  backoff.reset();

  assert.equal(backoff.next(), 100);
});

test('request ids rise and are exact', () => {
  const ids = new RequestIds();
  let last = 0;
  for (let i = 0; i < 10_000; i++) {
    const id = ids.next();
    assert.ok(Number.isSafeInteger(id) && id > last, `${id} after ${last}`);
    last = id;
  }
});

test('request ids are exact until the next century', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2100, 0) });

  assert.ok(Number.isSafeInteger(new RequestIds().next()));
});

test('a page that is loaded again, or a second window, draws other request ids', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0) });
  const ids = new Set();
  // In one and the same second; a pair of windows agrees once in two million times.
  const windows = 20;
  for (let window = 0; window < windows; window++) {
    const of = new RequestIds();
    for (let i = 0; i < 100; i++) {
      ids.add(of.next());
    }
  }

  assert.ok(ids.size >= (windows - 1) * 100, `${ids.size} ids`);
});

test('a clock that is set back does not bring request ids back', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0) });
  const ids = new RequestIds();
  const before = ids.next();
  mock.method(Date, 'now', () => Date.UTC(2020, 0));
  t.after(() => mock.restoreAll());

  assert.ok(ids.next() > before);
});
