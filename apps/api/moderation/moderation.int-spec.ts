import { ModerationRepository } from '../../../infra/database/moderation/moderation-repository';
import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import type { ModerationReport } from '../../../temporal/contract/media/moderation';
import { OBJECTS } from '../../../temporal/contract/media/objects';
import { moderationKeys } from '../../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../../temporal/contract/picture-keys';
import { walkOf } from '../../../temporal/contract/pipeline';
import { startApi, type RunningApi } from '../testing/running-api';

const ANNA = { authorization: 'Bearer key-of-anna' };
const BERT = { authorization: 'Bearer key-of-bert' };
const ENCODING = { isStrict: false, families: {}, moderation: { mode: 'hold', threshold: 0.5 } } as const;
const REPORT: ModerationReport = {
  formatVersion: 1,
  model: { name: 'open_nsfw', version: '0.1.0', sha256: 'a' },
  threshold: 0.5,
  intervalMs: 1000,
  frames: [
    { timeMs: 0, score: 0.1 },
    { timeMs: 1000, score: 0.9 },
  ],
  pictures: [{ timeMs: 1000, score: 0.9 }],
};

let api: RunningApi;
let videos: VideosRepository;
let moderation: ModerationRepository;

beforeAll(async () => {
  api = await startApi({ API_KEYS: 'key-of-anna:anna,key-of-bert:bert' });
  videos = api.app.get(VideosRepository);
  moderation = api.app.get(ModerationRepository);
});
afterAll(() => api.stop());

/** A video of Anna's that is scored and held. */
async function held() {
  const video = newVideo({ creatorId: 'anna', encoding: ENCODING });
  const run = { videoId: video.videoId, generation: 1 };
  await videos.create(video);
  await videos.setUploaded(run.videoId, walkOf(ENCODING));
  await videos.advance(run, 'packaging');
  await moderation.setFindings(run, { threshold: 0.5, highestScore: 0.9, scoredFrames: 2, flaggedFrames: 1 });
  await videos.setThumbnail(run, thumbnailKeys.poster(run.videoId, 1));
  expect(await moderation.hold(run)).toBe(true);
  const objects = api.app.get(ObjectStore);
  await objects.put('transcoded', moderationKeys.report(run.videoId, 1), JSON.stringify(REPORT), OBJECTS.moderationReport);
  await objects.put('transcoded', moderationKeys.picture(run.videoId, 1, 1), 'a picture', OBJECTS.flaggedPicture);
  await objects.put('transcoded', thumbnailKeys.poster(run.videoId, 1), 'a poster', OBJECTS.picture);
  return run;
}

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = ANNA) =>
  api.call(method, `/api/v1/videos/${path}`, body, headers);
const decide = (videoId: string, body: unknown, headers = ANNA) => call('POST', `${videoId}/moderation`, body, headers);

describe('a video that waits for a moderator', () => {
  it('is in the queue and says how it scored, without an address to play', async () => {
    const { videoId } = await held();
    const queue = await call('GET', '?status=moderating');
    expect(queue.body.videos).toEqual(expect.arrayContaining([expect.objectContaining({ video_id: videoId })]));
    expect((await call('GET', videoId)).body).toMatchObject({
      ...{ status: 'moderating', hls_url: null, dash_url: null, thumbnail_url: null },
      moderation: { mode: 'hold', threshold: 0.5, highest_score: 0.9, scored_frames: 2, flagged_frames: 1, held_since: expect.any(String) },
    });
    expect((await call('GET', `${videoId}/manifest`)).status).toBe(409);
  });

  it('shows scores and flagged pictures to its creator only, and nothing of it is streamed', async () => {
    const { videoId } = await held();
    const { body } = await call('GET', `${videoId}/moderation`);
    expect(body).toMatchObject({
      ...{ model: { name: 'open_nsfw' }, interval_ms: 1000, decision: null },
      scores: [
        { time_ms: 0, score: 0.1 },
        { time_ms: 1000, score: 0.9 },
      ],
      flagged: [{ time_ms: 1000, score: 0.9, picture_url: expect.stringMatching(/\/api\/v1\/videos\/.*\/moderation\/pictures\/1$/) }],
    });
    const picture = await fetch(`${api.url}/api/v1/videos/${videoId}/moderation/pictures/1`, { headers: ANNA });
    expect([picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control')]).toEqual([
      ...[200, 'image/jpeg', 'private, no-store'],
    ]);
    expect(await picture.text()).toBe('a picture');
    for (const headers of [BERT, {}])
      expect((await call('GET', `${videoId}/moderation/pictures/1`, undefined, headers)).status).not.toBe(200);
    for (const number of ['2', '0', '1.5', 'x', '..%2f1'])
      expect((await call('GET', `${videoId}/moderation/pictures/${number}`)).status).toBe(404);
    for (const path of ['moderation.json', 'moderation/picture_001.jpg', 'thumbnails/poster.jpg'])
      expect((await api.call('GET', `/stream/${videoId}/g1/${path}`)).status).toBe(404);
  });
});

describe('POST /videos/{id}/moderation', () => {
  it.each([
    ['an unknown decision', { decision: 'publish' }],
    ['no decision', {}],
    ['a note that is too long', { decision: 'approve', note: 'x'.repeat(1001) }],
    ['a note that is no text', { decision: 'approve', note: 1 }],
    ['a field too many', { decision: 'approve', by: 'root' }],
  ])('refuses %s', async (_what, body) => {
    const { videoId } = await held();
    expect(await decide(videoId, body)).toMatchObject({ status: 422, body: { code: 'ValidationFailed' } });
  });

  it('refuses a video that is not held, and does not find one of another creator or none', async () => {
    const video = newVideo({ creatorId: 'anna' });
    await videos.create(video);
    expect(await decide(video.videoId, { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'ModerationNotHeld', video_status: 'uploading', detail: expect.stringContaining('uploading') },
    });
    expect((await decide(video.videoId, { decision: 'approve' }, BERT)).status).toBe(404);
    expect((await decide('01M7ZF4PXBDQ3QAZSNXTCAQ0H3', { decision: 'approve' })).status).toBe(404);
  });

  it('says what to do when the run that waited is lost', async () => {
    const { videoId } = await held();
    expect(await decide(videoId, { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'ModerationNotHeld', detail: expect.stringContaining('Retry the video') },
    });
  });

  it('takes a decision again and no other one', async () => {
    const run = await held();
    await moderation.record({ ...run, decision: 'approve', decidedBy: 'anna', note: 'a statue' });
    await moderation.record({ ...run, decision: 'reject', decidedBy: 'bert', note: null });
    expect(await decide(run.videoId, { decision: 'approve' })).toMatchObject({
      status: 200,
      body: { decision: 'approve', decided_by: 'anna', note: 'a statue', decided_at: expect.any(String), status: 'packaging' },
    });
    expect(await decide(run.videoId, { decision: 'reject' })).toMatchObject({ status: 409, body: { code: 'ModerationDecided' } });
    expect((await call('GET', `${run.videoId}/moderation`)).body.decision).toMatchObject({ decision: 'approve', decided_by: 'anna' });
  });
});

it('lists the videos that are flagged, whatever came of it, and those that are not', async () => {
  const run = await held();
  const harmless = await held();
  await moderation.setFindings(harmless, { threshold: 0.5, highestScore: 0.1, scoredFrames: 2, flaggedFrames: 0 });
  await videos.create(newVideo({ creatorId: 'anna' }));
  const idsOf = async (filter: string) => {
    const found = (await call('GET', `?limit=100&flagged=${filter}`)).body.videos as { video_id: string }[];
    return found.map(({ video_id: id }) => id);
  };
  expect(await idsOf('true')).toContain(run.videoId);
  expect(await idsOf('true')).not.toContain(harmless.videoId);
  expect(await idsOf('false')).toEqual([harmless.videoId]);
  expect((await call('GET', '?flagged=maybe')).status).toBe(422);
});

it('counts who waits, for how long, and who has waited for too long', async () => {
  const { videoId } = await held();
  const again = await moderation.held(new Date(Date.now() + 1000));
  expect(again.overdue).toBe(again.count);
  expect((await moderation.held(new Date(0))).overdue).toBe(0);
  const since = (await videos.find(videoId))!.heldSince!;
  await moderation.hold({ videoId, generation: 1 });
  expect((await videos.find(videoId))!.heldSince).toEqual(since);
  const text = (await api.call('GET', '/metrics')).body as string;
  expect(text).toMatch(new RegExp(`^sprocket_moderation_held ${again.count}$`, 'm'));
  expect(text).toMatch(/^sprocket_moderation_overdue 0$/m);
  expect(text).toMatch(/^sprocket_moderation_oldest_held_seconds \d+(\.\d+)?$/m);
});

it('holds no run that was superseded or has ended', async () => {
  const { videoId } = await held();
  expect(await moderation.hold({ videoId, generation: 2 })).toBe(false);
  await videos.setCancelled({ videoId, generation: 1 });
  expect(await moderation.hold({ videoId, generation: 1 })).toBe(false);
});

describe('POST /videos/upload', () => {
  const upload = (fields: Record<string, unknown>) =>
    call('POST', 'upload', { filename: 'film.mp4', file_size_bytes: 1000, title: 'A film', ...fields });

  it.each([
    ['an unknown mode', { moderation: 'block' }],
    ['a threshold above one', { moderation: 'hold', moderation_threshold: 1.01 }],
    ['a threshold below zero', { moderation: 'hold', moderation_threshold: -0.1 }],
    ['a threshold that is no number', { moderation: 'hold', moderation_threshold: '0.5' }],
  ])('refuses %s', async (_what, fields) => {
    expect(await upload(fields)).toMatchObject({ status: 422, body: { code: 'ValidationFailed' } });
  });

  it.each([
    [{}, undefined],
    [{ moderation: 'off', moderation_threshold: 0.3 }, undefined],
    [{ moderation: 'flag' }, { mode: 'flag', threshold: 0.5 }],
    [
      { moderation: 'hold', moderation_threshold: 0 },
      { mode: 'hold', threshold: 0 },
    ],
  ])('records %j', async (fields, recorded) => {
    const { body } = await upload(fields);
    expect((await videos.find(body.video_id))!.encoding.moderation).toEqual(recorded);
  });
});
