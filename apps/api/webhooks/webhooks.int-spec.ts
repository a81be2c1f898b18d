import { setTimeout as pause } from 'node:timers/promises';
import { createApiKey } from '../../../infra/api-keys/api-key';
import { ApiKeysRepository } from '../../../infra/api-keys/api-keys-repository';
import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { DeliveriesRepository } from '../../../infra/webhooks/deliveries-repository';
import { PIPELINE } from '../../../temporal/contract/pipeline';
import { startApi, type RunningApi } from '../testing/running-api';

const ADMIN_KEY = 'the-key-of-the-operator-of-this-test';
const HOOKS = '/api/v1/webhooks';
const URL = 'https://receiver.example/events';

let api: RunningApi;
let ann: string;
let bob: string;

beforeAll(async () => {
  api = await startApi({
    API_ADMIN_KEY: ADMIN_KEY,
    OUTBOUND_ALLOWED_NETWORKS: '127.0.0.0/8',
    DRM_MASTER_KEY: '5a'.repeat(32),
    DRM_MASTER_KEY_FILE: '',
  });
  [ann, bob] = [await newKey('ann'), await newKey('bob')];
});
afterAll(() => api.stop());

async function newKey(creatorId: string): Promise<string> {
  const made = createApiKey();
  await api.app.get(ApiKeysRepository).add(made, { name: 'test', scopes: ['videos:read', 'videos:write'], creatorId, expiresAt: null });
  return made.key;
}

const as = (key: string, method: string, path: string, body?: unknown) => api.call(method, path, body, { Authorization: `Bearer ${key}` });

async function uploadedVideo(creatorId: string): Promise<string> {
  const { videoId } = newVideo({});
  const videos = api.app.get(VideosRepository);
  await videos.create(newVideo({ videoId, creatorId }));
  await videos.setUploaded(videoId, PIPELINE);
  return videoId;
}

it('makes, shows, changes, rotates and removes a webhook, and shows each secret once', async () => {
  const made = await as(ann, 'POST', HOOKS, { url: URL, event_types: ['video.ready'] });
  expect(made).toMatchObject({ status: 201, body: { creator_id: 'ann', enabled: true, event_types: ['video.ready'], notice: null } });
  const { webhook_id: id, secret } = made.body as { webhook_id: string; secret: string };
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const listed = await as(ann, 'GET', HOOKS);
  expect(JSON.stringify(listed.body)).not.toContain('whsec_');
  expect(listed.body.webhooks).toHaveLength(1);
  const rotated = await as(ann, 'POST', `${HOOKS}/${id}/rotate`);
  expect(rotated.body.secret).not.toBe(secret);
  expect(Date.parse(rotated.body.old_secret_until)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  const off = await as(ann, 'PATCH', `${HOOKS}/${id}`, { enabled: false, description: 'off' });
  expect(off.body).toMatchObject({ enabled: false, description: 'off', notice: expect.stringContaining('disabled') });
  expect((await as(ann, 'POST', `${HOOKS}/${id}/test`)).body.code).toBe('WebhookDisabled');
  expect((await as(ann, 'PATCH', `${HOOKS}/${id}`, { enabled: true })).body).toMatchObject({ enabled: true, notice: null });
  // Of another creator it does not exist.
  for (const [method, path] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/test'],
    ['POST', '/rotate'],
    ['GET', '/deliveries'],
  ] as const)
    expect((await as(bob, method, `${HOOKS}/${id}${path}`, method === 'PATCH' ? {} : undefined)).status).toBe(404);
  expect((await as(ann, 'DELETE', `${HOOKS}/${id}`)).status).toBe(204);
  expect((await as(ann, 'GET', `${HOOKS}/${id}`)).status).toBe(404);
});

it.each([
  'http://receiver.example:8080/',
  'https://10.0.0.1/',
  'https://user:pw@receiver.example/',
  'http://8.8.8.8/',
  'https://receiver.example:22/',
  'no url',
])('refuses %s', async (url) => {
  expect(await as(ann, 'POST', HOOKS, { url })).toMatchObject({ status: 422, body: { code: 'WebhookUrlRefused' } });
});

it('logs deliveries, tests a webhook and sends an event again with its id', async () => {
  const { webhook_id: id } = (await as(ann, 'POST', HOOKS, { url: URL })).body as { webhook_id: string };
  const videoId = await uploadedVideo('ann');
  await uploadedVideo('bob');
  const deliveries = api.app.get(DeliveriesRepository);
  await deliveries.fanOut(100);
  const tested = await as(ann, 'POST', `${HOOKS}/${id}/test`);
  expect(tested).toMatchObject({ status: 202, body: { event_type: 'webhook.test', status: 'waiting' } });
  const page = (await as(ann, 'GET', `${HOOKS}/${id}/deliveries`)).body.deliveries as {
    delivery_id: string;
    event_id: string;
    video_id: string;
  }[];
  expect(page).toHaveLength(2);
  const event = page.find((each) => each.video_id === videoId)!;
  const again = await as(ann, 'POST', `${HOOKS}/deliveries/${event.delivery_id}/redeliver`);
  expect(again).toMatchObject({ status: 202, body: { event_id: event.event_id, event_type: 'video.uploaded' } });
  expect((await as(bob, 'POST', `${HOOKS}/deliveries/${event.delivery_id}/redeliver`)).status).toBe(404);
  expect((await as(ADMIN_KEY, 'GET', '/metrics')).body).toMatch(/^sprocket_webhook_backlog 3$/m);
});

it('makes a webhook for one video with its upload', async () => {
  const request = { filename: 'a.mp4', file_size_bytes: 10, title: 'A', webhook_url: URL };
  const headers = { Authorization: `Bearer ${bob}`, 'Idempotency-Key': 'once' };
  const first = await api.call('POST', '/api/v1/videos/upload', request, headers);
  expect(first.body.webhook_secret).toMatch(/^whsec_/);
  const second = await api.call('POST', '/api/v1/videos/upload', request, headers);
  expect(second.body).toMatchObject({ video_id: first.body.video_id });
  expect(second.body.webhook_secret).toBeUndefined();
  expect((await api.call('POST', '/api/v1/videos/upload', { ...request, webhook_url: `${URL}/2` }, headers)).status).toBe(422);
  expect((await as(bob, 'GET', HOOKS)).body.webhooks).toMatchObject([{ video_id: first.body.video_id, url: URL }]);
  const badUrl = await as(bob, 'POST', '/api/v1/videos/upload', { ...request, webhook_url: 'https://127.1.2.3:99/' });
  expect(badUrl.body.code).toBe('WebhookUrlRefused');
});

it('streams the events that a key sees and resumes where a client left', async () => {
  const heard: string[] = [];
  const listen = async (key: string, lastId?: string) => {
    const stop = new AbortController();
    const headers = { Authorization: `Bearer ${key}`, ...(lastId ? { 'Last-Event-ID': lastId } : {}) };
    const response = await fetch(`${api.url}/api/v1/events`, { headers, signal: stop.signal });
    const reading = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) heard.push(chunk);
    })().catch(() => undefined);
    return async () => {
      stop.abort();
      await reading;
    };
  };
  const seen = (videoId: string) => heard.join('').includes(videoId);
  const leave = await listen(ann);
  const [own, other] = [await uploadedVideo('ann'), await uploadedVideo('bob')];
  while (!seen(own)) await pause(20);
  await leave();
  expect(seen(other)).toBe(false);
  const id = /id: (\d+)\nevent: video.uploaded\ndata: [^\n]*/.exec(heard.join('').slice(heard.join('').indexOf(own) - 200))![1]!;
  heard.length = 0;
  const missed = await uploadedVideo('ann');
  const leaveAgain = await listen(ann, id);
  while (!seen(missed)) await pause(20);
  await leaveAgain();
  expect(seen(own)).toBe(false);
  // Of a database that a restore has put back.
  const leaveLast = await listen(ann, '999999999999');
  const later = await uploadedVideo('ann');
  while (!seen(later)) await pause(20);
  await leaveLast();
});
