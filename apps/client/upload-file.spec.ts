import { partRanges } from './upload-file';

describe('partRanges', () => {
  it('tiles the file', () => {
    expect(partRanges(250, { max_chunk_size: 100, parts_total: 3 })).toEqual([
      { number: 1, start: 0, end: 100 },
      { number: 2, start: 100, end: 200 },
      { number: 3, start: 200, end: 250 },
    ]);
  });

  it('gives a small file one part', () => {
    expect(partRanges(5, { max_chunk_size: 100, parts_total: 1 })).toEqual([{ number: 1, start: 0, end: 5 }]);
  });
});
