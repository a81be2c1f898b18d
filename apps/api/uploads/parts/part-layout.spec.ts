import { MIB } from '../../../../temporal/contract/units';
import { expectedPartBytes, partLayout } from './part-layout';

const PREFERRED = 100 * MIB;

describe('partLayout', () => {
  it.each([
    [1, PREFERRED, 1],
    [PREFERRED, PREFERRED, 1],
    [PREFERRED + 1, PREFERRED, 2],
    [10_000 * PREFERRED, PREFERRED, 10_000],
    [10_000 * PREFERRED + 1, 101 * MIB, 9_901],
    [5e12, 477 * MIB, 9_997],
  ])('%d bytes', (fileSizeBytes, partSizeBytes, partsTotal) => {
    expect(partLayout(fileSizeBytes, PREFERRED)).toEqual({ partSizeBytes, partsTotal });
  });

  it('has parts that add up to the file', () => {
    for (const size of [1, 5 * MIB, 5 * MIB + 1, 123_456_789]) {
      const { partSizeBytes, partsTotal } = partLayout(size, 5 * MIB);
      const sizes = Array.from({ length: partsTotal }, (_, index) => expectedPartBytes(size, partSizeBytes, index + 1));
      expect(sizes.reduce((a, b) => a + b)).toBe(size);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
    }
  });
});
