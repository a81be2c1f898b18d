import { evaluatePreconditions, rangeApplies, type ConditionalHeaders, type Verdict } from './preconditions';

const OBJECT = { etag: '"a"', lastModified: new Date('2024-03-05T06:07:08.900Z') };
const SAME = 'Tue, 05 Mar 2024 06:07:08 GMT';
const BEFORE = 'Tue, 05 Mar 2024 06:07:07 GMT';
const AFTER = 'Tue, 05 Mar 2024 06:07:09 GMT';

/** Of RFC 9110: the section, the fields of the request, and what the object of above is answered with. */
const TABLE: [section: string, headers: ConditionalHeaders, verdict: Verdict][] = [
  ['none', {}, 'proceed'],
  ['13.1.1', { 'if-match': '"a"' }, 'proceed'],
  ['13.1.1', { 'if-match': '"b"' }, 'failed'],
  ['13.1.1', { 'if-match': '*' }, 'proceed'],
  ['13.1.1', { 'if-match': '"b", "a"' }, 'proceed'],
  ['13.1.1 strong', { 'if-match': 'W/"a"' }, 'failed'],
  ['13.1.1 no tag', { 'if-match': 'a' }, 'failed'],
  ['13.1.2', { 'if-none-match': '"a"' }, 'not-modified'],
  ['13.1.2', { 'if-none-match': '"b"' }, 'proceed'],
  ['13.1.2', { 'if-none-match': '*' }, 'not-modified'],
  ['13.1.2 list', { 'if-none-match': '"b",W/"c" , "a"' }, 'not-modified'],
  ['13.1.2 weak', { 'if-none-match': 'W/"a"' }, 'not-modified'],
  ['8.8.3 comma in a tag', { 'if-none-match': '"a,b"' }, 'proceed'],
  ['8.8.3 case', { 'if-none-match': '"A"' }, 'proceed'],
  ['13.1.3', { 'if-modified-since': SAME }, 'not-modified'],
  ['13.1.3', { 'if-modified-since': AFTER }, 'not-modified'],
  ['13.1.3', { 'if-modified-since': BEFORE }, 'proceed'],
  ['13.1.3 no date', { 'if-modified-since': 'yesterday' }, 'proceed'],
  ['13.1.3 no date', { 'if-modified-since': '2024-03-05T06:07:08Z' }, 'proceed'],
  ['13.1.4', { 'if-unmodified-since': SAME }, 'proceed'],
  ['13.1.4', { 'if-unmodified-since': BEFORE }, 'failed'],
  ['13.1.4 no date', { 'if-unmodified-since': 'x' }, 'proceed'],
  ['5.6.7 RFC 850', { 'if-modified-since': 'Tuesday, 05-Mar-24 06:07:08 GMT' }, 'not-modified'],
  ['5.6.7 RFC 850, last century', { 'if-modified-since': 'Sunday, 06-Nov-94 08:49:37 GMT' }, 'proceed'],
  ['5.6.7 asctime', { 'if-modified-since': 'Tue Mar  5 06:07:08 2024' }, 'not-modified'],
  ['13.2.2 If-Match before If-Unmodified-Since', { 'if-match': '"a"', 'if-unmodified-since': BEFORE }, 'proceed'],
  ['13.2.2 If-None-Match before If-Modified-Since', { 'if-none-match': '"b"', 'if-modified-since': AFTER }, 'proceed'],
  ['13.2.2 412 before 304', { 'if-match': '"b"', 'if-none-match': '"a"' }, 'failed'],
  ['13.2.2 both hold', { 'if-match': '"a"', 'if-none-match': '"a"' }, 'not-modified'],
];

it.each(TABLE)('RFC 9110 %s: %j is answered with %s', (_section, headers, verdict) => {
  expect(evaluatePreconditions(headers, OBJECT)).toBe(verdict);
});

it.each([
  [undefined, true],
  ['"a"', true],
  ['"b"', false],
  ['W/"a"', false],
  [SAME, true],
  [AFTER, false],
  [BEFORE, false],
  ['nonsense', false],
])('a range with If-Range %s applies: %s (RFC 9110 13.1.5)', (ifRange, applies) => {
  expect(rangeApplies(ifRange, OBJECT)).toBe(applies);
});

it('a weak tag of the store matches weakly only', () => {
  const weak = { ...OBJECT, etag: 'W/"a"' };
  expect(evaluatePreconditions({ 'if-none-match': '"a"' }, weak)).toBe('not-modified');
  expect(evaluatePreconditions({ 'if-match': '"a"' }, weak)).toBe('failed');
});
