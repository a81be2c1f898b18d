import { GIB } from '../../temporal/contract/units';
import { scalingLimits } from './scaling-limits';

it('grows to what the machine has room for, in the memory that the base worker leaves', () => {
  const machine = { cores: 8, memoryBytes: 64 * GIB, scratchBytes: 500 * GIB, gpus: 1 };
  const limits = scalingLimits(machine, {
    baseQueues: new Map([
      ['pipeline', 20],
      ['transcode-cpu', 1],
      ['package', 1],
    ]),
    quietMs: 60_000,
  });
  expect(limits.mostSlots).toEqual({
    ingest: 4,
    probe: 4,
    'transcode-cpu': 8,
    'transcode-gpu': 1,
    subtitle: 1,
    speech: 1,
    audio: 2,
    thumbnail: 2,
    moderation: 1,
    package: 1,
    verify: 1,
    drm: 2,
    ts: 1,
  });
  expect(limits.baseSlots).toEqual({
    ingest: 0,
    probe: 0,
    'transcode-cpu': 1,
    'transcode-gpu': 0,
    subtitle: 0,
    speech: 0,
    audio: 0,
    thumbnail: 0,
    moderation: 0,
    package: 1,
    verify: 0,
    drm: 0,
    ts: 0,
  });
  expect(limits.quietMs).toBe(60_000);
  expect(limits.memoryBytes).toBeLessThan(0.9 * 64 * GIB);
  const busier = scalingLimits(machine, { baseQueues: new Map([['transcode-cpu', 4]]), quietMs: 60_000 });
  expect(busier.memoryBytes).toBeLessThan(limits.memoryBytes);
});

it('leaves a machine that is too small to its base worker', () => {
  const { memoryBytes } = scalingLimits(
    { cores: 8, memoryBytes: GIB, scratchBytes: 500 * GIB },
    { baseQueues: new Map([['transcode-cpu', 1]]), quietMs: 1 },
  );
  expect(memoryBytes).toBeLessThan(0);
});
