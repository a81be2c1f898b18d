import { checkStretches, levelsBetween } from './check-stretches';
import { SIGNATURE_SIZE } from './signatures';

const PIXELS = SIGNATURE_SIZE.width * SIGNATURE_SIZE.height;
const FRAMES = 60;

const flat = (luma: number) => new Uint8Array(PIXELS).fill(luma);
/** A gradient that moves by a level a frame. */
const moving = Array.from({ length: FRAMES }, (_, frame) => Uint8Array.from({ length: PIXELS }, (__, pixel) => 60 + frame + (pixel % 100)));
const black = moving.map(() => flat(0));
const still = moving.map(() => moving[0] as Uint8Array);
/** Bright text on black: a few pixels of a signature. */
const credits = moving.map((_, frame) => Uint8Array.from({ length: PIXELS }, (__, pixel) => (pixel % 50 === frame % 50 ? 200 : 0)));
const fadeIn = moving.map((_, frame) => flat(4 * frame));

const between = (from: number, to: number, change: (frame: Uint8Array, index: number) => Uint8Array) =>
  moving.map((frame, index) => (index >= from && index <= to ? change(frame, index) : frame));
const frozenAt = (index: number) => moving[index] as Uint8Array;

describe('checkStretches', () => {
  it.each<[string, Uint8Array[], Uint8Array[]]>([
    ['what it should be', moving, moving],
    ['a black source', black, black],
    ['a still source', still, still],
    ['credits on black', credits, credits],
    ['a fade from black that the codec follows a frame late', fadeIn, [flat(0), ...fadeIn.slice(0, -1)]],
    ['grain on a still that the codec leaves out', moving.map((_, frame) => flat(100 + (frame % 3))), moving.map(() => flat(101))],
    ['seven frames that stand still', moving, between(20, 26, () => frozenAt(20))],
    ['no frame at all', [], []],
  ])('passes %s', (_, source, output) => expect(checkStretches(source, output)).toBeNull());

  it.each<[string, Uint8Array[], string]>([
    ['one black frame', between(20, 20, () => flat(0)), 'frames 20 to 20 are black, those of the source are not'],
    ['a black stretch', between(20, 39, () => flat(3)), 'frames 20 to 39 are black, those of the source are not'],
    ['a black end', between(50, 59, () => flat(0)), 'frames 50 to 59 are black, those of the source are not'],
    ['a frozen stretch', between(20, 39, () => frozenAt(20)), 'frames 20 to 39 stand still, those of the source move'],
    ['a frozen end', between(50, 59, () => frozenAt(50)), 'frames 50 to 59 stand still, those of the source move'],
    ['a picture that never moves', still, 'frames 0 to 59 stand still, those of the source move'],
  ])('refuses %s', (_, output, problem) => expect(checkStretches(moving, output)).toBe(problem));
});

it('passes a stretch that stands still for want of bits, and none that goes on where there are some', () => {
  const output = between(20, 39, () => frozenAt(20));
  const starvedUpTo = (end: number) => moving.map((_, index) => index < end);
  expect(checkStretches(moving, output, starvedUpTo(FRAMES))).toBeNull();
  expect(checkStretches(moving, output, starvedUpTo(30))).toBe('frames 20 to 39 stand still, those of the source move');
  expect(
    checkStretches(
      moving,
      between(20, 39, () => flat(3)),
      starvedUpTo(FRAMES),
    ),
  ).toMatch(/are black/);
});

it('measures in levels a pixel', () => expect(levelsBetween(flat(10), flat(13))).toBe(3));
