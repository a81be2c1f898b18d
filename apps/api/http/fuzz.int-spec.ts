import { request as httpRequest } from 'node:http';
import fc from 'fast-check';
import { ulid } from 'ulid';
import { startApi, type RunningApi } from '../testing/running-api';

const RUNS = 1500;
const LIMIT_MS = 20_000;
const AT_ONCE = 8;

let api: RunningApi;
let known = '';

beforeAll(async () => {
  api = await startApi();
  const { body } = await api.call('POST', '/api/v1/videos/upload', { filename: 'a.mp4', file_size_bytes: 10, title: 'A' });
  known = body.video_id;
});

afterAll(() => api.stop());

interface Shot {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

const JUNK = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\u017f'.repeat(26),
    'ſ1M7ZF4PXBDQ3QAZSNXTCAQ0H',
    '\u0000',
    '😀',
    '\ud800',
    'İ',
    '%',
    '..',
    'null',
    '-1',
    '1e309',
    "'or 1=1--",
    '__proto__',
  ),
  fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400 }),
);
/** What a route expects, now and then spoilt in one character. */
const id = () =>
  fc.oneof(
    fc.constantFrom('KNOWN', ulid()),
    fc
      .tuple(fc.nat(25), fc.constantFrom('ſ', 'ı', '\u0000', 'é', 'I', 'Ｏ'))
      .map(([at, char]) => ulid().slice(0, at) + char + ulid().slice(at + 1)),
    JUNK,
  );
const name = fc.constantFrom(
  'filename',
  'content_type',
  'file_size_bytes',
  'title',
  'from_step',
  'part_numbers',
  'creator_id',
  'limit',
  'priority',
  'preset',
);
const value = fc.oneof(
  JUNK,
  fc.constantFrom<unknown>(
    null,
    0,
    10,
    -1,
    1.5,
    1e300,
    true,
    [],
    {},
    [1],
    ['x'],
    'probe',
    'standard',
    'video/mp4',
    'video/mp4; a="é"',
    'a\r\nb: c',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const body = fc.oneof(
  fc.dictionary(name, value, { maxKeys: 6 }).map((fields) => JSON.stringify(fields)),
  // Whole enough to reach the store and the database.
  fc
    .record({ filename: value, content_type: value, file_size_bytes: fc.constant(10), title: value })
    .map((fields) => JSON.stringify(fields)),
  fc.constantFrom(
    undefined,
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"title":"\\ud800"}',
    '{"__proto__":{"x":1}}',
    `{"title":"${'x'.repeat(90_000)}"}`,
  ),
  JUNK,
);
const query = fc
  .array(fc.tuple(fc.constantFrom('status', 'creator_id', 'cursor', 'limit', 'x', 'status[]', '__proto__'), fc.oneof(JUNK, id())), {
    maxLength: 3,
  })
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([key, text]) => `${key}=${encode(text)}`).join('&')}`));
const tails = ['', '/status', '/upload', '/upload/parts', '/upload/complete', '/retry', '/cancel', '/manifest', '/quality', '/nothing'];
const path = fc.oneof(
  fc.tuple(id(), fc.constantFrom(...tails)).map(([video, tail]) => `/api/v1/videos/${encode(video)}${tail}`),
  fc.constantFrom(
    '/api/v1/videos',
    '/api/v1/videos/upload',
    '/api/v1/videos/retry',
    '/api/v1/queues',
    '/health/live',
    '/docs/openapi.json',
  ),
  fc.tuple(id(), id(), JUNK).map(([video, one, two]) => `/stream/${encode(video)}/g1/${encode(one)}/${encode(two)}.m4s`),
  fc.tuple(id(), fc.constantFrom('', '/info')).map(([video, tail]) => `/watch/${encode(video)}${tail}`),
);
const headers = fc.record(
  {
    'idempotency-key': fc.oneof(fc.constantFrom('k', '"k"', 'é', 'a b', ''), fc.string({ maxLength: 300 })),
    range: fc.constantFrom('bytes=0-', 'bytes=99999999999999999999-', 'bytes=é', 'x'),
    'if-none-match': fc.constantFrom('*', '"', 'W/"x"', 'é'),
    'if-modified-since': fc.constantFrom('x', 'Tue, 99 Foo 2024 99:99:99 GMT'),
    'last-event-id': fc.constantFrom('x', 'é'),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=é', 'application/json; charset=utf-16', 'text/plain'),
    'content-encoding': fc.constantFrom('gzip', 'x', 'identity'),
    'x-api-key': fc.string({ maxLength: 20 }),
  },
  { requiredKeys: [] },
);
const shot: fc.Arbitrary<Shot> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD', 'PUT', 'OPTIONS'),
  path: fc.tuple(path, query).map(([base, search]) => base + search),
  headers,
  body,
});

it('has no input for which the service blames itself', async () => {
  const faults: string[] = [];
  const deadline = Date.now() + LIMIT_MS;
  let done = 0;
  const shots = fc.sample(shot, { numRuns: RUNS, seed: Number(process.env['FUZZ_SEED'] ?? 11) });
  const work = async () => {
    for (let next = shots.pop(); next && Date.now() < deadline; next = shots.pop(), done++) {
      const status = await statusOf(next);
      if (status >= 500) faults.push(`${status} ${JSON.stringify(next).slice(0, 400)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  expect(faults).toEqual([]);
  expect(done).toBeGreaterThan(200);
});

function encode(text: string): string {
  return text === 'KNOWN' ? known : encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** Sent as it is; 0 when the server hung up on what is no HTTP. */
function statusOf({ method, path: address, headers: fields, body: text }: Shot): Promise<number> {
  const { hostname, port } = new URL(api.url);
  const clean = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')]));
  const bytes = text === undefined ? undefined : Buffer.from(text, 'utf8');
  return new Promise((resolve) => {
    const call = httpRequest(
      {
        method,
        hostname,
        port,
        path: address,
        headers: { 'content-type': 'application/json', ...clean, ...(bytes ? { 'content-length': bytes.length } : {}) },
      },
      (response) => response.resume().once('close', () => resolve(response.statusCode ?? 0)),
    );
    call.once('error', () => resolve(0));
    call.end(bytes);
  });
}
