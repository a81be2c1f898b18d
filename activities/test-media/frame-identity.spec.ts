import { BARCODE_CELLS, barcodeCells, frameOfCells } from './barcode';
import { identityFaults, matchFrames } from './frame-identity';

describe('barcodes', () => {
  it('are read back for every frame number, also after a coarse encoder', () => {
    const frames = Array.from({ length: 65_536 }, (_, frame) => frame);
    expect(frames.every((frame) => frameOfCells(barcodeCells(frame)) === frame)).toBe(true);
    expect(frameOfCells(barcodeCells(40_961).map((luma) => (luma < 128 ? luma + 90 : luma - 90)))).toBe(40_961);
  });

  it('are no number when a cell is wrong or the picture is black', () => {
    for (let cell = 0; cell < BARCODE_CELLS; cell++) {
      expect(frameOfCells(barcodeCells(1234).map((luma, index) => (index === cell ? 251 - luma : luma)))).toBeNull();
    }
    expect(frameOfCells(new Uint8Array(BARCODE_CELLS))).toBeNull();
  });
});

it('identityFaults names lost, doubled and unreadable frames', () => {
  expect(identityFaults([0, 1, 2], 3)).toEqual([]);
  expect(identityFaults([0, 0, null, 4], 5)).toEqual(['frame 1 shows 0', 'frame 2 shows null', 'frame 3 shows 4', '4 frames instead of 5']);
});

describe('matchFrames', () => {
  const moving = Array.from({ length: 40 }, (_, frame) => Uint8Array.from({ length: 64 }, (__, at) => (at * 3 + frame * 5) % 251));

  it('gives every frame its own index for an exact copy', () => {
    const noisy = moving.map((frame) => frame.map((luma, at) => luma ^ (at % 2)));
    expect(matchFrames(moving, noisy)).toEqual(moving.map((_, index) => index));
  });

  it('finds a lost and a doubled frame', () => {
    const slipped = [...moving.slice(0, 10), ...moving.slice(11, 20), moving[19] as Uint8Array, ...moving.slice(20)];
    expect(matchFrames(moving, slipped)).toEqual([...range(0, 10), ...range(11, 20), 19, ...range(20, 40)]);
  });

  it('does not accuse a still scene', () => {
    const still = Array.from({ length: 40 }, () => new Uint8Array(64).fill(90));
    expect(matchFrames(still, still)).toEqual(range(0, 40));
  });
});

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
