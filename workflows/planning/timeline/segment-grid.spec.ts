import fc from 'fast-check';
import { planGrid, segmentRange, SEGMENT_SECONDS, SHORTEST_LAST_SECONDS } from './segment-grid';

describe('planGrid', () => {
  it.each([
    [{ num: 24000, den: 1001 }, 972, { framesPerSegment: 144, segmentCount: 7 }],
    [{ num: 25, den: 2 }, 382, { framesPerSegment: 75, segmentCount: 6 }],
    [{ num: 179, den: 6 }, 1189, { framesPerSegment: 179, segmentCount: 7 }],
    [{ num: 60000, den: 1001 }, 1, { framesPerSegment: 360, segmentCount: 1 }],
    [{ num: 1, den: 10 }, 5, { framesPerSegment: 1, segmentCount: 5 }],
  ])('at %j, %d frames', (frameRate, frameCount, expected) => {
    expect(planGrid(frameRate, frameCount)).toEqual({ frameRate, frameCount, ...expected });
  });

  it.each([
    ['90.04 s at 24 fps: 15 segments of 144 frames would leave one frame', { num: 24, den: 1 }, 2161, [145, 15, 131]],
    ['12 frames are enough', { num: 24, den: 1 }, 2172, [144, 16, 12]],
    ['11 frames are not', { num: 24, den: 1 }, 2171, [145, 15, 141]],
    ['a frame more than a segment makes it longer', { num: 25, den: 1 }, 151, [151, 1, 151]],
    ['6.4 s: a shorter one is nearer', { num: 25, den: 1 }, 160, [147, 2, 13]],
  ])('leaves no short last segment: %s', (_, frameRate, frameCount, expected) => {
    const grid = planGrid(frameRate, frameCount);
    const { startFrame, endFrame } = segmentRange(grid, grid.segmentCount - 1);
    expect([grid.framesPerSegment, grid.segmentCount, endFrame - startFrame]).toEqual(expected);
  });

  it('tiles any title with segments about as long as asked for, none too short', () => {
    const frameRate = fc.oneof(
      fc.constantFrom({ num: 24000, den: 1001 }, { num: 30000, den: 1001 }, { num: 60000, den: 1001 }, { num: 25, den: 2 }),
      fc.record({ num: fc.integer({ min: 1, max: 240_000 }), den: fc.integer({ min: 1, max: 1001 }) }),
    );
    fc.assert(
      fc.property(frameRate, fc.integer({ min: 1, max: 1_000_000 }), (rate, frameCount) => {
        const grid = planGrid(rate, frameCount);
        const frameSeconds = rate.den / rate.num;
        const last = segmentRange(grid, grid.segmentCount - 1);
        expect((grid.segmentCount - 1) * grid.framesPerSegment).toBe(last.startFrame);
        expect(last.endFrame).toBe(frameCount);
        expect(last.endFrame).toBeGreaterThan(last.startFrame);
        const isLongEnough =
          (last.endFrame - last.startFrame) * frameSeconds >= Math.min(SHORTEST_LAST_SECONDS, grid.framesPerSegment * frameSeconds);
        expect(isLongEnough || grid.segmentCount === 1).toBe(true);
        expect(Math.abs(grid.framesPerSegment * frameSeconds - SEGMENT_SECONDS)).toBeLessThan(SHORTEST_LAST_SECONDS + frameSeconds);
      }),
    );
  });

  it('refuses a segment outside of it', () => {
    const grid = planGrid({ num: 25, den: 1 }, 300);
    expect(segmentRange(grid, 1)).toEqual({ startFrame: 150, endFrame: 300 });
    expect(() => segmentRange(grid, 2)).toThrow(RangeError);
  });

  it('leaves a recorded grid with a short last segment as it was planned', () => {
    const grid = { frameRate: { num: 24, den: 1 }, frameCount: 2161, framesPerSegment: 144, segmentCount: 16 };
    expect(segmentRange(grid, 15)).toEqual({ startFrame: 2160, endFrame: 2161 });
  });
});
