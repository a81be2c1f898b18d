import { customLadderOf, ladderChoice, viewOfLadder } from './ladder-choice';

const LADDER = [
  { height: 720, bitrate_kbps: 3000 },
  { width: 640, bitrate_kbps: 900 },
];

const faultsOf = (value: unknown) =>
  (ladderChoice.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`);

it('is recorded in bits and pixels, and shown as it was sent', () => {
  const recorded = customLadderOf(ladderChoice.parse(LADDER));
  expect(recorded).toEqual([
    { shortSide: 720, maxrateBps: 3_000_000 },
    { longSide: 640, maxrateBps: 900_000 },
  ]);
  expect(viewOfLadder(recorded)).toEqual(LADDER);
});

it('takes any order', () => expect(faultsOf(LADDER.toReversed())).toEqual([]));

it.each<[string, unknown, string]>([
  ['no rung', [], 'Too small'],
  ['eleven rungs', Array.from({ length: 11 }, (_, index) => ({ height: 200 + 20 * index, bitrate_kbps: 500 + index })), 'Too big'],
  ['two sizes in one rung', [{ height: 720, width: 1280, bitrate_kbps: 3000 }], '0 has either height or width'],
  ['none', [{ bitrate_kbps: 3000 }], '0 has either height or width'],
  ['an odd size', [{ height: 721, bitrate_kbps: 3000 }], '0.height is an even number of pixels'],
  ['a size beyond 2160p', [{ height: 4320, bitrate_kbps: 30_000 }], '0.height Too big'],
  ['the same size twice', [LADDER[0], { width: 1280, bitrate_kbps: 2000 }], '1.bitrate_kbps is of a rung that has the size of another one'],
  ['a rate that falls', [LADDER[0], { height: 1080, bitrate_kbps: 2000 }], '1.bitrate_kbps is no higher than that of a smaller rung'],
  ['a rate without a picture', [{ height: 1080, bitrate_kbps: 100 }], '0.bitrate_kbps is out of bounds for this size: 518 to 24883'],
  ['a rate that stores noise', [{ height: 240, bitrate_kbps: 9000 }], '0.bitrate_kbps is out of bounds for this size: 26 to 1229'],
  ['another field', [{ height: 240, bitrate_kbps: 400, fps: 30 }], 'Unrecognized key'],
])('refuses %s', (_, value, fault) => expect(faultsOf(value).join()).toContain(fault));
