import fc from 'fast-check';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { analyseTimeline, countDroppedFrames, slotOfPts } from './timeline';

const MILLISECONDS: Fraction = { num: 1, den: 1000 };
const MPEG: Fraction = { num: 1, den: 90_000 };
const PAL: Fraction = { num: 25, den: 1 };
const SIXTY: Fraction = { num: 60, den: 1 };

/** Timestamps of the kept frames of a source, rounded as the container does. */
function times(rate: Fraction, timebase: Fraction, keep: (frame: number) => boolean, frameCount = 600): number[] {
  const frames = Array.from({ length: frameCount }, (_, frame) => frame).filter(keep);
  return frames.map((frame) => Math.round((frame * rate.den * timebase.den) / (rate.num * timebase.num)));
}

function judged(pts: readonly number[], timebase: Fraction) {
  const timeline = analyseTimeline({ ptsTicks: pts, lastDurationTicks: 0, timebase });
  return { rate: timeline.frameRate, dropped: countDroppedFrames(pts, timeline, timebase) };
}

describe('the grid of a source with holes', () => {
  const holes: [string, (frame: number) => boolean][] = [
    ['a pause', (frame) => frame < 200 || frame > 440],
    ['a pause near the start', (frame) => frame < 10 || frame > 300],
    ['every ninth frame lost', (frame) => frame % 9 !== 4],
    ['every third frame lost', (frame) => frame % 3 !== 1],
    ['a still before the end', (frame) => frame < 50 || frame > 590],
    ['stills, bursts and single frames', (frame) => frame < 100 || (frame < 300 && frame % 3 === 0) || (frame > 400 && frame % 2 === 0)],
  ];
  const rates = [{ num: 24000, den: 1001 }, PAL, { num: 30000, den: 1001 }, { num: 30, den: 1 }, { num: 50, den: 1 }, SIXTY];

  it.each(holes)('has the rate of its steps, and a slot for every frame: %s', (_, keep) => {
    for (const rate of rates) {
      for (const timebase of [MILLISECONDS, MPEG, { num: 1, den: 15_360 }]) {
        expect(judged(times(rate, timebase, keep), timebase)).toEqual({ rate, dropped: 0 });
      }
    }
  });

  it('is not moved by a pause that is no whole number of steps', () => {
    const pts = times(SIXTY, MPEG, () => true, 240).map((value, index) => (index < 120 ? value : value + 4 * 90_000 + 620));
    expect(judged(pts, MPEG)).toEqual({ rate: SIXTY, dropped: 0 });
    const slow = times({ num: 10, den: 1 }, MPEG, () => true, 40).map((value, index) => (index < 20 ? value : value + 123_456));
    expect(judged(slow, MPEG)).toEqual({ rate: { num: 10, den: 1 }, dropped: 0 });
  });

  it('is that of the usual step above 60, too, but not of a burst', () => {
    const rate = { num: 120, den: 1 };
    expect(
      judged(
        times(rate, MPEG, (frame) => frame < 300 || frame > 400),
        MPEG,
      ),
    ).toEqual({ rate, dropped: 0 });
    expect(
      judged(
        times(rate, MPEG, (frame) => frame < 70 || frame % 4 === 0),
        MPEG,
      ).rate,
    ).toEqual({ num: 30, den: 1 });
  });

  it('counts every frame without a slot', () => {
    const pts = times({ num: 120, den: 1 }, MPEG, (frame) => frame < 60 || frame % 4 === 0);
    const timeline = analyseTimeline({ ptsTicks: pts, lastDurationTicks: 0, timebase: MPEG });
    const slots = pts.map((value) => slotOfPts(value, 0, { timebase: MPEG, frameRate: timeline.frameRate }));
    expect(countDroppedFrames(pts, timeline, MPEG)).toBe(slots.filter((slot, index) => slot === slots[index + 1]).length);
    expect(countDroppedFrames(pts, timeline, MPEG)).toBeGreaterThan(40);
  });

  it('does not count what shares its time with another frame, nor follow times that are next to nothing', () => {
    const pairs = Array.from({ length: 100 }, (_, pair) => [pair * 40, pair * 40 + 1]).flat();
    expect(judged(pairs, MILLISECONDS)).toEqual({ rate: SIXTY, dropped: 100 });
    expect(judged([0, 40, 40, 80, 120], MILLISECONDS)).toEqual({ rate: PAL, dropped: 0 });
    expect(judged([7, 7], MILLISECONDS)).toEqual({ rate: PAL, dropped: 0 });
  });

  it('shows every frame that lasts at least a slot', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 200 }), (gaps) => {
        const pts = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [1000]);
        const { frameRate, firstPts } = analyseTimeline({ ptsTicks: pts, lastDurationTicks: 40, timebase: MILLISECONDS });
        const slot = (value: number) => slotOfPts(value, firstPts, { timebase: MILLISECONDS, frameRate });
        for (const [index, gap] of gaps.entries()) {
          const lastsASlot = gap * frameRate.num >= 1000 * frameRate.den;
          if (lastsASlot) expect(slot(pts[index + 1] as number)).toBeGreaterThan(slot(pts[index] as number));
        }
      }),
    );
  });
});

describe('a source whose frames are all there and do not come evenly', () => {
  const FILM: Fraction = { num: 24000, den: 1001 };
  /** 3:2 pulldown: frames last three and two fields of 59.94 in turn (ISO/IEC 13818-2, `repeat_first_field`). */
  const pulldown = (frames: number, first: 2 | 3) =>
    Array.from({ length: frames }, (_, frame) => Math.round((Math.floor(frame / 2) * 5 + (frame % 2) * first) * 1501.5));

  it.each([24, 192, 193, 20_000])('has a slot for each of %i frames of a film with pulldown', (frames) => {
    for (const first of [2, 3] as const) expect(judged(pulldown(frames, first), MPEG)).toEqual({ rate: FILM, dropped: 0 });
  });

  it.each([PAL, { num: 50, den: 1 }])('keeps the rate of jittered frames: %j', (rate) => {
    const slotMs = (1000 * rate.den) / rate.num;
    const pts = Array.from({ length: 400 }, (_, frame) => Math.round((frame + 0.2 * Math.sin(frame * frame)) * slotMs));
    expect(judged(pts, MILLISECONDS)).toEqual({ rate, dropped: 0 });
  });

  it.each([1, -1, 2])('keeps the rate of a source whose first frame alone is off by %i ms', (offMs) => {
    const pts = Array.from({ length: 50 }, (_, frame) => frame * 40 + (frame === 0 ? offMs : 0));
    expect(judged(pts, MILLISECONDS)).toEqual({ rate: PAL, dropped: 0 });
  });

  it('loses no frame to jitter, and is as long as the source', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 50, maxLength: 400 }), (jitter) => {
        const pts = jitter.map((share, frame) => Math.round((frame + share) * 40));
        const { rate, dropped } = judged(pts, MILLISECONDS);
        expect(dropped).toBe(0);
        expect(Math.abs(rate.num / rate.den / 25 - 1)).toBeLessThan(0.5 / pts.length);
      }),
    );
  });

  it('keeps every frame where the average is exact and no standard rate', () => {
    const pts = Array.from({ length: 100 }, (_, frame) => frame * 80 + (frame % 2) * 10);
    expect(judged(pts, MILLISECONDS).dropped).toBe(0);
  });
});
