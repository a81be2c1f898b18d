import { partRanges, partsToSend } from './part-ranges.ts';

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

describe('partsToSend', () => {
  const state = {
    ...{ video_id: 'v', status: 'uploading' as const, file_size_bytes: 250, max_chunk_size: 100, parts_total: 3 },
    ...{ received_parts: [1], missing_parts: [3], wrong_parts: [2], bytes_received: 100 },
  };

  it('is what storage lacks or holds in another size', () => {
    expect(partsToSend(250, state).map(({ number }) => number)).toEqual([2, 3]);
  });

  it('refuses a file of another size', () => {
    expect(() => partsToSend(251, state)).toThrow('The upload is of a file of 250 bytes, this one has 251.');
  });
});
