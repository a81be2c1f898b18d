import fc from 'fast-check';
import { framesToSeconds9, framesToUs, reduce, simplestBetween, snapFrameRate, usToSeconds6, variableGridRate } from './frame-rate';

describe('snapFrameRate', () => {
  it.each([
    ['exact NTSC', { num: 30000, den: 1001 }, { num: 30000, den: 1001 }],
    ['NTSC written as a decimal', { num: 2997, den: 100 }, { num: 30000, den: 1001 }],
    ['film measured in milliseconds', { num: 743000, den: 30989 }, { num: 24000, den: 1001 }],
    ['film at 24', { num: 48, den: 2 }, { num: 24, den: 1 }],
    ['a nearly exact 60', { num: 60_001, den: 1000 }, { num: 60, den: 1 }],
    ['a camera at 12.5', { num: 25, den: 2 }, { num: 25, den: 2 }],
    ['a camera at 179/6', { num: 358, den: 12 }, { num: 179, den: 6 }],
    ['one frame in two seconds', { num: 1, den: 2 }, { num: 1, den: 2 }],
  ])('%s', (_, measured, expected) => {
    expect(snapFrameRate(measured)).toEqual(expected);
  });

  it('keeps 30 and 30000/1001 apart', () => {
    expect(snapFrameRate({ num: 299_840, den: 10_000 })).toEqual({ num: 30000, den: 1001 });
    expect(snapFrameRate({ num: 299_860, den: 10_000 })).toEqual({ num: 30, den: 1 });
  });
});

describe('variableGridRate', () => {
  it.each([
    ['a screen recording', { num: 7, den: 1 }, { num: 24000, den: 1001 }],
    ['a phone', { num: 2981, den: 100 }, { num: 30000, den: 1001 }],
    ['a burst', { num: 189, den: 1 }, { num: 60, den: 1 }],
  ])('%s', (_, average, expected) => {
    expect(variableGridRate(average)).toEqual(expected);
  });
});

describe('reduce', () => {
  it('gives lowest terms', () => {
    expect(reduce({ num: 60000, den: 2002 })).toEqual({ num: 30000, den: 1001 });
  });

  it.each([[{ num: 0, den: 1 }], [{ num: 1, den: 0 }], [{ num: -25, den: 1 }], [{ num: 12.5, den: 1 }]])('refuses %j', (fraction) => {
    expect(() => reduce(fraction)).toThrow(RangeError);
  });
});

describe('simplestBetween', () => {
  it('finds the rate that a rounded measurement meant', () => {
    expect(simplestBetween({ num: 29_832, den: 1000 }, { num: 29_835, den: 1000 })).toEqual({ num: 179, den: 6 });
  });

  it('lies within the bounds, and no smaller denominator does', () => {
    const part = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const [low, high] =
          a * d <= c * b
            ? [
                { num: a, den: b },
                { num: c, den: d },
              ]
            : [
                { num: c, den: d },
                { num: a, den: b },
              ];
        const { num, den } = simplestBetween(low, high);
        expect(num * low.den).toBeGreaterThanOrEqual(low.num * den);
        expect(num * high.den).toBeLessThanOrEqual(high.num * den);
        for (let smaller = 1; smaller < Math.min(den, 50); smaller++) {
          expect(Math.floor((high.num * smaller) / high.den) * low.den).toBeLessThan(low.num * smaller);
        }
      }),
    );
  });
});

it('writes times in the resolution of the tools', () => {
  expect(framesToUs(144, { num: 24000, den: 1001 })).toBe(6_006_000);
  expect(framesToSeconds9(1, { num: 30000, den: 1001 })).toBe('0.033366667');
  expect(usToSeconds6(5_989_316)).toBe('5.989316');
});
