import { request as httpRequest } from 'node:http';
import { ulid } from 'ulid';
import { startApi, type RunningApi } from '../testing/running-api';

const VIDEOS = '/api/v1/videos';
const ID = ulid();
const UPLOAD = { filename: 'a.mp4', file_size_bytes: 10, title: 'A' };
const EVIL = { Origin: 'https://evil.example' };

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ API_PUBLIC_URL: 'https://media.example' });
});

afterAll(() => api.stop());

it('leads from the bare address to the description of the API', async () => {
  expect(await fetch(api.url, { redirect: 'manual' })).toMatchObject({ status: 302 });
  const followed = await fetch(api.url);
  expect([followed.status, new URL(followed.url).pathname]).toEqual([200, '/docs']);
});

it('asks this machine for no key, and refuses a wrong one', async () => {
  expect((await api.call('GET', VIDEOS)).status).toBe(200);
  for (const [name, value] of [
    ['Authorization', 'Bearer spk_nonsense'],
    ['X-Api-Key', 'nonsense'],
  ] as const) {
    expect((await api.call('GET', VIDEOS, undefined, { [name]: value })).status).toBe(401);
  }
});

describe('a page of another site', () => {
  it.each([
    ['GET', VIDEOS],
    ['GET', `${VIDEOS}/${ID}`],
    ['OPTIONS', VIDEOS],
    ['OPTIONS', `${VIDEOS}/${ID}`],
    ['GET', '/health/ready'],
    ['GET', `/watch/${ID}/info`],
  ])('is not let read %s %s', async (method, path) => {
    const answer = await api.call(method, path, undefined, { ...EVIL, 'Access-Control-Request-Method': 'DELETE' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('access-control-allow-methods')).toBeNull();
  });

  it.each(['https://evil.example', 'null', 'http://localhost:1', 'https://media.example.evil.example', 'http://media.example'])(
    'changes nothing from the origin %s',
    async (origin) => {
      for (const [method, path] of [
        ['DELETE', `${VIDEOS}/${ID}`],
        ['POST', `${VIDEOS}/upload`],
        ['POST', `${VIDEOS}/retry`],
      ] as const) {
        expect(await api.call(method, path, UPLOAD, { Origin: origin })).toMatchObject({ status: 403, body: { code: 'OriginForbidden' } });
      }
    },
  );

  it('of this service may write', async () => {
    for (const origin of ['https://media.example', api.url]) {
      expect((await api.call('POST', `${VIDEOS}/upload`, UPLOAD, { Origin: origin })).status).toBe(200);
    }
  });

  it('reaches nothing under a name that it made point to this machine', async () => {
    expect(await callHost('evil.example', `${VIDEOS}`)).toBe(421);
    for (const host of ['media.example', 'localhost:8080', '127.0.0.1', '[::1]:80', 'api:8080'])
      expect(await callHost(host, VIDEOS)).toBe(200);
  });

  it('may read published media', async () => {
    const answer = await api.call('GET', `/stream/${ID}/manifest.m3u8`, undefined, EVIL);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
    const preflight = await api.call('OPTIONS', `/stream/${ID}/manifest.m3u8`, undefined, EVIL);
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD']);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Range');
  });
});

describe('bodies', () => {
  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream'])(
    'of type %s get 415',
    async (type) => {
      for (const path of ['/upload', '/retry', `/${ID}/retry`, `/${ID}/cancel`]) {
        const answer = await api.call('POST', VIDEOS + path, 'title=A', { 'Content-Type': type });
        expect(answer).toMatchObject({ status: 415, body: { code: 'UnsupportedMediaType' } });
      }
    },
  );

  it('may be absent where every field is optional', async () => {
    const { body } = await api.call('POST', `${VIDEOS}/upload`, UPLOAD);
    expect(await api.call('POST', `${VIDEOS}/${body.video_id}/retry`)).toMatchObject({ status: 409, body: { code: 'NothingToRetry' } });
    expect(await api.call('POST', `${VIDEOS}/${body.video_id}/upload/complete`)).toMatchObject({ status: 409 });
    expect(await api.call('POST', `${VIDEOS}/retry`)).toMatchObject({ status: 200 });
  });

  it('hear the truth about null', async () => {
    const { status, body } = await api.call('POST', `${VIDEOS}/upload`, 'null');
    expect([status, body.code]).toEqual([422, 'ValidationFailed']);
    expect(body.detail).toMatch(/expected object/i);
  });

  it('with thousands of mistakes hear of a few', async () => {
    const { video_id: id } = (await api.call('POST', `${VIDEOS}/upload`, UPLOAD)).body;
    const answer = await api.call('POST', `${VIDEOS}/${id}/upload/parts`, { part_numbers: Array.from({ length: 20_000 }, () => 'x') });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body).length).toBeLessThan(10_000);
    const unknown = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`${'x'.repeat(90)}${index}`, 1]));
    expect(JSON.stringify((await api.call('POST', `${VIDEOS}/upload`, unknown)).body).length).toBeLessThan(10_000);
  });
});

describe('addresses', () => {
  it.each([
    ['PUT', VIDEOS, 'GET, HEAD, OPTIONS'],
    ['GET', `${VIDEOS}/${ID}/cancel`, 'OPTIONS, POST'],
    ['PUT', `${VIDEOS}/${ID}`, 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['POST', `/stream/${ID}/manifest.m3u8`, 'GET, HEAD, OPTIONS'],
    ['DELETE', '/health/live', 'GET, HEAD, OPTIONS'],
  ])('that other methods have answer %s %s with 405', async (method, path, allow) => {
    const answer = await api.call(method, path);
    expect([answer.status, answer.body.code, answer.headers.get('allow')]).toEqual([405, 'MethodNotAllowed', allow]);
  });

  it('tell their methods', async () => {
    const answer = await api.call('OPTIONS', `${VIDEOS}/${ID}`);
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS, PATCH']);
  });

  it.each([`${VIDEOS}/%ff`, `${VIDEOS}/%`, `/stream/${ID}/%c3%28.m4s`])('with a broken percent escape hear so: %s', async (path) => {
    const answer = await rawCall('GET', path);
    expect([answer.status, JSON.parse(answer.body).detail]).toEqual([400, expect.stringContaining('percent')]);
  });

  it('take ids in lower case', async () => {
    const id = String((await api.call('POST', `${VIDEOS}/upload`, UPLOAD)).body.video_id);
    expect((await api.call('GET', `${VIDEOS}/${id.toLowerCase()}`)).body.video_id).toBe(id);
    expect((await api.call('GET', `${VIDEOS}?cursor=${id.toLowerCase()}`)).status).toBe(200);
  });
});

describe('headers', () => {
  it.each([
    '/health/live',
    VIDEOS,
    `${VIDEOS}/${ID}`,
    `/watch/${ID}`,
    '/docs',
    '/docs/openapi.json',
    '/assets/console/watch.js',
    '/nothing',
  ])('of %s keep browsers from guessing and framing', async (path) => {
    const { headers } = await api.call('GET', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors '(none|self)'/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    expect([headers.get('x-powered-by'), headers.get('access-control-allow-origin')]).toEqual([null, null]);
  });

  it.each(['/stream', '/api/v1/stream'])('of %s let every site show media', async (prefix) => {
    const { headers } = await api.call('GET', `${prefix}/${ID}/manifest.m3u8`, undefined, EVIL);
    expect([headers.get('cross-origin-resource-policy'), headers.get('access-control-allow-origin')]).toEqual(['cross-origin', '*']);
  });
});

function callHost(host: string, path: string): Promise<number> {
  return rawCall('GET', path, { host }).then(({ status }) => status);
}

/** As written: fetch corrects addresses and forbids Host. */
function rawCall(method: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const call = httpRequest({ method, hostname, port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    call.once('error', reject).end();
  });
}
