import { titleFrameCount } from './title-length';

const FRAME_RATES = [3, 25, 60, 240].map((num) => ({ num, den: 1 }));

describe('titleFrameCount', () => {
  it.each(FRAME_RATES)('is that of the picture while sound ends with it, up to the padding of a codec, at %o', (frameRate) => {
    const frameCount = frameRate.num * 10;
    for (const soundEndUs of [null, 0, 5_000_000, 10_000_000, 10_021_333, 10_085_000]) {
      expect(titleFrameCount({ frameRate, frameCount }, soundEndUs)).toBe(frameCount);
    }
  });

  it.each(FRAME_RATES)('holds the last picture until the sound ends, at %o', (frameRate) => {
    for (const endUs of [9_200_000, 10_005_000, 3_600_000_000]) {
      const seconds = titleFrameCount({ frameRate, frameCount: 1 }, endUs) / frameRate.num;
      expect(seconds).toBeGreaterThanOrEqual(endUs / 1e6 - 0.03 - 1e-9);
      expect(seconds).toBeLessThan(endUs / 1e6 - 0.03 + 1 / frameRate.num + 1e-9);
    }
  });

  it('counts the slots before the picture, and the sound from the picture on', () => {
    const picture = { frameRate: { num: 25, den: 1 }, frameCount: 50, leadSlots: 33 };
    expect(titleFrameCount(picture, 2_000_000)).toBe(83);
    expect(titleFrameCount(picture, 4_000_000)).toBe(133);
  });

  it('takes the rest of a last AAC frame for padding', () => {
    expect(titleFrameCount({ frameRate: { num: 25, den: 1 }, frameCount: 1 }, 10_026_667)).toBe(250);
  });
});
