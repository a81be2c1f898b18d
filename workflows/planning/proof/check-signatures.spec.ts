import { checkSignatures } from './check-signatures';
import { SIGNATURE_SIZE, splitSignatures } from './signatures';

const { width, height } = SIGNATURE_SIZE;
const FRAMES = 60;

/** A bright bar that moves by `step` pixels a frame over a gradient. */
function moving(step: number): Uint8Array[] {
  return Array.from({ length: FRAMES }, (_, frame) =>
    Uint8Array.from({ length: width * height }, (__, index) => {
      const column = index % width;
      const inBar = (column - frame * step + 100 * width) % width < 6;
      return inBar ? 220 : 40 + 3 * column;
    }),
  );
}

/** What a lossy codec makes of frames: every pixel off by up to `levels`, the same on every run. */
function coded(frames: readonly Uint8Array[], levels = 2): Uint8Array[] {
  let seed = 1;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  return frames.map((frame) => frame.map((luma) => luma + Math.round((2 * random() - 1) * levels)));
}

const source = moving(1);
const copy = coded(source);
const at = (index: number) => copy[index] as Uint8Array;

describe('checkSignatures', () => {
  it.each([
    ['an exact copy', source, source],
    ['a coded copy', source, copy],
    ['a still', moving(0), coded(moving(0))],
    ['a black screen', source.map(() => new Uint8Array(width * height)), source.map(() => new Uint8Array(width * height))],
  ])('passes %s', (_, wanted, shown) => {
    expect(checkSignatures(wanted, shown)).toBeNull();
  });

  it.each<[string, Uint8Array[], string]>([
    ['a frame too few', copy.slice(1), '59 frames came out of 60'],
    ['a dropped frame, made up for at the end', [...copy.slice(0, 20), ...copy.slice(21), at(59)], 'frame 20 shows frame 21'],
    ['a doubled frame', [...copy.slice(0, 20), at(19), ...copy.slice(20, 59)], 'frame 20 shows frame 19'],
    ['two swapped frames', [...copy.slice(0, 20), at(21), at(20), ...copy.slice(22)], 'frame 20 shows frame 21'],
    ['all frames one late', [at(0), ...copy.slice(0, 59)], 'frame 1 shows frame 0'],
  ])('refuses %s', (_, shown, problem) => {
    expect(checkSignatures(source, shown)).toBe(problem);
  });

  it('refuses a slip that is small in each frame but lasts', () => {
    const crawling = Array.from({ length: FRAMES }, (_, frame) => new Uint8Array(width * height).fill(100 + Math.floor(frame / 6)));
    const step = crawling.map((frame, index) => frame.map((luma, pixel) => (pixel % 8 === 0 ? 100 + index : luma)));
    expect(checkSignatures(step, step)).toBeNull();
    expect(checkSignatures(step, [...step.slice(1), step.at(-1) as Uint8Array])).toMatch(/show those 1 later/);
  });
});

describe('checkSignatures of frames that lack bits', () => {
  const starved = source.map(() => true);
  /** Shows every fourth frame for four. */
  const held = copy.map((_, index) => at(index - (index % 4)));

  it('passes frames that are repeated, which the same frames with bits may not be', () => {
    expect(checkSignatures(source, held, starved)).toBeNull();
    expect(checkSignatures(source, held)).toBe('frame 1 shows frame 0');
    expect(
      checkSignatures(
        source,
        held,
        source.map((_, index) => index < 30),
      ),
    ).toBe('frame 1 shows frame 0');
  });

  it.each<[string, Uint8Array[]]>([
    ['a dropped frame, made up for at the end', [...copy.slice(0, 20), ...copy.slice(21), at(59)]],
    ['a doubled frame', [...copy.slice(0, 20), at(19), ...copy.slice(20, 59)]],
    ['two swapped frames', [...copy.slice(0, 20), at(21), at(20), ...copy.slice(22)]],
    ['all frames one late', [at(0), ...copy.slice(0, 59)]],
  ])('still refuses %s', (_, shown) => expect(checkSignatures(source, shown, starved)).toMatch(/^frame \d+ shows frame/));
});

it('splits a file of signatures', () => {
  const bytes = new Uint8Array(2 * width * height + 5).fill(7);
  expect(splitSignatures(bytes).map((one) => one.length)).toEqual([576, 576]);
});
