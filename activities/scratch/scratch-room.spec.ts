import { hasRoom, outgrown } from './scratch-room';

const GB = 1e9;
/** A reserve of 1 GiB. */
const disk = (freeBytes: number) => ({ totalBytes: 100 * GB, freeBytes });

describe('hasRoom', () => {
  it.each([
    ['an empty disk', disk(50 * GB), [], 10 * GB, true],
    ['all but the reserve', disk(10 * GB), [], 8.9 * GB, true],
    ['the reserve', disk(10 * GB), [], 9 * GB, false],
    ['what others have yet to write', disk(10 * GB), [{ neededBytes: 5 * GB, usedBytes: 1 * GB }], 5 * GB, false],
    ['what others have written already', disk(10 * GB), [{ neededBytes: 5 * GB, usedBytes: 5 * GB }], 8 * GB, true],
    ['others beyond their need', disk(10 * GB), [{ neededBytes: 5 * GB, usedBytes: 50 * GB }], 8 * GB, true],
    ['a small disk, of which a twentieth is kept', { totalBytes: 1 * GB, freeBytes: 0.5 * GB }, [], 0.44 * GB, true],
    ['a small disk that is nearly full', { totalBytes: 1 * GB, freeBytes: 0.5 * GB }, [], 0.46 * GB, false],
  ])('%s', (_name, space, running, neededBytes, expected) => {
    expect(hasRoom(space, running, neededBytes)).toBe(expected);
  });
});

describe('outgrown', () => {
  it.each([
    ['within its need on a full disk', disk(0), { neededBytes: 5 * GB, usedBytes: 5 * GB }, undefined],
    ['beyond its need on a disk with room', disk(50 * GB), { neededBytes: 5 * GB, usedBytes: 6 * GB }, undefined],
    ['beyond its need on a full disk', disk(0.5 * GB), { neededBytes: 5 * GB, usedBytes: 6 * GB }, 'ScratchFull'],
    ['far beyond its need', disk(50 * GB), { neededBytes: 5 * GB, usedBytes: 21 * GB }, 'EncodeFailed'],
    ['small, within the slack', disk(50 * GB), { neededBytes: 1000, usedBytes: 200_000_000 }, undefined],
    ['small, far beyond', disk(50 * GB), { neededBytes: 1000, usedBytes: 300_000_000 }, 'EncodeFailed'],
  ])('a task %s', (_name, space, claim, type) => {
    expect(outgrown(space, claim)?.type).toBe(type);
  });
});
