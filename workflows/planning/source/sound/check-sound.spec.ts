import { LEVEL_MS } from './sound-levels';
import { checkSound } from './check-sound';

const SECONDS = 30;
const LENGTH = (SECONDS * 1000) / LEVEL_MS;

type Loudness = (seconds: number) => number;

/** Levels of a sound, from its loudness (0 to 1) at a time. */
function levels(loudness: Loudness): Uint8Array {
  return Uint8Array.from({ length: LENGTH }, (_, index) => {
    const amplitudes = Array.from({ length: LEVEL_MS }, (__, ms) => loudness((index * LEVEL_MS + ms) / 1000));
    return 255 * Math.sqrt(amplitudes.reduce((sum, amplitude) => sum + amplitude, 0) / LEVEL_MS);
  });
}

/** Pseudo-random but the same in every run: 0 to 1. */
function noise(index: number): number {
  const value = Math.sin(index * 12.9898) * 43_758.5453;
  return value - Math.floor(value);
}

const CLICKS: Loudness = (seconds) => (seconds >= 0 && seconds % 1 < 0.02 ? 0.5 : 0);
const SPEECH: Loudness = (seconds) => 0.3 * noise(Math.floor(seconds * 7)) * Math.exp(-3 * ((seconds * 7) % 1));
const STEADY: Loudness = () => 0.4;
const silence = levels(() => 0);

/** As a lossy encoder leaves it: softer, and with noise of its own. */
function coded(sound: Uint8Array): Uint8Array {
  return sound.map((level, index) => Math.min(255, level * 0.7 + 3 * noise(index)));
}

/** With the part from `from` to `to` seconds later by `slipMs`. */
function slipped(loudness: Loudness, slipMs: number, [from, to]: readonly [number, number]): Uint8Array {
  return coded(levels((seconds) => loudness(seconds >= from && seconds < to ? seconds - slipMs / 1000 : seconds)));
}

/** Levels are square roots of amplitudes. */
function gained(sound: Uint8Array, gainDb: number): Uint8Array {
  return sound.map((level) => Math.min(255, level * 10 ** (gainDb / 40)));
}

const KINDS = [
  ['clicks', CLICKS],
  ['speech', SPEECH],
] as const;

const PLACES = [
  ['at the start', [0, 2]],
  ['in the middle', [13.9, 16.5]],
  ['at the end', [27.9, 30]],
  ['from the middle on', [14.9, 30]],
  ['everywhere', [0, 30]],
] as const;

describe('checkSound', () => {
  it.each([...KINDS, ['a steady tone', STEADY], ['silence', () => 0]] as const)('passes %s as an encoder leaves it', (_, sound) => {
    expect(checkSound(levels(sound), levels(sound))).toBeNull();
    for (const slipMs of [0, 5, -9, 12]) expect(checkSound(levels(sound), slipped(sound, slipMs, [0, SECONDS]))).toBeNull();
  });

  describe.each(KINDS)('with %s', (_, sound) => {
    it.each([-14, 6, 20])('tells the same after a gain of %d dB', (gainDb) => {
      expect(checkSound(levels(sound), gained(slipped(sound, 5, [0, SECONDS]), gainDb))).toBeNull();
      expect(checkSound(levels(sound), gained(slipped(sound, 30, [13.9, 16.5]), gainDb))).toMatch(
        /^the sound is (28|32) ms late at 1\d\.\d s$/,
      );
    });

    it.each(PLACES)('notices 30 ms %s', (__, place) => {
      expect(checkSound(levels(sound), slipped(sound, 30, place))).toMatch(/^the sound is (28|32) ms late at \d+\.\d s$/);
      expect(checkSound(levels(sound), slipped(sound, -30, place))).toMatch(/^the sound is (28|32) ms early at \d+\.\d s$/);
    });
  });

  it('notices sound that is missing', () => {
    const cut = (sound: Loudness) => levels((seconds) => (seconds > SECONDS / 2 ? 0 : sound(seconds)));
    const without = (from: number, to: number) => levels((seconds) => (seconds >= from && seconds < to ? 0 : STEADY(seconds)));
    expect(checkSound(levels(STEADY), cut(STEADY))).toBe('the sound is missing at 15.0 s');
    expect(checkSound(levels(CLICKS), cut(CLICKS))).toBe('the sound is missing at 16.0 s');
    expect(checkSound(levels(SPEECH), silence)).toMatch(/^the sound is missing at 0\.\d s$/);
    expect(checkSound(levels(STEADY), without(20, 21.2))).toBe('the sound is missing at 20.0 s');
  });

  it('passes a click that was lost where two recordings were joined', () => {
    const joined = levels((seconds) => (seconds >= 15.9 && seconds < 16.9 ? 0 : CLICKS(seconds)));
    expect(checkSound(levels(CLICKS), joined)).toBeNull();
  });

  it('does not miss a click that lies on either side of the edge of a window', () => {
    for (const edge of [0.484, 0.49, 0.496, 0.5]) {
      const click: Loudness = (seconds) => (seconds >= 1 + edge && seconds < 1.012 + edge ? 0.5 : 0);
      for (const slipMs of [-12, 12]) expect(checkSound(levels(click), slipped(click, slipMs, [0, SECONDS]))).toBeNull();
    }
  });

  it('passes what is shorter than a window, and sound that ends before the title', () => {
    const clicks = levels(CLICKS);
    expect(checkSound(clicks.subarray(0, 100), clicks.subarray(0, 100))).toBeNull();
    expect(checkSound(new Uint8Array(0), silence)).toBeNull();
    expect(
      checkSound(
        clicks.subarray(0, LENGTH / 2),
        clicks.map((level, index) => (index < LENGTH / 2 ? level : 0)),
      ),
    ).toBeNull();
  });
});

it.each([0, 12, 48, 96])('allows steady sound that goes on for %i ms after the title', (beyondMs) => {
  const source = levels((seconds) => (seconds < SECONDS - 1 + beyondMs / 1000 ? 0.4 : 0));
  const title = coded(levels(STEADY)).subarray(0, ((SECONDS - 1) * 1000) / LEVEL_MS);
  expect(checkSound(source, title)).toBeNull();
});
