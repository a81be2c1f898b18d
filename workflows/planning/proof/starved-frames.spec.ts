import { SIGNATURE_BYTES } from './signatures';
import { starvedFrames } from './starved-frames';

const FRAMES = 20;
const flat = (luma: number) => new Uint8Array(SIGNATURE_BYTES).fill(luma);
/** Every frame is 20 levels from the ones beside it. */
const source = Array.from({ length: FRAMES }, (_, frame) => flat(frame % 2 === 0 ? 100 : 120));
const near = source.map((frame) => frame.map((luma) => luma + 2));
const far = source.map((frame) => frame.map((luma) => luma + 15));

/** Two segments of half the frames each, in shares of the cap. */
function starved(output: readonly Uint8Array[], ...ofCap: [number, number]): boolean[] {
  const [frameRate, maxrateBps] = [{ num: 10, den: 1 }, 80_000];
  const segments = ofCap.map((share) => ({ sampleCount: FRAMES / 2, sizeBytes: (share * maxrateBps) / 8 }));
  return starvedFrames(source, output, { segments, frameRate, maxrateBps });
}

const halves = (first: boolean, second: boolean) => source.map((_, index) => (index < FRAMES / 2 ? first : second));

it.each<[string, readonly Uint8Array[], [number, number], boolean[]]>([
  ['far from its source and at its cap', far, [1.2, 0.9], halves(true, true)],
  ['at its cap, as hard footage is, but near its source', near, [1.2, 0.9], halves(false, false)],
  ['far from its source without having spent the bits', far, [0.1, 0.4], halves(false, false)],
  ['such in one segment only', far, [1.1, 0.2], halves(true, false)],
  ['exact in a still', source.map(() => flat(100)), [0, 0], halves(false, false)],
])('knows a picture that is %s', (_, output, shares, expected) => expect(starved(output, ...shares)).toEqual(expected));

it('judges the frames that there are of a segment', () => {
  expect(starved(far.slice(0, 5), 1, 1).slice(0, 10)).toEqual(Array(10).fill(true));
});
