import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, fromPayloadsAtIndex } from '@temporalio/common';
import { ulid } from 'ulid';
import { newVideo } from '../../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../../infra/database/videos-repository';
import { ObjectStore } from '../../../../infra/object-store/object-store';
import { EARLY_NAMES, segmentName } from '../../../../temporal/contract/object-keys';
import { OBJECTS } from '../../../../temporal/contract/media/objects';
import { FIRST_WALK } from '../../../../temporal/contract/pipeline';
import { transcodeFamilyWorkflowId, WORKFLOW_TYPES } from '../../../../temporal/contract/ids';
import type { SegmentWish } from '../../../../temporal/contract/messages';
import { terminateRun } from '../../../../temporal/testing/terminate-run';
import { TEMPORAL_CLIENT } from '../../dependencies/tokens';
import { startApi, type RunningApi } from '../../testing/running-api';

const LISTED = 300;
const FOLDER = 'g1/h264/240p';
const PLAYLIST = [
  '#EXTM3U',
  '#EXT-X-MAP:URI="init.mp4"',
  ...Array.from({ length: LISTED }, (_, index) => `#EXTINF:6,\n${segmentName(index + 1)}`),
].join('\n');

let api: RunningApi;
let store: ObjectStore;
let videos: VideosRepository;

beforeAll(async () => {
  api = await startApi({ API_KEYS: 'key-of-ann:ann' });
  store = api.app.get(ObjectStore);
  videos = api.app.get(VideosRepository);
});

afterAll(() => api.stop());

/** A title of which the first segment is there. */
async function openTitle(): Promise<string> {
  const videoId = ulid();
  await videos.create(newVideo({ videoId, creatorId: 'ann' }));
  await videos.setUploaded(videoId, FIRST_WALK);
  await videos.advance({ videoId, generation: 1 }, 'transcoding');
  await store.put('transcoded', `${videoId}/${FOLDER}/playlist.m3u8`, PLAYLIST, OBJECTS.mediaPlaylist);
  await store.put('transcoded', `${videoId}/${EARLY_NAMES.hls}`, `#EXTM3U\n../${FOLDER}/playlist.m3u8\n`, OBJECTS.earlyHls);
  await makeSegment(videoId, 1);
  await videos.setPlayable({ videoId, generation: 1 });
  return videoId;
}

async function makeSegment(videoId: string, number: number): Promise<void> {
  await store.put('transcoded', `${videoId}/${FOLDER}/${segmentName(number)}`, `segment ${number}`, OBJECTS.videoSegment);
}

const segment = (videoId: string, number: number) => api.call('GET', `/stream/${videoId}/${FOLDER}/${segmentName(number)}`);

/** A family that keeps what it is told: no worker serves its queue. */
async function startFamily(videoId: string) {
  const temporal = api.app.get<Client>(TEMPORAL_CLIENT);
  const workflowId = transcodeFamilyWorkflowId(videoId, 1, 'h264');
  const handle = await temporal.workflow.start(WORKFLOW_TYPES.transcodeFamily, { workflowId, taskQueue: `unserved-${videoId}` });
  const wishes = async () => {
    const { events } = await handle.fetchHistory();
    const signals = (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => (signal ? [signal] : []));
    return signals.map(({ input }) => fromPayloadsAtIndex<SegmentWish>(defaultPayloadConverter, 0, input?.payloads).segments);
  };
  return { wishes, stop: () => terminateRun(temporal, workflowId) };
}

it('tells the family which segments are waited for, the newest first, at most once a second, and none that is not listed', async () => {
  const id = await openTitle();
  const family = await startFamily(id);
  const startedMs = performance.now();
  const numbers = Array.from({ length: 15 }, (_, index) => index + 50);
  const requests = [...numbers, LISTED + 1].map((number) => segment(id, number));
  while ((await family.wishes()).length === 0) await sleep(20);
  requests.push(segment(id, 70));
  while (!(await family.wishes()).flat().includes(69)) await sleep(20);
  const wishes = await family.wishes();
  expect(wishes.length).toBeLessThanOrEqual(1 + Math.floor((performance.now() - startedMs) / 1_000));
  for (const segments of wishes) expect(segments.length).toBeLessThanOrEqual(8);
  const told = wishes.flat();
  expect(new Set(told).size).toBe(told.length);
  expect(told.every((segment) => segment === 69 || numbers.includes(segment + 1))).toBe(true);
  await Promise.all([...numbers, 70].map((number) => makeSegment(id, number)));
  await Promise.all(requests);
  await family.stop();
});

it('serves what is there, for caches that ask each time', async () => {
  const id = await openTitle();
  const master = await api.call('GET', `/stream/${id}/${EARLY_NAMES.hls}`);
  expect({ status: master.status, caching: master.headers.get('cache-control') }).toEqual({ status: 200, caching: 'no-store' });
  const first = await segment(id, 1);
  expect({ status: first.status, caching: first.headers.get('cache-control') }).toEqual({ status: 200, caching: 'public, no-cache' });
});

it('holds requests for listed segments until these are there, two hundred at a time', async () => {
  const id = await openTitle();
  const numbers = Array.from({ length: 200 }, (_, index) => index + 50);
  const requests = numbers.map((number) => segment(id, number));
  expect(await Promise.race([requests[0], sleep(1_000, 'held')])).toBe('held');
  await Promise.all(numbers.map((number) => makeSegment(id, number)));
  const answers = await Promise.all(requests);
  expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(
    numbers.map((number) => ({ status: 200, body: `segment ${number}` })),
  );
});

it('holds a request for an init segment of a rung that is made after the others', async () => {
  const id = await openTitle();
  const path = `/stream/${id}/${FOLDER}/init.mp4`;
  const request = api.call('GET', path);
  expect(await Promise.race([request, sleep(1_000, 'held')])).toBe('held');
  await store.put('transcoded', `${id}/${FOLDER}/init.mp4`, 'init', OBJECTS.videoInit);
  expect(await request).toMatchObject({ status: 200 });
});

it('tells at once that there is no segment which is not listed', async () => {
  const id = await openTitle();
  const answer = await Promise.race([segment(id, LISTED + 1), sleep(2_000, null)]);
  expect(answer).toMatchObject({ status: 404, body: { code: 'MediaNotFound' } });
});

it('ends a hold after fifteen seconds, to be asked again, and has told of it once', async () => {
  const id = await openTitle();
  const family = await startFamily(id);
  const answer = await segment(id, 2);
  expect(answer).toMatchObject({ status: 503, body: { code: 'SegmentNotReady' } });
  expect(answer.headers.get('retry-after')).toBe('1');
  expect(await family.wishes()).toEqual([[1]]);
  await family.stop();
});

it('ends a hold when the run fails, and closes the title', async () => {
  const id = await openTitle();
  const held = segment(id, 2);
  await sleep(700);
  await videos.setFailed({ videoId: id, generation: 1 }, { step: 'transcode', failureType: 'EncodeFailed', message: 'It failed.' });
  expect(await held).toMatchObject({ status: 410, body: { code: 'EarlyPlaybackEnded' } });
  expect((await videos.find(id))?.playableAt).toBeNull();
});

it('ends a hold at once when the title is cancelled, and shows nothing of it', async () => {
  const id = await openTitle();
  const held = segment(id, 2);
  expect(await Promise.race([held, sleep(700, 'held')])).toBe('held');
  const answer = await api.call('POST', `/api/v1/videos/${id}/cancel`, undefined, { authorization: 'Bearer key-of-ann' });
  expect(answer.status).toBe(202);
  expect(await Promise.race([held, sleep(5_000, 'held')])).toMatchObject({ status: 404 });
  expect(await segment(id, 1)).toMatchObject({ status: 404 });
});

it.each([
  ['a video that has not opened', (id: string) => videos.create(newVideo({ videoId: id }))],
  [
    'a master that an earlier run has left',
    async (id: string) => {
      await videos.create(newVideo({ videoId: id }));
      await videos.setUploaded(id, FIRST_WALK);
      const run = { videoId: id, generation: 1 };
      await videos.setPlayable(run);
      await videos.reopen(run, { nextGeneration: 2, status: 'probing', rerun: [], walk: FIRST_WALK });
    },
  ],
])('shows nothing of %s', async (_, make) => {
  const id = ulid();
  await make(id);
  await store.put('transcoded', `${id}/${EARLY_NAMES.hls}`, `#EXTM3U\n../${FOLDER}/playlist.m3u8\n`, OBJECTS.earlyHls);
  await makeSegment(id, 1);
  for (const path of [EARLY_NAMES.hls, `${FOLDER}/${segmentName(1)}`, `${FOLDER}/${segmentName(2)}`]) {
    expect(await api.call('GET', `/stream/${id}/${path}`)).toMatchObject({ status: 404, body: { code: 'MediaNotFound' } });
  }
});

it('sends players to the published names once there are any', async () => {
  const id = await openTitle();
  await store.put('transcoded', `${id}/manifest.m3u8`, `#EXTM3U\n${FOLDER}/playlist.m3u8\n`, OBJECTS.hlsManifest);
  const answer = await fetch(`${api.url}/stream/${id}/${EARLY_NAMES.hls}`, { redirect: 'manual' });
  expect({ status: answer.status, to: answer.headers.get('location') }).toEqual({ status: 302, to: '../manifest.m3u8' });
});
