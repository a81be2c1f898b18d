import type { OpenAPIObject } from '@nestjs/swagger';
import { ulid } from 'ulid';
import { createApiKey } from '../../../infra/api-keys/api-key';
import { ApiKeysRepository, type ApiKeyRequest } from '../../../infra/api-keys/api-keys-repository';
import { SCOPES, type Scope } from '../../../infra/api-keys/scopes';
import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { startApi, type Answer, type RunningApi } from '../testing/running-api';

const ADMIN_KEY = 'the-key-of-the-operator-of-this-test';
const KEYS = '/api/v1/keys';
const VIDEOS = '/api/v1/videos';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const NO_VIDEO = ulid();
const OF_ANN = ulid();

/** Calls for players, browsers and probes. A new one is named here only after a review of what it gives away. */
const PUBLIC_CALLS = [
  'GET /api/v1/health/live',
  'GET /api/v1/health/ready',
  'GET /api/v1/metrics',
  'GET /api/v1/stream/t/{token}/{id}/{path}',
  'GET /api/v1/stream/{id}/{path}',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /stream/t/{token}/{id}/{path}',
  'GET /stream/{id}/{path}',
  'POST /api/v1/videos/{id}/clearkey',
];

interface Operation {
  name: string;
  method: string;
  path: string;
  scopes: Scope[] | undefined;
  isSecured: boolean;
  /** The example of its body, so that a call comes as far as the video that it is about. */
  body: unknown;
}

let api: RunningApi;
let operations: Operation[];

beforeAll(async () => {
  api = await startApi({ API_ADMIN_KEY: ADMIN_KEY, API_KEYS: 'key-of-ann-from-before:ann', TEMPORAL_UI_URL: 'http://10.0.0.9:8233' });
  await api.app.get(VideosRepository).create(newVideo({ videoId: OF_ANN, creatorId: 'ann' }));
  operations = operationsOf((await api.call('GET', '/docs/openapi.json')).body as OpenAPIObject);
});

afterAll(() => api.stop());

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const asAdmin = (method: string, path: string, body?: unknown) => api.call(method, path, body, bearer(ADMIN_KEY));

async function newKey(request: Partial<ApiKeyRequest>): Promise<{ key: string; keyId: string }> {
  const made = createApiKey();
  const asked = { name: 'a test', scopes: ['videos:read' as const], creatorId: null, expiresAt: null, ...request };
  return { key: made.key, keyId: (await api.app.get(ApiKeysRepository).add(made, asked)).keyId };
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      const name = `${method.toUpperCase()} ${path}`;
      const security = operation.security ?? [];
      const scopes = security.length > 0 ? security.flatMap((each) => each['bearer'] as Scope[]) : undefined;
      const { content } = (operation.requestBody ?? { content: {} }) as { content: Record<string, { example?: unknown }> };
      const body = content['application/json']?.example;
      return [{ name, method: method.toUpperCase(), path, scopes, isSecured: security.length > 0, body }];
    }),
  );
}

/** The call about one video or, where its path has another id, about nothing that is there. */
function call({ method, path, body }: Operation, headers: Record<string, string>, videoId = NO_VIDEO): Promise<Answer> {
  const address = path.replace(/\{(\w+)\}/g, (_all, parameter: string) => (parameter === 'id' ? videoId : '1'));
  // With this header a stream of events is refused in place of being open for ever.
  return api.call(method, address, body, { 'Last-Event-ID': 'none', ...headers });
}

const secured = () => operations.filter(({ isSecured }) => isSecured);

async function answersOf(chosen: readonly Operation[], headers: Record<string, string>, videoId?: string): Promise<[string, Answer][]> {
  return Promise.all(chosen.map(async (operation) => [operation.name, await call(operation, headers, videoId)] as [string, Answer]));
}

describe('every call of the OpenAPI document', () => {
  it('names its scopes, or is known to be public', () => {
    expect(operations.length).toBeGreaterThan(40);
    expect(
      operations
        .filter(({ isSecured }) => !isSecured)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(PUBLIC_CALLS);
    expect(secured().filter(({ scopes }) => !scopes || scopes.length === 0)).toEqual([]);
    // The same keys open nothing that the list of public calls has not named.
    expect(operations.filter(({ scopes, isSecured }) => scopes && !isSecured)).toEqual([]);
  });

  it('refuses callers without a key, and with one that is unknown, expired or revoked', async () => {
    const expired = await newKey({ scopes: ['admin'], expiresAt: new Date(Date.now() - 1) });
    const revoked = await newKey({ scopes: ['admin'] });
    await api.app.get(ApiKeysRepository).revoke(revoked.keyId);
    for (const [headers, code] of [
      [{}, /^ApiKeyInvalid$/],
      [bearer(createApiKey().key), /^(ApiKeyInvalid|TooManyWrongKeys)$/],
      [bearer(expired.key), /^ApiKeyExpired$/],
      [bearer(revoked.key), /^ApiKeyRevoked$/],
    ] as const) {
      for (const [name, { status, body }] of await answersOf(secured(), headers)) {
        expect([name, status === 401 || status === 429]).toEqual([name, true]);
        expect(body.code).toMatch(code);
      }
    }
  });

  it.each(SCOPES)('is there for a key with the scope %s where it names that scope, and refused elsewhere', async (scope) => {
    const { key } = await newKey({ scopes: [scope] });
    for (const [name, { status, body }] of await answersOf(secured(), bearer(key))) {
      const isAllowed = scope === 'admin' || operations.find((each) => each.name === name)!.scopes?.includes(scope);
      expect([name, body?.code === 'ScopeMissing' ? 403 : 'let in']).toEqual([name, isAllowed ? 'let in' : 403]);
      expect([401, 429, 500]).not.toContain(status);
    }
  });

  it('about a video of another creator answers as if there were none', async () => {
    const { key } = await newKey({ scopes: SCOPES.filter((scope) => scope !== 'admin'), creatorId: 'bob' });
    const aboutVideos = secured().filter(({ path }) => path.startsWith(`${VIDEOS}/{id}`));
    expect(aboutVideos.length).toBeGreaterThan(20);
    for (const [name, { status, body }] of await answersOf(aboutVideos, bearer(key), OF_ANN)) {
      expect([name, status, body.code]).toEqual([name, 404, 'VideoNotFound']);
    }
    expect((await api.call('GET', VIDEOS, undefined, bearer(key))).body.videos).toEqual([]);
    // The owner, with a key of before there were scopes, and one that sees all.
    for (const owner of ['key-of-ann-from-before', ADMIN_KEY])
      expect((await api.call('GET', `${VIDEOS}/${OF_ANN}`, undefined, bearer(owner))).status).toBe(200);
  });
});

describe('keys', () => {
  it('are made by the API, shown once, listed and used', async () => {
    const request = { name: 'site', scopes: ['videos:read', 'videos:read'], creator_id: 'ann', expires_at: '2100-01-01T00:00:00Z' };
    const made = await asAdmin('POST', KEYS, request);
    expect(made).toMatchObject({ status: 201, body: { name: 'site', scopes: ['videos:read'], creator_id: 'ann', last_used_at: null } });
    const { key, key_id: keyId, prefix } = made.body as { key: string; key_id: string; prefix: string };
    expect(key).toContain(`spk_${prefix}_`);
    expect((await api.call('GET', `${VIDEOS}/${OF_ANN}`, undefined, { 'X-Api-Key': key })).body).toMatchObject({ temporal_ui_url: null });
    const listed = async () => {
      const { body } = await asAdmin('GET', KEYS);
      expect(JSON.stringify(body)).not.toContain(key);
      return (body.keys as { key_id: string; last_used_at: string | null }[]).find((each) => each.key_id === keyId);
    };
    while (!(await listed())?.last_used_at) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await asAdmin('DELETE', `${KEYS}/${keyId}`)).status).toBe(204);
    expect(await listed()).toBeUndefined();
    expect((await asAdmin('DELETE', `${KEYS}/${keyId}`)).status).toBe(404);
  });

  it('page', async () => {
    for (let count = 0; count < 2; count++) await newKey({});
    const first = (await asAdmin('GET', `${KEYS}?limit=1`)).body;
    const second = (await asAdmin('GET', `${KEYS}?limit=1&cursor=${first.next_cursor}`)).body;
    expect([first.keys.length, second.keys.length]).toEqual([1, 1]);
    expect(second.keys[0].key_id < first.keys[0].key_id).toBe(true);
  });

  it.each([
    [{ name: 'a', scopes: ['admin'], creator_id: 'ann' }],
    [{ name: 'a', scopes: [] }],
    [{ name: 'a', scopes: ['everything'] }],
    [{ name: '', scopes: ['admin'] }],
    [{ name: 'a', scopes: ['admin'], expires_at: '2000-01-01T00:00:00Z' }],
  ])('that could not be meant are refused: %j', async (request) => {
    expect((await asAdmin('POST', KEYS, request)).status).toBe(422);
  });

  it('that are revoked by another process stop within seconds', async () => {
    const { key, keyId } = await newKey({});
    expect((await api.call('GET', VIDEOS, undefined, bearer(key))).status).toBe(200);
    const revokedAt = performance.now();
    await api.app.get(ApiKeysRepository).revoke(keyId);
    while ((await api.call('GET', VIDEOS, undefined, bearer(key))).status === 200) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(performance.now() - revokedAt).toBeLessThan(5_000);
  });

  it('that are guessed make their address wait, and no holder of a valid one', async () => {
    const answers = [];
    for (let count = 0; count < 40; count++) answers.push(await api.call('GET', VIDEOS, undefined, bearer(createApiKey().key)));
    const last = answers.at(-1)!;
    expect([last.status, last.body.code]).toEqual([429, 'TooManyWrongKeys']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await asAdmin('GET', VIDEOS)).status).toBe(200);
  });

  it('show addresses of the installation to operators alone', async () => {
    const seen = async (scopes: Scope[]) => {
      const { key } = await newKey({ scopes });
      return (await api.call('GET', `${VIDEOS}/${OF_ANN}`, undefined, bearer(key))).body.temporal_ui_url as string | null;
    };
    expect(await seen(['videos:read'])).toBeNull();
    expect(await seen(['videos:read', 'operate'])).toContain('10.0.0.9');
  });
});

describe('limits', () => {
  const LIMITED = { REQUESTS_PER_KEY: '3', REQUESTS_PER_ADDRESS: '12', UPLOADS_PER_CREATOR: '2', UPLOAD_BYTES_PER_CREATOR: '100' };
  const NAMES = ['retry-after', 'ratelimit', 'ratelimit-policy'];
  const upload = (creator: string, size: number, key = '') =>
    limited.call(
      'POST',
      `${VIDEOS}/upload`,
      { filename: 'a.mp4', file_size_bytes: size, title: 'A' },
      { ...bearer(creator), ...idempotent(key) },
    );
  const idempotent = (key: string): Record<string, string> => (key === '' ? {} : { 'Idempotency-Key': key });
  let limited: RunningApi;

  beforeAll(async () => {
    limited = await startApi({
      ...{ API_ADMIN_KEY: ADMIN_KEY, API_KEYS: 'key-of-ann:ann,key-of-bob:bob,key-of-cat:cat' },
      ...{ ...LIMITED, TRUSTED_PROXIES: '127.0.0.1' },
    });
  });

  afterAll(() => limited.stop());

  it('of uploads and their bytes count what a creator has started, and say when more is allowed', async () => {
    expect((await upload('key-of-ann', 60, 'once')).status).toBe(200);
    const tooLarge = await upload('key-of-ann', 41);
    expect(tooLarge).toMatchObject({ status: 429, body: { code: 'TooManyUploads' } });
    expect(tooLarge.headers.get('ratelimit')).toMatch(/^"upload-bytes";r=40;t=\d+$/);
    // The same upload again is no other one.
    expect((await upload('key-of-ann', 60, 'once')).status).toBe(200);
    expect((await upload('key-of-bob', 1)).status).toBe(200);
    expect((await upload('key-of-bob', 1)).status).toBe(200);
    const third = await upload('key-of-bob', 1);
    expect([third.status, third.headers.get('ratelimit-policy')]).toEqual([429, '"uploads";q=2;w=3600']);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(3_500);
  });

  it('of requests hold for each key and for each address, and leave probes and media alone', async () => {
    const ask = (headers: Record<string, string>) => limited.call('GET', VIDEOS, undefined, headers);
    const from = (address: string) => ({ ...bearer('key-of-cat'), 'X-Forwarded-For': address });
    const first = await ask(from('192.0.2.1'));
    expect(NAMES.map((name) => first.headers.get(name))).toEqual([
      null,
      expect.stringMatching(/^"address";r=11;t=\d+, "key";r=2;t=\d+$/),
      '"address";q=12;w=60, "key";q=3;w=60',
    ]);
    await ask(from('192.0.2.2'));
    await ask(from('192.0.2.3'));
    const ofKey = await ask(from('192.0.2.4'));
    expect([ofKey.status, ofKey.body.code, ofKey.body.detail]).toEqual([429, 'TooManyRequests', expect.stringContaining('key')]);
    expect(Number(ofKey.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    const flood = { 'X-Forwarded-For': '192.0.2.9' };
    for (let count = 0; count < 12; count++) expect((await ask(flood)).status).toBe(401);
    expect((await ask(flood)).body.detail).toContain('address');
    expect((await limited.call('GET', '/health/live', undefined, flood)).status).toBe(200);
    expect((await limited.call('GET', `/stream/${OF_ANN}/manifest.m3u8`, undefined, flood)).status).toBe(404);
  });
});
