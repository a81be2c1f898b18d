import fc from 'fast-check';
import { WATERMARK_POSITIONS, type Watermark } from '../../../../temporal/contract/media/watermark';
import { checkStretches } from '../../proof/check-stretches';
import { placeWatermark } from './place-watermark';
import { onlyCells, unmarkedCells } from './unmarked-cells';

const HD = { width: 1280, height: 720 };
const SMALL = { width: 32, height: 18 };

const markOf = (change: Partial<Watermark>): Watermark => ({
  ...{ watermarkId: 'id', key: 'watermarks/a.png', sha256: 'a', width: 400, height: 200 },
  ...{ position: 'bottom-right', marginPercent: 3, sizePercent: 10, opacity: 1 },
  ...change,
});

describe('placeWatermark', () => {
  it.each<[string, Partial<Watermark>, object]>([
    ['in the corner', {}, { x: 1130, y: 634, width: 128, height: 64 }],
    ['at the top left', { position: 'top-left' }, { x: 22, y: 22, width: 128, height: 64 }],
    ['in the middle', { position: 'center', sizePercent: 50 }, { x: 320, y: 200, width: 640, height: 320 }],
    ['above the lower edge', { position: 'bottom' }, { x: 576, y: 634, width: 128, height: 64 }],
    ['as large as the picture', { sizePercent: 100, marginPercent: 0, width: 1600, height: 900 }, { x: 0, y: 0, ...HD }],
    ['as high as its share of the height', { width: 100, height: 2000 }, { x: 1254, y: 626, width: 4, height: 72 }],
    ['never smaller than two pixels', { sizePercent: 1, width: 2048, height: 1 }, { x: 1246, y: 696, width: 12, height: 2 }],
  ])('stands %s', (_, change, area) => {
    expect(placeWatermark(markOf(change), HD)).toEqual(area);
  });

  it('is inside of every picture, on whole samples of chroma', () => {
    const side = fc.integer({ min: 1, max: 2048 }).map((half) => 2 * half);
    const choice = fc.record({
      position: fc.constantFrom(...WATERMARK_POSITIONS),
      width: fc.integer({ min: 1, max: 2048 }),
      height: fc.integer({ min: 1, max: 2048 }),
      sizePercent: fc.integer({ min: 1, max: 100 }),
      marginPercent: fc.integer({ min: 0, max: 49 }),
    });
    fc.assert(
      fc.property(choice, side, side, (change, width, height) => {
        const sizePercent = Math.min(change.sizePercent, 100 - change.marginPercent);
        const area = placeWatermark(markOf({ ...change, sizePercent }), { width, height });
        expect(Object.values(area).filter((value) => value % 2 !== 0 || value < 0)).toEqual([]);
        expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(2);
        expect(area.x + area.width).toBeLessThanOrEqual(width);
        expect(area.y + area.height).toBeLessThanOrEqual(height);
      }),
    );
  });
});

describe('unmarkedCells', () => {
  it('leaves out the cells that the mark reaches, and one around them', () => {
    const cells = unmarkedCells(markOf({}), HD, SMALL) as number[];
    const left = Array.from({ length: SMALL.width * SMALL.height }, (_, index) => index).filter((index) => !cells.includes(index));
    expect([...new Set(left.map((index) => index % SMALL.width))]).toEqual([27, 28, 29, 30, 31]);
    expect([...new Set(left.map((index) => Math.floor(index / SMALL.width)))]).toEqual([14, 15, 16, 17]);
  });

  it('compares all of a picture without a mark, and of one that is hidden by it', () => {
    expect(unmarkedCells(undefined, HD, SMALL)).toBeNull();
    expect(unmarkedCells(markOf({ sizePercent: 90, width: 160, height: 90 }), HD, SMALL)).toBeNull();
  });

  it('takes the same samples of every picture', () => {
    expect(onlyCells([Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)], [0, 2])).toEqual([Uint8Array.of(1, 3), Uint8Array.of(4, 6)]);
    const pictures = [Uint8Array.of(1)];
    expect(onlyCells(pictures, null)).toBe(pictures);
  });

  it('lets a black and a frozen output be seen beside a mark', () => {
    const mark = markOf({ sizePercent: 40 });
    const cells = unmarkedCells(mark, HD, SMALL);
    const picture = (level: (index: number) => number) =>
      Uint8Array.from({ length: SMALL.width * SMALL.height }, (_, index) => (cells?.includes(index) ? level(index) : 235));
    const moving = Array.from({ length: 10 }, (_, frame) => picture((index) => 60 + ((index + 7 * frame) % 80)));
    const black = moving.map(() => picture(() => 16));
    expect(checkStretches(onlyCells(moving, cells), onlyCells(black, cells))).toContain('are black');
    expect(checkStretches(moving, black)).not.toContain('are black');
    expect(checkStretches(onlyCells(moving, cells), onlyCells(moving, cells))).toBeNull();
  });
});
