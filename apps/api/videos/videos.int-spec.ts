import { ulid } from 'ulid';
import { setTimeout as delay } from 'node:timers/promises';
import { newVideo } from '../../../infra/database/testing/new-video';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { startApi, type RunningApi } from '../testing/running-api';
import { USUAL_WALK } from '../../../temporal/testing/usual-walk';

let api: RunningApi;
let videos: VideosRepository;

beforeAll(async () => {
  api = await startApi({ API_PUBLIC_URL: 'https://media.example/', TEMPORAL_UI_URL: 'http://ui.example' });
  videos = api.app.get(VideosRepository);
});

afterAll(() => api.stop());

async function uploaded(title = 'A film') {
  const { videoId } = newVideo({});
  await videos.create(newVideo({ videoId, title }));
  await videos.setUploaded(videoId, USUAL_WALK);
  await videos.setWorkflowStarted(videoId);
  return { videoId, generation: 1 };
}

it('tells every change as an event until the video has ended', async () => {
  const run = await uploaded();
  const response = await fetch(`${api.url}/api/v1/videos/${run.videoId}/events`);
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const events: string[] = [];
  const reading = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      events.push(...chunk.split('\n').filter((line) => line.startsWith('data: ')));
    }
  })();
  const seen = () => events.map((event) => JSON.parse(event.slice('data: '.length)).status);
  const until = async (count: number) => {
    while (seen().length < count) await delay(20);
  };
  await until(1);
  await videos.advance(run, 'probing');
  await until(2);
  await videos.setFailed(run, { step: 'probe', failureType: 'SourceUnreadable', message: 'This is not a video.' });
  await reading;
  expect(seen()).toEqual(['uploaded', 'probing', 'failed']);
});

describe('events', () => {
  it('of a finished video end an EventSource that has the last one', async () => {
    const run = await uploaded();
    await videos.setFailed(run, { step: 'probe', failureType: 'SourceUnreadable', message: 'This is not a video.' });
    for (const path of [`/api/v1/videos/${run.videoId}/events`, `/watch/${run.videoId}/events`]) {
      const first = await api.call('GET', path);
      expect(first.body).toMatch(/^retry: \d+\n\nid: \w+\ndata: /);
      const id = /^id: (\w+)$/m.exec(first.body)![1]!;
      const again = await api.call('GET', path, undefined, { 'Last-Event-ID': id });
      expect([again.status, again.body]).toEqual([204, '']);
      // One who has seen another state gets the last one.
      expect((await api.call('GET', path, undefined, { 'Last-Event-ID': 'other' })).body).toContain(`id: ${id}\n`);
    }
  });

  it('do not repeat what the client has', async () => {
    const run = await uploaded();
    const path = `/api/v1/videos/${run.videoId}/events`;
    const first = await eventsUntil(path, {}, 1);
    const rest = eventsUntil(path, { 'Last-Event-ID': first[0]!.id }, 1);
    await delay(300);
    await videos.advance(run, 'probing');
    expect((await rest).map(({ status }) => status)).toEqual(['probing']);
  });

  it('answer HEAD at once', async () => {
    const run = await uploaded();
    const answer = await api.call('HEAD', `/api/v1/videos/${run.videoId}/events`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/event-stream/)]);
  });
});

/** The first `count` events of a stream that goes on. */
async function eventsUntil(path: string, headers: Record<string, string>, count: number): Promise<{ id: string; status: string }[]> {
  const stop = new AbortController();
  const response = await fetch(api.url + path, { headers, signal: stop.signal });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = [...text.matchAll(/id: (\w+)\ndata: (.*)\n\n/g)].map(([, id = '', data = '']) => ({
      id,
      status: JSON.parse(data).status,
    }));
    if (events.length < count) continue;
    stop.abort();
    return events;
  }
  throw new Error('the stream ended before');
}

it('shows the progress of tasks', async () => {
  const run = await uploaded();
  const tasks = api.app.get(TasksRepository);
  await videos.advance(run, 'transcoding');
  await tasks.planChunks(run, 'h264', 4, { inputKey: 'k' });
  const chunk = { ...run, taskType: 'transcode' as const, codec: 'h264', segmentIndex: 0 };
  await tasks.start(chunk, { workerId: 'w', attempt: 1 });
  await tasks.progress(chunk, 50);
  const { body } = await api.call('GET', `/api/v1/videos/${run.videoId}/status`);
  expect(body).toMatchObject({
    status: 'transcoding',
    pipeline_progress: { transcode: { state: 'running', completed: 0, total: 4, percent: 12 }, probe: 'pending', drm: 'skipped' },
  });
});

it('gives playback URLs once the video is ready', async () => {
  const run = await uploaded();
  const before = await api.call('GET', `/api/v1/videos/${run.videoId}/manifest`);
  expect(before).toMatchObject({ status: 409, body: { code: 'VideoNotReady', video_status: 'uploaded' } });
  await videos.setReady(run, { manifestKey: `${run.videoId}/manifest.m3u8` });
  await videos.setThumbnail(run, `${run.videoId}/g1/thumbnails/poster.jpg`);
  expect((await api.call('GET', `/api/v1/videos/${run.videoId}/manifest`)).body).toEqual({
    video_id: run.videoId,
    playback: 'public',
    hls_url: `https://media.example/stream/${run.videoId}/manifest.m3u8`,
    dash_url: `https://media.example/stream/${run.videoId}/manifest.mpd`,
    hls_ts_url: null,
    posters: [],
    preview_url: null,
    thumbnail_url: `https://media.example/stream/${run.videoId}/g1/thumbnails/poster.jpg`,
    sprite_vtt_url: `https://media.example/stream/${run.videoId}/g1/thumbnails/sprite.vtt`,
    watch_url: `https://media.example/watch/${run.videoId}`,
  });
  expect((await api.call('GET', `/api/v1/videos/${run.videoId}`)).body).toMatchObject({
    status: 'ready',
    temporal_ui_url: `http://ui.example/namespaces/default/workflows/video-${run.videoId}`,
  });
});

it('shows what was measured, and null before', async () => {
  const run = await uploaded();
  const quality = async () => (await api.call('GET', `/api/v1/videos/${run.videoId}`)).body.quality;
  expect(await quality()).toBeNull();
  await videos.setQuality(run, { worstVmaf: 91.25, problemCount: 2 });
  expect(await quality()).toEqual({ worst_vmaf: 91.25, problems: 2 });
});

it('pages through the list by its cursor and filters by status', async () => {
  for (let count = 0; count < 3; count++) await videos.create(newVideo({ creatorId: 'pager' }));
  const first = await api.call('GET', '/api/v1/videos?creator_id=pager&limit=2');
  const second = await api.call('GET', `/api/v1/videos?creator_id=pager&limit=2&cursor=${first.body.next_cursor}`);
  expect([first.body.videos.length, second.body.videos.length, second.body.next_cursor]).toEqual([2, 1, null]);
  const ids = [...first.body.videos, ...second.body.videos].map((video: { video_id: string }) => video.video_id);
  expect(new Set(ids).size).toBe(3);
  expect((await api.call('GET', '/api/v1/videos?creator_id=pager&status=ready')).body.videos).toEqual([]);
});

describe('what people say about a video', () => {
  const path = (videoId: string) => `/api/v1/videos/${videoId}`;
  const found = async (query: string): Promise<string[]> =>
    ((await api.call('GET', `/api/v1/videos?${query}`)).body.videos as { video_id: string }[]).map(({ video_id: id }) => id);

  it('is changed, and found', async () => {
    const { videoId } = newVideo({});
    await videos.create(newVideo({ videoId, title: 'Old', metadata: { campaign: 'spring', owner: 'ann' } }));
    expect(await found('metadata.campaign=spring&metadata.owner=ann')).toEqual([videoId]);
    const changed = await api.call('PATCH', path(videoId), {
      title: ' Nieuwe\u0000 film ',
      metadata: { campaign: 'été & co', owner: null },
    });
    expect(changed).toMatchObject({ status: 200, body: { title: 'Nieuwe film', metadata: { campaign: 'été & co' } } });
    expect((await api.call('GET', path(videoId))).body.metadata).toEqual({ campaign: 'été & co' });
    expect(await found(`metadata.campaign=${encodeURIComponent('été & co')}&title=nieuwe&preset=standard`)).toEqual([videoId]);
    expect(await found('metadata.campaign=spring')).toEqual([]);
    expect((await api.call('PATCH', path(videoId), {})).body.title).toBe('Nieuwe film');
  });

  it.each([
    { title: '' },
    { title: '\u0007' },
    { metadata: { Key: 'value' } },
    { metadata: { key: 1 } },
    { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, ''])) },
    { status: 'ready' },
  ])('is not changed by %j', async (change) => {
    const { videoId } = newVideo({});
    await videos.create(newVideo({ videoId }));
    expect((await api.call('PATCH', path(videoId), change)).status).toBe(422);
  });

  it('is listed between two instants', async () => {
    const { videoId } = newVideo({});
    const before = new Date().toISOString();
    await videos.create(newVideo({ videoId }));
    const after = new Date(Date.now() + 1).toISOString();
    expect(await found(`created_from=${before}&created_before=${after}`)).toContain(videoId);
    expect(await found(`created_before=${before}`)).not.toContain(videoId);
    expect(await found(`created_from=${after}`)).toEqual([]);
  });
});

it.each([
  'metadata.KEY=a',
  'metadata.key=a&metadata.key=b',
  'metadata=a',
  'title=',
  'preset=%20',
  'created_from=yesterday',
  'status=done',
  'limit=0',
  'limit=x',
  'cursor=x',
  'state=ready',
])('refuses the query %s', async (query) => {
  expect(await api.call('GET', `/api/v1/videos?${query}`)).toMatchObject({ status: 422, body: { code: 'ValidationFailed' } });
});

it('describes every call of this API with its schemas', async () => {
  const { body } = await api.call('GET', '/docs/openapi.json');
  expect(Object.keys(body.paths)).toEqual(
    expect.arrayContaining(['/api/v1/videos/upload', '/api/v1/videos/{id}/status', '/api/v1/queues']),
  );
  expect(body.components.schemas.CreateUpload.properties.file_size_bytes).toMatchObject({ type: 'integer' });
  expect(JSON.stringify(body.paths['/api/v1/videos/{id}/status'])).toContain('VideoProgress');
});

it('tells queues and workers from Temporal', async () => {
  const queues = await api.call('GET', '/api/v1/queues');
  expect(queues.body.queues).toContainEqual(expect.objectContaining({ queue: 'transcode-cpu', backlog: 0 }));
  expect((await api.call('GET', '/api/v1/workers')).status).toBe(200);
});

it('shows the watch page without trusting the title', async () => {
  const run = await uploaded('<script>alert(1)</script>');
  const page = await api.call('GET', `/watch/${run.videoId}`);
  expect(page.status).toBe(200);
  const missing = await api.call('GET', `/watch/${ulid()}`);
  expect([missing.status, missing.body]).toEqual([404, page.body]);
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(page.body).not.toContain('alert(1)');
  expect((await api.call('GET', `/watch/${run.videoId}/info`)).body).toMatchObject({ title: '<script>alert(1)</script>', playback: null });
});
