import { setTimeout as delay } from 'node:timers/promises';
import { ulid } from 'ulid';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { newVideo } from '../../../infra/database/testing/new-video';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { startApi, type RunningApi } from '../testing/running-api';

const ID = ulid();
const SEGMENT = `/stream/${ID}/g1/h264/720p/segment_00001.m4s`;
const BODY = Buffer.from('0123456789');
const MANIFEST = '#EXTM3U\ng1/h264/720p/playlist.m3u8\n';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ API_KEYS: 'key-of-ann:ann,key-of-bob:bob' });
  const store = api.app.get(ObjectStore);
  await store.put('transcoded', `${ID}/g1/h264/720p/segment_00001.m4s`, BODY, { contentType: 'video/mp4' });
  await store.put('transcoded', `${ID}/manifest.m3u8`, MANIFEST, { contentType: 'text/plain' });
  await store.put('transcoded', `${ID}/secret.json`, '{}', { contentType: 'application/json' });
});

afterAll(() => api.stop());

describe('the origin of a protected video', () => {
  const PROTECTED = ulid();
  const parts = (...names: string[]) => names.map((name) => `${PROTECTED}/${name}`);
  const ENCRYPTED = parts('g2/drm/cbcs/h264/720p/segment_00001.m4s', 'g2/drm/cbcs/audio/aac_128k/init.mp4');
  const CLEAR = parts(
    'g2/h264/720p/segment_00001.m4s',
    'g2/audio/aac_128k/init.mp4',
    'g2/h264/720p/playlist.m3u8',
    'g1/h264/720p/init.mp4',
  );
  const NOT_JOINED = parts('g2/drm/cbcs/av1/720p/init.mp4');

  beforeAll(async () => {
    const store = api.app.get(ObjectStore);
    const manifest = '#EXTM3U\ng2/drm/cbcs/h264/720p/playlist.m3u8\ng2/drm/cbcs/audio/aac_128k/playlist.m3u8\n';
    await store.put('transcoded', `${PROTECTED}/manifest.m3u8`, manifest, { contentType: 'text/plain' });
    for (const key of [...ENCRYPTED, ...CLEAR, ...NOT_JOINED]) await store.put('transcoded', key, BODY, { contentType: 'video/mp4' });
  });

  it.each(ENCRYPTED)('serves %s', async (key) => expect((await api.call('GET', `/stream/${key}`)).status).toBe(200));

  it.each([...CLEAR, ...NOT_JOINED])('does not serve %s, even where it is stored', async (key) => {
    expect(await api.call('GET', `/stream/${key}`)).toMatchObject({ status: 404, body: { code: 'MediaNotFound' } });
    expect((await api.call('HEAD', `/stream/${key}`)).status).toBe(404);
  });
});

describe('the origin', () => {
  it.each(['', '/api/v1'])('serves segments for ever and to every site (%s/stream)', async (prefix) => {
    const answer = await api.call('GET', `${prefix}${SEGMENT}`);
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: '0123456789' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'video/iso.segment',
      'content-length': '10',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'accept-ranges': 'bytes',
      etag: expect.stringMatching(/^".+"$/),
    });
  });

  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['nonsense', 200, '0123456789', null],
  ])('answers the range %s with %i', async (range, status, body, contentRange) => {
    const answer = await api.call('GET', SEGMENT, undefined, { Range: range });
    expect({ status: answer.status, body: answer.body, contentRange: answer.headers.get('content-range') }).toEqual({
      status,
      body,
      contentRange,
    });
  });

  it('refuses a range beyond the end and tells the size', async () => {
    const answer = await api.call('GET', SEGMENT, undefined, { Range: 'bytes=10-' });
    expect(answer).toMatchObject({ status: 416, body: { code: 'RangeNotSatisfiable' } });
    expect(answer.headers.get('content-range')).toBe('bytes */10');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('ignores the range of an object that has changed since', async () => {
    const { headers } = await api.call('HEAD', SEGMENT);
    const range = { Range: 'bytes=0-1' };
    expect((await api.call('GET', SEGMENT, undefined, { ...range, 'If-Range': headers.get('etag')! })).status).toBe(206);
    expect((await api.call('GET', SEGMENT, undefined, { ...range, 'If-Range': '"other"' })).status).toBe(200);
  });

  it('lets playlists be asked for again cheaply', async () => {
    const first = await api.call('GET', `/stream/${ID}/manifest.m3u8`);
    expect(first.headers.get('content-type')).toBe('application/vnd.apple.mpegurl');
    expect(first.headers.get('cache-control')).toBe('public, max-age=30');
    const etag = first.headers.get('etag')!;
    const again = await api.call('GET', `/stream/${ID}/manifest.m3u8`, undefined, { 'If-None-Match': etag });
    expect({ status: again.status, body: again.body, etag: again.headers.get('etag') }).toEqual({ status: 304, body: '', etag });
    const other = await api.call('GET', `/stream/${ID}/manifest.m3u8`, undefined, { 'If-None-Match': '"other"' });
    expect(other).toMatchObject({ status: 200, body: MANIFEST });
    for (const field of ['*', `"other", W/${etag}`]) {
      const same = await api.call('GET', `/stream/${ID}/manifest.m3u8`, undefined, { 'If-None-Match': field });
      expect([field, same.status, same.headers.get('etag')]).toEqual([field, 304, etag]);
    }
  });

  it('answers HEAD without a body', async () => {
    const answer = await api.call('HEAD', SEGMENT);
    expect({ status: answer.status, body: answer.body, length: answer.headers.get('content-length') }).toEqual({
      status: 200,
      body: '',
      length: '10',
    });
  });

  it('evaluates the conditions of GET and HEAD alike, and sends no body with its verdict', async () => {
    const { headers } = await api.call('HEAD', SEGMENT);
    const [etag, modified] = [headers.get('etag')!, headers.get('last-modified')!];
    const table: [fields: Record<string, string>, status: number][] = [
      [{ 'If-Match': etag }, 200],
      [{ 'If-Match': '"other"' }, 412],
      [{ 'If-Unmodified-Since': 'Mon, 01 Jan 2001 00:00:00 GMT' }, 412],
      [{ 'If-Unmodified-Since': modified }, 200],
      [{ 'If-Modified-Since': modified }, 304],
      [{ 'If-Modified-Since': 'Mon, 01 Jan 2001 00:00:00 GMT' }, 200],
      [{ 'If-None-Match': `W/${etag}` }, 304],
    ];
    for (const [fields, status] of table) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await api.call(method, SEGMENT, undefined, fields);
        expect([method, fields, answer.status]).toEqual([method, fields, status]);
        if (status === 304) expect(answer.body).toBe('');
        if (status !== 412) expect(answer.headers.get('etag')).toBe(etag);
      }
    }
  });

  it.each(['bytes=9223372036854775808-', 'bytes=99999999999999999999-'])('refuses the range %s beyond what numbers hold', async (range) => {
    expect((await api.call('GET', SEGMENT, undefined, { Range: range })).status).toBe(416);
  });

  it('ignores the range of a HEAD', async () => {
    const answer = await api.call('HEAD', SEGMENT, undefined, { Range: 'bytes=0-1' });
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, '10']);
  });

  it('finds the video under its id in lower case', async () => {
    expect((await api.call('GET', SEGMENT.replace(ID, ID.toLowerCase()))).status).toBe(200);
  });

  it.each([
    `/stream/${ID}/nothing.m4s`,
    `/stream/${ID}/secret.json`,
    `/stream/${ID}/..%2f..%2fx.mp4`,
    '/stream/x/manifest.m3u8',
    `/stream/${ID}`,
  ])('has nothing at %s', async (path) => expect((await api.call('GET', path)).status).toBe(404));
});

describe('a generation', () => {
  const segment = (generation: number) => `g${generation}/h264/720p/segment_00001.m4s`;
  const statusOf = async (id: string, generation: number) => (await api.call('GET', `/stream/${id}/${segment(generation)}`)).status;

  it('is public once it is published and from then on, and one that never was is not', async () => {
    const id = ulid();
    const store = api.app.get(ObjectStore);
    const tasks = api.app.get(TasksRepository);
    const publish = async (generation: number) => {
      for (const name of ['manifest.m3u8', 'manifest.mpd']) {
        await store.put('transcoded', `${id}/${name}`, `"g${generation}/h264/720p/playlist.m3u8"`, { contentType: 'text/plain' });
      }
      const task = { videoId: id, generation, taskType: 'publish' as const };
      await tasks.start(task, { workerId: 'w', attempt: 1 });
      await tasks.complete(task, { cpuMs: 0, bytesIn: 0, bytesOut: 0 });
    };
    for (const generation of [1, 2, 3]) await store.put('transcoded', `${id}/${segment(generation)}`, BODY, { contentType: 'video/mp4' });
    expect([await statusOf(id, 1), await statusOf(id, 2)]).toEqual([404, 404]);
    await publish(1);
    await untilStatus(() => statusOf(id, 1), 200);
    expect(await statusOf(id, 2)).toBe(404);
    await publish(3);
    await untilStatus(() => statusOf(id, 3), 200);
    // Players in the middle of what was replaced go on; the second was rejected.
    expect([await statusOf(id, 1), await statusOf(id, 2)]).toEqual([200, 404]);
  });

  it('is public to players that have its manifest, also just after others asked for it in vain', async () => {
    const id = ulid();
    const store = api.app.get(ObjectStore);
    const playlist = `${id}/g1/h264/720p/playlist.m3u8`;
    await store.put('transcoded', playlist, BODY, { contentType: 'text/plain' });
    expect((await api.call('GET', `/stream/${playlist}`)).status).toBe(404);
    await store.put('transcoded', `${id}/manifest.m3u8`, MANIFEST, { contentType: 'text/plain' });
    expect((await api.call('GET', `/stream/${id}/manifest.m3u8`)).status).toBe(200);
    expect((await api.call('GET', `/stream/${playlist}`)).status).toBe(200);
  });

  it('that is not public is not kept by caches', async () => {
    const id = ulid();
    await api.app.get(ObjectStore).put('transcoded', `${id}/${segment(1)}`, BODY, { contentType: 'video/mp4' });
    const answer = await api.call('GET', `/stream/${id}/${segment(1)}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });
});

/** What was not public a moment ago is looked at again after a second. */
async function untilStatus(ask: () => Promise<number>, status: number): Promise<void> {
  while ((await ask()) !== status) await delay(50);
}

describe('API keys', () => {
  const ann = { Authorization: 'Bearer key-of-ann' };
  const bob = { 'X-Api-Key': 'key-of-bob' };

  it.each([{}, { Authorization: 'Bearer key-of-an' }, { 'X-Api-Key': '' }, { Authorization: 'Basic key-of-ann' }])(
    'are asked for (%j)',
    async (headers) => {
      const answer = await api.call('GET', '/api/v1/videos', undefined, headers as Record<string, string>);
      expect(answer).toMatchObject({ status: 401, body: { code: 'ApiKeyInvalid' } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );

  it('show each creator their own videos only', async () => {
    const video = newVideo({ creatorId: 'ann' });
    await api.app.get(VideosRepository).create(video);
    const list = await api.call('GET', '/api/v1/videos', undefined, ann);
    expect(list.body.videos).toEqual([expect.objectContaining({ video_id: video.videoId })]);
    expect((await api.call('GET', '/api/v1/videos', undefined, bob)).body).toEqual({ videos: [], next_cursor: null });
    expect((await api.call('GET', `/api/v1/videos/${video.videoId}`, undefined, ann)).status).toBe(200);
    expect((await api.call('GET', `/api/v1/videos/${video.videoId}`, undefined, bob)).status).toBe(404);
    expect((await api.call('DELETE', `/api/v1/videos/${video.videoId}/upload`, undefined, bob)).status).toBe(404);
    expect((await api.call('GET', '/api/v1/videos?creator_id=ann', undefined, bob)).status).toBe(403);
  });

  it.each(['/health/live', '/health/ready', '/metrics', '/docs/openapi.json', '/assets/shaka/shaka-player.ui.js'])(
    'are not needed for %s',
    async (path) => expect((await api.call('GET', path)).status).toBe(200),
  );
});
