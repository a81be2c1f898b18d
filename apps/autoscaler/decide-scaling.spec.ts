import { GIB } from '../../temporal/contract/units';
import {
  decideScaling,
  NOTHING_REMEMBERED,
  type QueueBacklog,
  type ScaledWorker,
  type ScalingAction,
  type ScalingLimits,
  type ScalingMemory,
} from './decide-scaling';

const LIMITS: ScalingLimits = {
  mostSlots: {
    ingest: 1,
    probe: 2,
    'transcode-cpu': 4,
    'transcode-gpu': 0,
    audio: 1,
    thumbnail: 1,
    subtitle: 1,
    speech: 1,
    moderation: 1,
    package: 2,
    verify: 2,
    drm: 0,
    ts: 1,
  },
  baseSlots: {
    ingest: 1,
    probe: 1,
    'transcode-cpu': 1,
    'transcode-gpu': 0,
    audio: 1,
    thumbnail: 1,
    subtitle: 1,
    speech: 1,
    moderation: 1,
    package: 1,
    verify: 1,
    drm: 0,
    ts: 1,
  },
  memoryBytes: 64 * GIB,
  quietMs: 60_000,
};
const NOW = 1_000_000;
const waiting = (queue: string, backlog = 5, backlogAgeMs = 10_000): QueueBacklog => ({ queue, backlog, backlogAgeMs });
const quiet = (queue: string): QueueBacklog => ({ queue, backlog: 0, backlogAgeMs: 0 });
const worker = (number: number, differences: Partial<ScaledWorker> = {}): ScaledWorker => ({
  name: `transcode-cpu-${number}`,
  queue: 'transcode-cpu',
  slots: 1,
  state: 'serving',
  servingSinceMs: NOW - 300_000,
  slotsUsed: 1,
  ...differences,
});
const START: ScalingAction = { kind: 'start', queue: 'transcode-cpu', slots: 1 };
const QUIET_LONG: ScalingMemory = { ...NOTHING_REMEMBERED, quietSinceMs: { 'transcode-cpu': NOW - 60_000 } };

function decide(queue: QueueBacklog, workers: ScaledWorker[] = [], memory = NOTHING_REMEMBERED, limits = LIMITS): ScalingAction[] {
  return decideScaling(limits, { nowMs: NOW, queues: [queue], workers }, memory).actions;
}

describe('a queue with a backlog', () => {
  const backlog = waiting('transcode-cpu');

  it.each<[string, QueueBacklog, ScaledWorker[], ScalingAction[]]>([
    ['gets a worker', backlog, [], [START]],
    ['that is only a moment old gets none', waiting('transcode-cpu', 5, 2_999), [], []],
    ['gets none while one starts', backlog, [worker(1, { state: 'starting', servingSinceMs: null, slotsUsed: null })], []],
    ['gets none while one drains', backlog, [worker(1, { state: 'draining' })], []],
    ['gets none right after one has begun to serve', backlog, [worker(1, { servingSinceMs: NOW - 9_999 })], []],
    ['gets a second one when the first has settled', backlog, [worker(1, { servingSinceMs: NOW - 10_000 })], [START]],
    ['gets none beyond the cores', backlog, [worker(1), worker(2), worker(3)], []],
    ['drains no worker, idle or not', backlog, [worker(1), worker(2), worker(3, { slotsUsed: 0 })], []],
  ])('%s', (_name, queue, workers, expected) => {
    expect(decide(queue, workers)).toEqual(expected);
  });

  it('gets none beyond the memory, and shares what there is with other queues', () => {
    const room = (bytes: number) => ({ ...LIMITS, memoryBytes: bytes });
    expect(decide(backlog, [], NOTHING_REMEMBERED, room(2.2 * GIB))).toEqual([START]);
    expect(decide(backlog, [worker(1)], NOTHING_REMEMBERED, room(2.2 * GIB))).toEqual([]);
    const both = { nowMs: NOW, queues: [backlog, waiting('verify')], workers: [] };
    expect(decideScaling(room(3 * GIB), both, NOTHING_REMEMBERED).actions).toEqual([START]);
    expect(decideScaling(room(8 * GIB), both, NOTHING_REMEMBERED).actions).toEqual([START, { kind: 'start', queue: 'verify', slots: 1 }]);
  });

  it('gets workers with several slots on a machine with many cores, but no more slots than tasks wait', () => {
    const many = { ...LIMITS, memoryBytes: 512 * GIB, mostSlots: { ...LIMITS.mostSlots, 'transcode-cpu': 64 } };
    expect(decide(waiting('transcode-cpu', 100), [], NOTHING_REMEMBERED, many)).toEqual([{ ...START, slots: 8 }]);
    expect(decide(waiting('transcode-cpu', 3), [], NOTHING_REMEMBERED, many)).toEqual([{ ...START, slots: 3 }]);
    expect(decide(waiting('transcode-cpu', 100), [worker(1, { slots: 60 })], NOTHING_REMEMBERED, many)).toEqual([{ ...START, slots: 3 }]);
  });

  it('gets none for a while after a worker failed', () => {
    expect(decide(backlog, [], { ...NOTHING_REMEMBERED, failedAtMs: { 'transcode-cpu': NOW - 29_999 } })).toEqual([]);
    expect(decide(backlog, [], { ...NOTHING_REMEMBERED, failedAtMs: { 'transcode-cpu': NOW - 30_000 } })).toEqual([START]);
  });

  it('is forgotten to have been quiet', () => {
    const { memory } = decideScaling(LIMITS, { nowMs: NOW, queues: [backlog], workers: [] }, QUIET_LONG);
    expect(memory.quietSinceMs).toEqual({});
  });

  it.each(['pipeline', 'split', 'notify'])('that does not scale (%s) gets none', (queue) => {
    expect(decide(waiting(queue))).toEqual([]);
  });
});

describe('a quiet queue', () => {
  const none = quiet('transcode-cpu');

  it.each<[string, ScaledWorker[], ScalingMemory, string[]]>([
    ['drains the newest idle worker', [worker(1, { slotsUsed: 0 }), worker(2, { slotsUsed: 0 })], QUIET_LONG, ['transcode-cpu-2']],
    ['leaves busy workers alone', [worker(1, { slotsUsed: 0 }), worker(2)], QUIET_LONG, ['transcode-cpu-1']],
    ['leaves workers alone of which nothing is known', [worker(1, { slotsUsed: null })], QUIET_LONG, []],
    ['drains one at a time', [worker(1, { slotsUsed: 0 }), worker(2, { state: 'draining', slotsUsed: 0 })], QUIET_LONG, []],
    ['keeps a worker that serves for a short time only', [worker(1, { slotsUsed: 0, servingSinceMs: NOW - 59_999 })], QUIET_LONG, []],
    ['that was not quiet before keeps its workers', [worker(1, { slotsUsed: 0 })], NOTHING_REMEMBERED, []],
    ['never touches the base worker', [], QUIET_LONG, []],
  ])('%s', (_name, workers, memory, drained) => {
    expect(decide(none, workers, memory)).toEqual(drained.map((name) => ({ kind: 'drain', name })));
  });

  it('remembers since when', () => {
    const look = (nowMs: number) => ({ nowMs, queues: [none], workers: [] });
    const first = decideScaling(LIMITS, look(NOW), NOTHING_REMEMBERED).memory;
    expect(first.quietSinceMs).toEqual({ 'transcode-cpu': NOW });
    expect(decideScaling(LIMITS, look(NOW + 5_000), first).memory).toEqual(first);
  });
});

it('does not flap: a backlog that comes and goes every other look starts one worker and drains none', () => {
  let memory = NOTHING_REMEMBERED;
  let workers: ScaledWorker[] = [];
  const actions: ScalingAction[] = [];
  for (let look = 0; look < 200; look++) {
    const nowMs = NOW + look * 2_000;
    const queue = look % 2 === 0 ? waiting('transcode-cpu', 1, 4_000) : quiet('transcode-cpu');
    const decided = decideScaling(
      { ...LIMITS, mostSlots: { ...LIMITS.mostSlots, 'transcode-cpu': 2 } },
      { nowMs, queues: [queue], workers },
      memory,
    );
    memory = decided.memory;
    actions.push(...decided.actions);
    if (decided.actions.length > 0) workers = [worker(1, { servingSinceMs: nowMs, slotsUsed: 0 })];
  }
  expect(actions).toEqual([START]);
});
