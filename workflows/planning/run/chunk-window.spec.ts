import fc from 'fast-check';
import { firstWindow, LARGEST_WINDOW, nextWindow, type FinishedChunk } from './chunk-window';
import { busyUntil } from '../plan/busy-until';
import { encodeInWindow } from '../testing/encode-in-window';

const CHUNK_MS = 20_000;
const always = (slots: number) => () => slots;
const alike = () => CHUNK_MS;

describe('the first window', () => {
  it.each([
    [0, 2],
    [1, 2],
    [2, 4],
    [64, 128],
    [100, 200],
    [100_000, 200],
    [undefined, 200],
  ])('for %s slots has %d chunks', (slots, chunks) => expect(firstWindow(slots)).toBe(chunks));
});

describe('the next window', () => {
  it.each<[string, number, FinishedChunk, number]>([
    ['grows when the queue was dry', 8, { inFlight: 8, totalMs: 1_000, ranMs: 1_000 }, 9],
    ['grows when a chunk waited less than it ran', 8, { inFlight: 8, totalMs: 1_500, ranMs: 1_000 }, 9],
    ['stays when it waited as long as it ran', 8, { inFlight: 8, totalMs: 2_000, ranMs: 1_000 }, 8],
    ['shrinks when it waited longer', 8, { inFlight: 8, totalMs: 3_000, ranMs: 1_000 }, 7],
    ['stays when one of few in flight did not wait', 8, { inFlight: 4, totalMs: 1_000, ranMs: 1_000 }, 8],
    ['stays when a chunk waited that came when there were more', 8, { inFlight: 16, totalMs: 4_000, ranMs: 1_000 }, 8],
    ['stays when the time that a chunk ran is not known', 8, { inFlight: 8, totalMs: 9_000, ranMs: undefined }, 8],
    ['takes a clock of the worker that is fast for no wait', 8, { inFlight: 8, totalMs: 1_000, ranMs: 1_500 }, 9],
    ['shrinks when a chunk took no time at all', 8, { inFlight: 8, totalMs: 0, ranMs: 0 }, 7],
    ['keeps to the smallest', 2, { inFlight: 2, totalMs: 9_000, ranMs: 1_000 }, 2],
    ['keeps to the largest', LARGEST_WINDOW, { inFlight: LARGEST_WINDOW, totalMs: 1_000, ranMs: 1_000 }, LARGEST_WINDOW],
  ])('%s', (_, window, chunk, expected) => expect(nextWindow(window, chunk)).toBe(expected));

  it('is one more or less, and never beyond its bounds', () => {
    const chunk = fc.record({
      inFlight: fc.integer({ min: 1, max: 200 }),
      totalMs: fc.nat(),
      ranMs: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: LARGEST_WINDOW }), chunk, (window, finished) => {
        const next = nextWindow(window, finished);
        expect(Math.abs(next - window)).toBeLessThanOrEqual(1);
        expect(next).toBeGreaterThanOrEqual(2);
        expect(next).toBeLessThanOrEqual(LARGEST_WINDOW);
      }),
    );
  });
});

describe('a film on a fleet', () => {
  const lengthsMs = fc.array(fc.integer({ min: 10_000, max: 30_000 }), { minLength: 400, maxLength: 400 });
  const slotCount = fc.integer({ min: 1, max: 100 });

  it('of the size that it was planned for keeps every slot at work, with about a chunk a slot waiting', () => {
    fc.assert(
      fc.property(slotCount, lengthsMs, (slots, lengths) => {
        const ranMs = (chunkIndex: number) => lengths[chunkIndex] ?? 0;
        const film = encodeInWindow({ chunkCount: lengths.length, window: firstWindow(slots), nextWindow, ranMs, slots: always(slots) });
        expect(busyUntil(lengths, slots) / film.totalMs).toBeGreaterThan(0.95);
        expect(Math.max(...film.waiting)).toBeLessThanOrEqual(2 * slots + 3);
      }),
    );
  });

  it('of another size comes to a chunk a slot waiting, not to none', () => {
    fc.assert(
      fc.property(slotCount, fc.integer({ min: 2, max: LARGEST_WINDOW }), lengthsMs, (slots, window, lengths) => {
        const ranMs = (chunkIndex: number) => lengths[chunkIndex % lengths.length] ?? 0;
        const { windows } = encodeInWindow({ chunkCount: 2_000, window, nextWindow, ranMs, slots: always(slots) });
        const later = windows.slice(1_000);
        expect(Math.min(...later)).toBeGreaterThanOrEqual(slots);
        expect(Math.max(...later)).toBeLessThanOrEqual(2.5 * slots + 3);
      }),
    );
  });

  it('follows a fleet that grows and one that shrinks', () => {
    const film = { chunkCount: 1_000, nextWindow, ranMs: alike };
    const grown = encodeInWindow({ ...film, window: 16, slots: (ended) => (ended < 100 ? 8 : 64) });
    expect(grown.windows[99]).toBe(16);
    expect(grown.windows[99 + 200]).toBeGreaterThan(100);
    const shrunk = encodeInWindow({ ...film, window: 128, slots: (ended) => (ended < 300 ? 64 : 8) });
    expect(shrunk.windows[299]).toBe(128);
    expect(shrunk.windows.slice(600).every((window) => window >= 8 && window <= 24)).toBe(true);
  });

  it('would run dry if a chunk that waited were held against the window that it is not of', () => {
    const byWaitAlone = (window: number, { totalMs, ranMs = 0 }: FinishedChunk) =>
      Math.max(2, Math.min(200, window + Math.sign(2 * ranMs - totalMs)));
    const film = { chunkCount: 480, window: 128, ranMs: alike, slots: always(64) };
    expect(Math.min(...encodeInWindow({ ...film, nextWindow: byWaitAlone }).windows)).toBeLessThan(10);
    expect(Math.min(...encodeInWindow({ ...film, nextWindow }).windows)).toBe(128);
  });
});
