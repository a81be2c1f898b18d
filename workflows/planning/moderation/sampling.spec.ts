import fc from 'fast-check';
import { planGrid } from '../timeline/segment-grid';
import { frameTimeMs, sampleBatches, samplingStep } from './sampling';

const NTSC = { num: 30000, den: 1001 };

it('takes a frame a second of a clip, the first one among them, in runs of whole segments', () => {
  const grid = planGrid(NTSC, 400);
  expect(sampleBatches(grid)).toEqual([
    { firstSegment: 0, endSegment: 3, startFrame: 0, sampledFrames: [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360, 390] },
  ]);
  expect(frameTimeMs(grid, 390)).toBe(13_013);
});

it.each([
  ['an hour', 3600, 30],
  ['an hour and a second', 3601, 31],
  ['four hours', 4 * 3600, 120],
  ['a single frame', 1 / 30, 30],
])('samples %s every so many frames', (_what, seconds, step) => {
  expect(samplingStep(planGrid({ num: 30, den: 1 }, Math.round(seconds * 30)))).toBe(step);
});

it('takes each sample of any title once, in the batch that has it, and never more than an hour of them', () => {
  const rate = fc.constantFrom(
    { num: 24000, den: 1001 },
    { num: 25, den: 1 },
    NTSC,
    { num: 60, den: 1 },
    { num: 1, den: 10 },
    { num: 120, den: 1 },
  );
  fc.assert(
    fc.property(rate, fc.integer({ min: 1, max: 2_000_000 }), (frameRate, frameCount) => {
      const grid = planGrid(frameRate, frameCount);
      const step = samplingStep(grid);
      const batches = sampleBatches(grid);
      const all = batches.flatMap(({ sampledFrames }) => sampledFrames);
      expect(all.length).toBe(Math.ceil(frameCount / step));
      expect(all.length).toBeLessThanOrEqual(3600);
      expect(all.every((frame, index) => frame === index * step)).toBe(true);
      for (const { firstSegment, endSegment, startFrame, sampledFrames } of batches) {
        expect(startFrame).toBe(firstSegment * grid.framesPerSegment);
        expect(sampledFrames[0]).toBeGreaterThanOrEqual(startFrame);
        expect(sampledFrames.at(-1)).toBeLessThan(endSegment * grid.framesPerSegment);
        expect(sampledFrames.length).toBeLessThanOrEqual(61);
      }
    }),
    { numRuns: 40 },
  );
});
