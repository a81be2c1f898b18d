import { MIB } from '../../../temporal/contract/units';
import { missingParts, parseContentRange, pauseBeforeMs, pullPartSize, rangeValidator } from './pull-plan';

describe('parts', () => {
  it('are 16 MiB, and larger where there would be more than 10,000', () => {
    expect([1, 160_000 * MIB, 160_000 * MIB + 1, 200e9].map((size) => pullPartSize(size) / MIB)).toEqual([16, 16, 17, 20]);
  });

  it('that are stored in full are not pulled again', () => {
    const stored = [
      { partNumber: 1, sizeBytes: 10 },
      { partNumber: 2, sizeBytes: 9 },
      { partNumber: 3, sizeBytes: 5 },
    ];
    expect(missingParts(25, 10, stored)).toEqual([{ partNumber: 2, start: 10, end: 20 }]);
    expect(missingParts(25, 10, []).map(({ start, end }) => end - start)).toEqual([10, 10, 5]);
  });
});

describe('headers of the source', () => {
  it.each([
    ['bytes 0-0/1', { first: 0, last: 0, total: 1 }],
    ['bytes 5-9/100', { first: 5, last: 9, total: 100 }],
    ['bytes 0-0/*', null],
    ['bytes 9-5/100', null],
    ['bytes 0-100/100', null],
    ['bytes */100', null],
    ['', null],
    [undefined, null],
  ])('Content-Range %j', (text, range) => expect(parseContentRange(text)).toEqual(range));

  it.each([
    [{ etag: '"a"', lastModified: 'then' }, '"a"'],
    [{ etag: 'W/"a"', lastModified: 'then' }, 'then'],
    [{ etag: 'W/"a"' }, null],
    [{ etag: `"${'a'.repeat(300)}"` }, null],
    [{}, null],
  ])('validator of %j', (headers, validator) => expect(rangeValidator(headers)).toBe(validator));

  it.each([
    [1, undefined, 500],
    [3, undefined, 2_000],
    [1, '7', 7_000],
    [1, '86400', 60_000],
    [30, undefined, 60_000],
    [1, 'Fri, 31 Dec 1999 23:59:59 GMT', 500],
  ])('repeat %i with Retry-After %j waits %i ms', (repeat, header, ms) => expect(pauseBeforeMs(repeat, header)).toBe(ms));
});
