import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { PIPELINE } from '../../../temporal/contract/pipeline';
import { startApi, type RunningApi } from '../testing/running-api';

let api: RunningApi;
let videos: VideosRepository;

beforeAll(async () => {
  api = await startApi({ API_KEYS: 'key-of-anna:anna,key-of-bert:bert' });
  videos = api.app.get(VideosRepository);
});

afterAll(() => api.stop());

const ANNA = { authorization: 'Bearer key-of-anna' };
const BERT = { authorization: 'Bearer key-of-bert' };

const post = (videoId: string, body: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', `/api/v1/videos/${videoId}/views`, body, { ...ANNA, ...headers });

const viewsOf = async (videoId: string) => {
  const { body } = await api.call('GET', `/api/v1/videos/${videoId}`, undefined, ANNA);
  return [body.views_total, body.views_last_hour];
};

async function uploading() {
  const { videoId } = newVideo({});
  await videos.create(newVideo({ videoId, creatorId: 'anna' }));
  return { videoId, generation: 1 };
}

async function ready() {
  const run = await uploading();
  await videos.setUploaded(run.videoId, PIPELINE);
  await videos.setReady(run, { manifestKey: `${run.videoId}/manifest.m3u8` });
  return run;
}

it('adds views up and shows them with the video', async () => {
  const { videoId } = await ready();
  expect(await viewsOf(videoId)).toEqual([0, 0]);
  expect(await post(videoId, { count: 2 })).toMatchObject({ status: 200, body: { video_id: videoId, views_total: 2, views_last_hour: 2 } });
  expect(await post(videoId, { count: 100_000 })).toMatchObject({ status: 200, body: { views_total: 100_002, views_last_hour: 100_002 } });
  expect(await viewsOf(videoId)).toEqual([100_002, 100_002]);
  const { body } = await api.call('GET', '/api/v1/videos', undefined, ANNA);
  expect(body.videos[0]).toMatchObject({ video_id: videoId, views_total: 100_002 });
});

it('counts a repeated call once, and refuses its key for another one', async () => {
  const [one, other] = [await ready(), await ready()];
  const key = { 'Idempotency-Key': 'views-1' };
  for (const _ of [1, 2, 3]) expect(await post(one.videoId, { count: 5 }, key)).toMatchObject({ status: 200, body: { views_total: 5 } });
  for (const [videoId, count] of [
    [one.videoId, 6],
    [other.videoId, 5],
  ] as const) {
    expect(await post(videoId, { count }, key)).toMatchObject({ status: 422, body: { code: 'IdempotencyKeyReused' } });
  }
  expect([await viewsOf(one.videoId), await viewsOf(other.videoId)]).toEqual([
    [5, 5],
    [0, 0],
  ]);
});

it.each([
  ['none', {}],
  ['null', { count: null }],
  ['0', { count: 0 }],
  ['a negative number', { count: -1 }],
  ['a fraction', { count: 1.5 }],
  ['too many', { count: 1e9 }],
  ['a string', { count: '1' }],
  ['another field', { count: 1, minute: 0 }],
  ['a list', [1]],
])('refuses a count that is %s', async (_, body) => {
  const { videoId } = await ready();
  expect(await post(videoId, body)).toMatchObject({
    status: 422,
    body: { code: 'ValidationFailed', detail: expect.stringMatching(/^Correct the request: .+\.$/) },
  });
  expect(await viewsOf(videoId)).toEqual([0, 0]);
});

describe('a video that cannot be played', () => {
  it('has no views while it is uploaded, and when it has failed or was removed', async () => {
    const [early, failed, removed] = [await uploading(), await uploading(), await ready()];
    await videos.setUploaded(failed.videoId, PIPELINE);
    await videos.setFailed(failed, { step: 'probe', failureType: 'SourceUnreadable', message: 'This is not a video.' });
    await videos.setRemoved(removed.videoId);
    for (const [{ videoId }, status] of [
      [early, 'uploading'],
      [failed, 'failed'],
      [removed, 'removed'],
    ] as const) {
      expect(await post(videoId, { count: 1 })).toMatchObject({
        status: 409,
        body: { code: 'VideoNotReady', video_status: status, detail: expect.stringContaining(`is ${status}.`) },
      });
    }
  });

  it('is one that does not exist, or belongs to others', async () => {
    const { videoId } = await ready();
    const unknown = await post(newVideo({}).videoId, { count: 1 });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'VideoNotFound' } });
    expect((await post(videoId, { count: 1 }, BERT)).status).toBe(404);
  });
});

it('counts views of what was published while the video is made again', async () => {
  const run = await ready();
  await videos.reopen(run, { nextGeneration: 2, status: 'probing', rerun: ['probe'], walk: PIPELINE });
  expect((await post(run.videoId, { count: 3 })).status).toBe(200);
});
