import type { IncomingHttpHeaders } from 'node:http';

/** What the origin knows of the object that is asked for. */
export interface Validators {
  /** With its quotes; S3 gives strong tags only. */
  etag: string;
  lastModified: Date | null;
}

export type ConditionalHeaders = Pick<IncomingHttpHeaders, 'if-match' | 'if-none-match' | 'if-modified-since' | 'if-unmodified-since'>;

/** `failed` is 412, `not-modified` is 304. */
export type Verdict = 'proceed' | 'failed' | 'not-modified';

const ENTITY_TAG = /(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const DAYS = '(Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TIME = '(\\d{2}):(\\d{2}):(\\d{2})';
/** The preferred form and the two obsolete ones that a recipient must take (RFC 9110 5.6.7). */
const IMF_FIXDATE = new RegExp(`^${DAYS}, (\\d{2}) (\\w{3}) (\\d{4}) ${TIME} GMT$`);
const RFC850_DATE = new RegExp(`^\\w+day, (\\d{2})-(\\w{3})-(\\d{2}) ${TIME} GMT$`);
const ASCTIME_DATE = new RegExp(`^${DAYS} (\\w{3}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/** Evaluates the preconditions of a GET or HEAD of an object that exists, in the order of RFC 9110 13.2.2. */
export function evaluatePreconditions(headers: ConditionalHeaders, object: Validators): Verdict {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch !== undefined) {
    if (!matchesAny(ifMatch, object.etag, 'strong')) return 'failed';
  } else if (isModifiedSince(headers['if-unmodified-since'], object) === true) return 'failed';
  if (ifNoneMatch !== undefined) return matchesAny(ifNoneMatch, object.etag, 'weak') ? 'not-modified' : 'proceed';
  return isModifiedSince(headers['if-modified-since'], object) === false ? 'not-modified' : 'proceed';
}

/** Whether a range is of the very object that the client has a part of (RFC 9110 13.1.5); true without `If-Range`. */
export function rangeApplies(ifRange: string | undefined, object: Validators): boolean {
  if (ifRange === undefined) return true;
  if (/^(W\/)?"/.test(ifRange)) return matchesAny(ifRange, object.etag, 'strong');
  const date = parseHttpDate(ifRange);
  return date !== null && object.lastModified !== null && date === toSeconds(object.lastModified);
}

/** RFC 9110 8.8.3.2: a weak tag never matches in a strong comparison. */
function matchesAny(field: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (field.trim() === '*') return true;
  const own = /^(W\/)?(".*")$/.exec(etag);
  return [...field.matchAll(ENTITY_TAG)].some(
    ([, weak, opaque]) => opaque === own?.[2] && (comparison === 'weak' || (weak === undefined && own?.[1] === undefined)),
  );
}

/** Null when there is no valid date to compare with: the field is ignored then (RFC 9110 13.1.3, 13.1.4). */
function isModifiedSince(field: string | undefined, { lastModified }: Validators): boolean | null {
  const date = field === undefined ? null : parseHttpDate(field);
  return date === null || lastModified === null ? null : toSeconds(lastModified) > date;
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** Seconds since the epoch, or null for what is no HTTP-date. */
function parseHttpDate(text: string): number | null {
  const fixdate = IMF_FIXDATE.exec(text);
  if (fixdate) return secondsOf(fixdate[4], fixdate[3], fixdate[2], fixdate.slice(5));
  const asctime = ASCTIME_DATE.exec(text);
  if (asctime) return secondsOf(asctime[7], asctime[2], asctime[3], asctime.slice(4));
  const rfc850 = RFC850_DATE.exec(text);
  return rfc850 ? secondsOf(fullYear(Number(rfc850[3])), rfc850[2], rfc850[1], rfc850.slice(4)) : null;
}

/** A year that seems more than 50 years ahead is of the century before (RFC 9110 5.6.7). */
function fullYear(twoDigits: number): string {
  const thisYear = new Date().getUTCFullYear();
  const year = Math.floor(thisYear / 100) * 100 + twoDigits;
  return String(year > thisYear + 50 ? year - 100 : year);
}

function secondsOf(year: string | undefined, month: string | undefined, day: string | undefined, time: readonly string[]): number | null {
  const monthIndex = MONTHS.indexOf(month ?? '');
  const ms = Date.UTC(Number(year), monthIndex, Number(day), Number(time[0]), Number(time[1]), Number(time[2]));
  return monthIndex < 0 || Number.isNaN(ms) ? null : ms / 1000;
}
