import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { RightOfWay } from './right-of-way';

const never = new AbortController().signal;

it('lets pass what is under way, however it ends, and not what begins later', async () => {
  const way = new RightOfWay();
  await way.yield(never);
  const ends = new EventEmitter();
  const good = way.first(() => once(ends, 'good'));
  const bad = way.first(() => once(ends, 'bad'));
  let isClear = false;
  const clear = way.yield(never).then(() => (isClear = true));
  void way.first(() => new Promise(() => undefined));
  ends.emit('good', 'made');
  await setImmediate();
  expect(isClear).toBe(false);
  ends.emit('error', new Error('failed'));
  await clear;
  expect(await good).toEqual(['made']);
  await expect(bad).rejects.toThrow('failed');
});

it('does not wait when it is aborted', async () => {
  const way = new RightOfWay();
  void way.first(() => new Promise(() => undefined));
  const stop = new AbortController();
  const waits = way.yield(stop.signal);
  stop.abort(new Error('cancelled'));
  await expect(waits).rejects.toThrow('cancelled');
  await expect(way.yield(stop.signal)).rejects.toThrow('cancelled');
});
