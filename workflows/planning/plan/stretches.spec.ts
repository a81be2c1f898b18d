import type { ChunkPlan } from '../../../temporal/contract/media/plan';
import { cutFor, stretchesOf, stretchWith } from './stretches';

/** Ten segments of 150 frames and one of 60. */
const grid = { frameRate: { num: 25, den: 1 }, frameCount: 1_560, framesPerSegment: 150, segmentCount: 11 };
const segmentSeeksUs = Array.from({ length: 11 }, (_, segment) => segment * 6_000_000);
const plan = { grid, segmentSeeksUs };
const chunk: ChunkPlan = { index: 3, startFrame: 300, endFrame: 1_560, seekUs: 12_000_000 };
const ranges = (stretches: readonly ChunkPlan[]) => stretches.map(({ startFrame, endFrame }) => [startFrame, endFrame]);

it.each([
  ['nothing', [], [[300, 1560]]],
  [
    'one in the middle',
    [4],
    [
      [300, 600],
      [600, 750],
      [750, 1560],
    ],
  ],
  [
    'neighbours, in any order',
    [5, 4],
    [
      [300, 600],
      [600, 750],
      [750, 900],
      [900, 1560],
    ],
  ],
  [
    'the first',
    [2],
    [
      [300, 450],
      [450, 1560],
    ],
  ],
  [
    'the last',
    [10],
    [
      [300, 1500],
      [1500, 1560],
    ],
  ],
  ['segments of other chunks', [0, 11, 40], [[300, 1560]]],
] as const)('cuts %s out of a chunk', (_, cuts, expected) => {
  expect(ranges(stretchesOf(plan, chunk, cuts))).toEqual(expected);
});

it('seeks to the start of every stretch, and keeps the number of the chunk', () => {
  expect(stretchesOf(plan, chunk, [4]).map(({ index, seekUs }) => [index, seekUs])).toEqual([
    [3, 12_000_000],
    [3, 24_000_000],
    [3, 30_000_000],
  ]);
});

it('cuts nothing off that is too short for an encoder', () => {
  const short = { ...plan, grid: { ...grid, frameCount: 1_515 } };
  expect(ranges(stretchesOf(short, { ...chunk, endFrame: 1_515 }, [9, 10]))).toEqual([
    [300, 1350],
    [1350, 1515],
  ]);
  const tiny = { grid: { ...grid, framesPerSegment: 10, segmentCount: 156 }, segmentSeeksUs: Array.from({ length: 156 }, () => 1) };
  expect(stretchesOf(tiny, chunk, [50])).toEqual([chunk]);
});

it('cuts nothing where the plan has no seek, as behind the last picture', () => {
  expect(stretchesOf({ grid }, chunk, [4])).toEqual([chunk]);
  expect(ranges(stretchesOf({ grid, segmentSeeksUs: segmentSeeksUs.slice(0, 5) }, chunk, [4]))).toEqual([
    [300, 600],
    [600, 1560],
  ]);
});

it('keeps the last picture only for a stretch that begins behind it', () => {
  const held = stretchesOf(plan, { ...chunk, heldSlot: 290 }, [4]);
  expect(held.map(({ heldSlot }) => heldSlot)).toEqual([290, undefined, undefined]);
});

it('finds the stretch of a segment, the same whatever else is cut', () => {
  const of = (segment: number, cuts: readonly number[]) => stretchWith(plan, chunk, { segment, cuts });
  expect(of(4, [4])).toEqual(of(4, [3, 4, 5, 9]));
  expect(of(6, [4])).toMatchObject({ startFrame: 750, endFrame: 1560 });
  expect(of(1, [4])).toBeUndefined();
});

it.each([
  ['a segment', plan, 6, 6],
  ['the first one of the chunk', plan, 2, 2],
  ['one behind the last picture', { grid, segmentSeeksUs: segmentSeeksUs.slice(0, 5) }, 8, 4],
  ['one of a chunk behind the last picture', { grid, segmentSeeksUs: [] }, 8, 2],
] as const)('cuts so that %s is in the stretch', (_, { grid: ofGrid, segmentSeeksUs: seeks }, segment, expected) => {
  const cutting = { grid: ofGrid, segmentSeeksUs: [...seeks] };
  expect(cutFor(cutting, chunk, segment)).toBe(expected);
  const alone = stretchWith(cutting, chunk, { segment, cuts: [expected] });
  expect(stretchWith(cutting, chunk, { segment, cuts: [expected, 3, cutFor(cutting, chunk, 10)] })).toEqual(alone);
  expect(alone).toBeDefined();
});
