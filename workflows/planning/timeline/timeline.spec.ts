import fc from 'fast-check';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { analyseTimeline, slotOfPts } from './timeline';

const MILLISECONDS: Fraction = { num: 1, den: 1000 };

describe('analyseTimeline', () => {
  it('reads a constant source in decode order', () => {
    const ptsTicks = [0, 2048, 1024, 512, 1536].map((pts) => pts + 900);
    const timeline = analyseTimeline({ ptsTicks, lastDurationTicks: 512, timebase: { num: 1, den: 12_288 } });
    expect(timeline).toEqual({
      frameCount: 5,
      firstPts: 900,
      frameRate: { num: 24, den: 1 },
      cadence: 'constant',
      gapCount: 0,
      duplicateCount: 0,
    });
  });

  it.each([
    ['12.5 fps', { frameCount: 377, step: 2000, ticks: 25_000 }, { num: 25, den: 2 }],
    ['179/6 fps', { frameCount: 1189, step: 384, ticks: 11_456 }, { num: 179, den: 6 }],
    ['NTSC in MPEG-TS', { frameCount: 900, step: 3003, ticks: 90_000 }, { num: 30000, den: 1001 }],
    ['an off-standard camera over an hour', { frameCount: 107_928, step: 50, ticks: 1499 }, { num: 1499, den: 50 }],
  ])('keeps %s', (_, { frameCount, step, ticks }, frameRate) => {
    const ptsTicks = Array.from({ length: frameCount }, (__, frame) => frame * step);
    const timeline = analyseTimeline({ ptsTicks, lastDurationTicks: step, timebase: { num: 1, den: ticks } });
    expect(timeline).toEqual({ frameCount, firstPts: 0, frameRate, cadence: 'constant', gapCount: 0, duplicateCount: 0 });
  });

  it('sees a constant rate through timestamps rounded or cut to milliseconds', () => {
    const rates = [
      { num: 24000, den: 1001 },
      { num: 25, den: 1 },
      { num: 30000, den: 1001 },
      { num: 50, den: 1 },
      { num: 60000, den: 1001 },
      { num: 120, den: 1 },
      { num: 25, den: 2 },
    ];
    for (const rate of rates) {
      for (const round of [Math.round, Math.floor]) {
        const ptsTicks = Array.from({ length: 4000 }, (_, frame) => 37 + round((frame * rate.den * 1000) / rate.num));
        const timeline = analyseTimeline({ ptsTicks, lastDurationTicks: 0, timebase: MILLISECONDS });
        expect(timeline).toEqual({ frameCount: 4000, firstPts: 37, frameRate: rate, cadence: 'constant', gapCount: 0, duplicateCount: 0 });
      }
    }
  });

  it('calls a lost frame a variable cadence and covers the whole content', () => {
    const ptsTicks = Array.from({ length: 100 }, (_, frame) => (frame < 50 ? frame : frame + 1) * 40);
    expect(analyseTimeline({ ptsTicks, lastDurationTicks: 40, timebase: MILLISECONDS })).toEqual({
      frameCount: 101,
      firstPts: 0,
      frameRate: { num: 25, den: 1 },
      cadence: 'variable',
      gapCount: 1,
      duplicateCount: 0,
    });
  });

  it('gives one frame the rate of its duration', () => {
    const timeline = analyseTimeline({ ptsTicks: [7], lastDurationTicks: 512, timebase: { num: 1, den: 12_288 } });
    expect(timeline).toEqual({
      frameCount: 1,
      firstPts: 7,
      frameRate: { num: 24, den: 1 },
      cadence: 'constant',
      gapCount: 0,
      duplicateCount: 0,
    });
    expect(analyseTimeline({ ptsTicks: [7], lastDurationTicks: 0, timebase: MILLISECONDS }).frameRate).toEqual({ num: 25, den: 1 });
  });

  it('refuses an empty list', () => {
    expect(() => analyseTimeline({ ptsTicks: [], lastDurationTicks: 0, timebase: MILLISECONDS })).toThrow(RangeError);
  });

  it('gives every frame of any source a slot, and the last frame its time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        const ptsTicks = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [1000]);
        const timeline = analyseTimeline({ ptsTicks, lastDurationTicks: 40, timebase: MILLISECONDS });
        const grid = { timebase: MILLISECONDS, frameRate: timeline.frameRate };
        const lastSlot = timeline.cadence === 'constant' ? ptsTicks.length - 1 : slotOfPts(ptsTicks.at(-1) ?? 0, 1000, grid);
        expect(lastSlot).toBeLessThan(timeline.frameCount);
      }),
    );
  });
});
