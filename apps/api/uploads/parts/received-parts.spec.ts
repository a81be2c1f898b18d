import { compareParts, reasonNotComplete } from './received-parts';

/** A file of 25 bytes in parts of 10. */
const compare = (...stored: [number, number, string?, number?][]) =>
  compareParts(
    25,
    10,
    stored.map(([partNumber, sizeBytes, etag = 'a', second = 0]) => ({ partNumber, sizeBytes, etag, storedAt: new Date(second * 1000) })),
  );

describe('compareParts', () => {
  it('takes either of two equal versions from the same second, and neither of two that differ', () => {
    const sentTwice = compare([1, 10, 'same'], [1, 10, 'same'], [2, 10], [3, 5]);
    expect(sentTwice).toMatchObject({ wrongParts: [], missingParts: [] });
    expect(sentTwice.parts.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3]);
    expect(compare([1, 10, 'one'], [1, 10, 'other'], [2, 10], [3, 5])).toMatchObject({ wrongParts: [1] });
  });

  it('finds the file complete, whatever the order', () => {
    const received = compare([3, 5], [1, 10], [2, 10]);
    expect(received).toMatchObject({ missingParts: [], wrongParts: [], bytesReceived: 25, partsTotal: 3 });
    expect(received.parts.map((part) => part.partNumber)).toEqual([1, 2, 3]);
    expect(reasonNotComplete(received, 25)).toBeNull();
  });

  it('names what is missing', () => {
    const received = compare([2, 10]);
    expect(received).toMatchObject({ missingParts: [1, 3], bytesReceived: 10 });
    expect(reasonNotComplete(received, 25)).toBe('Parts 1, 3 are missing; send what is missing and call complete again.');
  });

  it('names parts of a wrong size and parts beyond the end', () => {
    const received = compare([1, 10], [2, 9], [3, 5], [7, 4]);
    expect(received).toMatchObject({ missingParts: [], wrongParts: [2, 7], bytesReceived: 28 });
    expect(reasonNotComplete(received, 25)).toBe(
      'The parts add up to 28 bytes and file_size_bytes is 25. Send part 2, 7 again, or start a new upload with the right size.',
    );
  });

  it('takes the newest version of a part that was sent again', () => {
    const received = compare([1, 10, 'old', 1], [1, 10, 'new', 2], [2, 10], [3, 5]);
    expect(received.parts[0]).toMatchObject({ etag: 'new' });
    expect(compare([1, 10, 'old', 1], [1, 9, 'new', 2], [2, 10], [3, 5]).wrongParts).toEqual([1]);
  });

  it('takes the right size of two versions from one second, and neither when both have it', () => {
    expect(compare([1, 9, 'short'], [1, 10, 'whole'], [2, 10], [3, 5]).parts[0]).toMatchObject({ etag: 'whole' });
    expect(compare([1, 10, 'x'], [1, 10, 'y'], [2, 10], [3, 5]).wrongParts).toEqual([1]);
  });
});
