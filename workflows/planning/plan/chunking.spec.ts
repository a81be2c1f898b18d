import fc from 'fast-check';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { firstSegmentOf, planGrid } from '../timeline/segment-grid';
import { planChunks } from './chunking';
import { busyUntil } from './busy-until';

const HOUR_SECONDS = 3600;
const noSeek = () => ({ seekUs: 0, prerollFrames: 0 });

function chunksOf(frameRate: Fraction, seconds: number, transcodeSlots: number, opensEarly = false) {
  const grid = planGrid(frameRate, Math.round((seconds * frameRate.num) / frameRate.den));
  return { grid, chunks: planChunks({ grid, transcodeSlots, seekOfFrame: noSeek, opensEarly }) };
}

describe('planChunks', () => {
  it('carries the seek of each first frame', () => {
    const grid = planGrid({ num: 25, den: 1 }, 800);
    expect(planChunks({ grid, transcodeSlots: 2, seekOfFrame: (frame) => ({ seekUs: frame * 40_000, prerollFrames: 0 }) })).toEqual([
      { index: 0, startFrame: 0, endFrame: 300, seekUs: 0 },
      { index: 1, startFrame: 300, endFrame: 600, seekUs: 12_000_000 },
      { index: 2, startFrame: 600, endFrame: 800, seekUs: 24_000_000 },
    ]);
  });

  it.each([
    ['30 s on two slots: the longer one first', 30, 2, [18, 12]],
    ['31 s on eight slots: every slot works', 31, 8, [6, 6, 6, 6, 6, 1]],
    ['a rest of a few frames joins the chunk before it', 30.4, 8, [5.96, 5.96, 5.96, 5.96, 6.56]],
    ['10 s', 10, 8, [10]],
    ['a minute on three slots: small chunks before an even share', 60, 3, [12, 12, 12, 12, 12]],
    [
      'ten minutes on sixteen slots: three chunks a slot',
      600,
      16,
      [...Array.from({ length: 4 }, () => 18), ...Array.from({ length: 44 }, () => 12)],
    ],
    ['two minutes on two slots: four chunks a slot', 120, 2, [18, 18, 18, 18, 12, 12, 12, 12]],
    ['ten minutes on one slot: no chunk over a minute', 600, 1, Array.from({ length: 10 }, () => 60)],
  ])('%s', (_, seconds, slots, expected) => {
    const { chunks } = chunksOf({ num: 25, den: 1 }, seconds, slots);
    expect(chunks.map(({ startFrame, endFrame }) => (endFrame - startFrame) / 25)).toEqual(expected);
  });

  it.each([
    ['10 s: a second start of the encoders would cost too much', 10, 2, [10]],
    ['30 s on two slots: one chunk more', 30, 2, [6, 12, 12]],
    ['30 s on one slot', 30, 1, [6, 6, 18]],
    ['31 s on eight slots: chunks of a segment already', 31, 8, [6, 6, 6, 6, 6, 1]],
    ['a minute on two slots', 60, 2, [6, 6, 12, 12, 12, 12]],
    ['two minutes on two slots', 120, 2, [6, 6, 12, 18, 18, 12, 12, 12, 12, 12]],
    ['ten minutes on one slot', 600, 1, [6, 6, 12, 24, 48, 60, 60, 60, 54, 54, 54, 54, 54, 54]],
  ])('begins a title that opens early with short chunks: %s', (_, seconds, slots, expected) => {
    const { chunks } = chunksOf({ num: 25, den: 1 }, seconds, slots, true);
    expect(chunks.map(({ startFrame, endFrame }) => (endFrame - startFrame) / 25)).toEqual(expected);
  });

  it('keeps a film of four hours under 500 chunks however many slots there are', () => {
    expect(chunksOf({ num: 24000, den: 1001 }, 4 * HOUR_SECONDS, 2).chunks).toHaveLength(240);
    expect(chunksOf({ num: 24000, den: 1001 }, 4 * HOUR_SECONDS, 1000).chunks).toHaveLength(500);
    expect(chunksOf({ num: 60, den: 1 }, 12 * HOUR_SECONDS, 2).chunks).toHaveLength(500);
    expect(chunksOf({ num: 24000, den: 1001 }, 4 * HOUR_SECONDS, 1000, true).chunks.length).toBeLessThanOrEqual(500);
    expect(chunksOf({ num: 60, den: 1 }, 12 * HOUR_SECONDS, 2, true).chunks.length).toBeLessThanOrEqual(500);
  });

  it.each([1, 2, 3, 4, 16, 64, 200])('begins a film of two hours with a segment and keeps %d slots busy as long', (slots) => {
    const busy = ({ chunks }: ReturnType<typeof chunksOf>) =>
      busyUntil(
        chunks.map(({ startFrame, endFrame }) => endFrame - startFrame),
        slots,
      );
    const rate = { num: 24000, den: 1001 };
    const early = chunksOf(rate, 2 * HOUR_SECONDS, slots, true);
    const usual = chunksOf(rate, 2 * HOUR_SECONDS, slots);
    expect(early.chunks.slice(0, 2).map(({ endFrame }) => endFrame)).toEqual([144, 288]);
    expect(busy(early) / busy(usual)).toBeLessThan(1.03);
  });

  it.each([
    [1, 120],
    [4, 120],
    [16, 128],
    [64, 256],
  ])('keeps %d slots busy to the end of a film of two hours with %d chunks', (slots, chunkCount) => {
    const { chunks } = chunksOf({ num: 24000, den: 1001 }, 2 * HOUR_SECONDS, slots);
    expect(chunks).toHaveLength(chunkCount);
    const lengths = chunks.map(({ startFrame, endFrame }) => endFrame - startFrame);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    expect(total / slots / busyUntil(lengths, slots)).toBeGreaterThan(0.98);
  });

  it.each([
    ['the longer chunks come last where the key frames ask for it', 60, 2, [12, 24, 42], [12, 12, 18, 18]],
    [
      'not where a slot would be done later',
      600,
      16,
      [12, 24, 36, 48],
      [...Array.from({ length: 4 }, () => 18), ...Array.from({ length: 44 }, () => 12)],
    ],
  ])('of a source with few key frames: %s', (_, seconds, transcodeSlots, keySeconds, expected) => {
    const grid = planGrid({ num: 25, den: 1 }, seconds * 25);
    const keyBefore = (frame: number) => Math.max(0, ...keySeconds.map((key) => key * 25).filter((key) => key <= frame));
    const seekOfFrame = (frame: number) => ({ seekUs: 0, prerollFrames: Math.min(250, frame - keyBefore(frame)) });
    const chunks = planChunks({ grid, transcodeSlots, seekOfFrame });
    expect(chunks.map(({ startFrame, endFrame }) => (endFrame - startFrame) / 25)).toEqual(expected);
  });

  it('tiles any source with whole segments, no gap and no overlap', () => {
    const frameRate = fc.oneof(
      fc.constantFrom({ num: 24000, den: 1001 }, { num: 30000, den: 1001 }, { num: 60000, den: 1001 }, { num: 25, den: 2 }),
      fc.record({ num: fc.integer({ min: 1, max: 240_000 }), den: fc.integer({ min: 1, max: 1001 }) }),
    );
    const slots = fc.integer({ min: 0, max: 64 });
    const gopFrames = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(
        frameRate,
        fc.integer({ min: 1, max: 100_000 }),
        slots,
        gopFrames,
        fc.boolean(),
        (rate, frameCount, transcodeSlots, gop, opensEarly) => {
          const grid = planGrid(rate, frameCount);
          const chunks = planChunks({
            grid,
            transcodeSlots,
            seekOfFrame: (frame) => ({ seekUs: 0, prerollFrames: frame % gop }),
            opensEarly,
          });
          expect(chunks.length).toBeLessThanOrEqual(500);
          expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, index) => index));
          const edges = [0, ...chunks.map(({ endFrame }) => endFrame)];
          expect(chunks.map(({ startFrame }) => startFrame)).toEqual(edges.slice(0, -1));
          expect(edges.at(-1)).toBe(frameCount);
          for (const chunk of chunks) {
            expect(Number.isInteger(firstSegmentOf(grid, chunk))).toBe(true);
            expect(chunk.endFrame).toBeGreaterThan(chunk.startFrame);
            if (chunks.length > 1) expect(chunk.endFrame - chunk.startFrame).toBeGreaterThanOrEqual(Math.min(16, grid.framesPerSegment));
          }
        },
      ),
    );
  });
});
