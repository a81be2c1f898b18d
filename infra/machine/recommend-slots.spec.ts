import { GIB } from '../../temporal/contract/units';
import { isLargeEnough, queuesText, recommendSlots } from './recommend-slots';

const machine = (cores: number, memoryGib: number, scratchGib = 500) => ({
  cores,
  memoryBytes: memoryGib * GIB,
  scratchBytes: scratchGib * GIB,
});

describe('recommendSlots', () => {
  it.each([
    [
      'two cores',
      machine(2, 24),
      'pipeline:20,split:2,notify:1,transcode-cpu:2,ingest:1,probe:1,audio:1,thumbnail:1,subtitle:1,speech:1,moderation:1,package:1,verify:1,drm:1,ts:1',
    ],
    [
      'sixteen cores',
      machine(16, 64),
      'pipeline:20,split:2,notify:1,transcode-cpu:16,ingest:8,probe:8,audio:4,thumbnail:4,subtitle:1,speech:1,moderation:1,package:2,verify:2,drm:4,ts:2',
    ],
    [
      'a quota of a core and a half',
      machine(1.5, 8),
      'pipeline:20,split:2,notify:1,transcode-cpu:1,ingest:1,probe:1,audio:1,thumbnail:1,subtitle:1,speech:1,moderation:1,package:1,verify:1,drm:1,ts:1',
    ],
    [
      'half a core',
      machine(0.5, 8),
      'pipeline:20,split:2,notify:1,transcode-cpu:1,ingest:1,probe:1,audio:1,thumbnail:1,subtitle:1,speech:1,moderation:1,package:1,verify:1,drm:1,ts:1',
    ],
  ])('%s', (_name, input, expected) => {
    expect(queuesText(recommendSlots(input))).toBe(expected);
  });

  it.each([
    ['cores', machine(8, 64), 8],
    ['memory', machine(8, 16), 2],
    ['memory', machine(8, 4), 1],
    ['disk', machine(8, 64, 3), 3],
    ['disk', machine(8, 64, 0.1), 1],
  ] as const)('bounds the encoders by %s (%#)', (bound, input, slots) => {
    const encoders = recommendSlots(input).find(({ queue }) => queue === 'transcode-cpu');
    expect(encoders?.bound).toBe(bound);
    expect(encoders?.slots).toBe(slots);
  });

  it('never gives the encoders less for more memory', () => {
    const slots = [4, 8, 16, 24, 32, 48, 64].map(
      (memoryGib) => recommendSlots(machine(8, memoryGib)).find(({ queue }) => queue === 'transcode-cpu')?.slots ?? 0,
    );
    expect(slots).toEqual([...slots].sort((a, b) => a - b));
    expect(slots.at(-1)).toBe(8);
  });

  it('leaves one slot to every queue of a machine with little disk', () => {
    expect(queuesText(recommendSlots(machine(16, 64, 0.5)))).toBe(
      'pipeline:20,split:2,notify:1,transcode-cpu:1,ingest:8,probe:1,audio:2,thumbnail:2,subtitle:1,speech:1,moderation:1,package:2,verify:2,drm:1,ts:1',
    );
  });
});

describe('isLargeEnough', () => {
  it.each([
    [machine(2, 24), true],
    [machine(2, 2), false],
    [machine(2, 24, 0.5), false],
  ])('%j: %s', (input, expected) => {
    expect(isLargeEnough(input)).toBe(expected);
  });
});

it('has a slot of its own queue for each GPU that the cores can feed, and takes its memory from the encoders of the CPU', () => {
  const machine = { cores: 16, memoryBytes: 64 * GIB, scratchBytes: 500 * GIB };
  const slotsOf = (gpus: number, cores = 16) =>
    new Map(recommendSlots({ ...machine, cores, gpus }).map(({ queue, slots }) => [queue, slots]));
  expect(slotsOf(0).has('transcode-gpu')).toBe(false);
  expect(slotsOf(2).get('transcode-gpu')).toBe(2);
  expect(slotsOf(8, 4).get('transcode-gpu')).toBe(2);
});
