import fc from 'fast-check';
import { CHUNKS_PER_ANSWER, chunksOf, decodeMissing, encodeMissing } from './missing-chunks';

describe('missing chunks', () => {
  it.each([
    ['one of twelve', { firstChunk: 0, endChunk: 12 }, [7], '010'],
    ['none', { firstChunk: 0, endChunk: 5 }, [], '00'],
    ['all of a range that starts in the middle', { firstChunk: 3, endChunk: 8 }, [3, 4, 5, 6, 7], 'f8'],
    ['an empty range', { firstChunk: 3, endChunk: 3 }, [], ''],
  ])('%s', (_, range, missing, digits) => {
    expect(encodeMissing(range, (chunkIndex) => missing.includes(chunkIndex))).toBe(digits);
    expect(decodeMissing(range, digits)).toEqual(missing);
  });

  it('come out as they went in, whichever they are', () => {
    const cases = fc.record({ firstChunk: fc.nat(10_000), flags: fc.array(fc.boolean(), { maxLength: CHUNKS_PER_ANSWER }) });
    fc.assert(
      fc.property(cases, ({ firstChunk, flags }) => {
        const range = { firstChunk, endChunk: firstChunk + flags.length };
        const isMissing = (chunkIndex: number) => flags[chunkIndex - firstChunk] === true;
        const digits = encodeMissing(range, isMissing);
        expect(digits.length).toBeLessThanOrEqual(512);
        expect(decodeMissing(range, digits)).toEqual(chunksOf(range).filter(isMissing));
      }),
    );
  });
});
