import { newVideo } from '../../../infra/database/testing/new-video';
import { VideoLists } from '../../../infra/database/video-lists';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { startApi, type RunningApi } from '../testing/running-api';
import { USUAL_WALK } from '../../../temporal/testing/usual-walk';

let api: RunningApi;
let videos: VideosRepository;

beforeAll(async () => {
  api = await startApi({ API_KEYS: 'key-of-anna:anna,key-of-bert:bert' });
  videos = api.app.get(VideosRepository);
});

afterAll(() => api.stop());

const ANNA = { authorization: 'Bearer key-of-anna' };
const BERT = { authorization: 'Bearer key-of-bert' };

async function stored(status: 'uploading' | 'uploaded' | 'transcoding' | 'ready') {
  const { videoId } = newVideo({});
  const run = { videoId, generation: 1 };
  await videos.create(newVideo({ videoId, creatorId: 'anna' }));
  if (status !== 'uploading') await videos.setUploaded(videoId, USUAL_WALK);
  if (status !== 'uploading' && status !== 'uploaded') {
    await videos.setWorkflowStarted(videoId);
    await videos.advance(run, 'transcoding');
  }
  if (status === 'ready') await videos.setReady(run, { manifestKey: 'k' });
  return run;
}

const post = (path: string, body: unknown = {}, headers: Record<string, string> = ANNA) =>
  api.call('POST', `/api/v1/videos/${path}`, body, headers);

describe('POST /videos/{id}/retry', () => {
  it.each(['nonsense', 'notify', ''])('refuses the step "%s"', async (fromStep) => {
    const { videoId } = await stored('ready');
    expect(await post(`${videoId}/retry`, { from_step: fromStep })).toMatchObject({ status: 422, body: { code: 'ValidationFailed' } });
  });

  it.each(['uploading', 'uploaded'] as const)('refuses a video that is %s', async (status) => {
    const { videoId } = await stored(status);
    expect(await post(`${videoId}/retry`, { from_step: 'probe' })).toMatchObject({
      status: 409,
      body: { code: 'NothingToRetry', video_status: status },
    });
  });

  it('asks for a step when none has failed', async () => {
    const { videoId } = await stored('ready');
    expect(await post(`${videoId}/retry`)).toMatchObject({ status: 409, body: { code: 'StepNeeded' } });
  });

  it('does not exist for another creator', async () => {
    const { videoId } = await stored('ready');
    expect((await post(`${videoId}/retry`, { from_step: 'package' }, BERT)).status).toBe(404);
    expect((await post(`${videoId}/cancel`, {}, BERT)).status).toBe(404);
    expect((await api.call('DELETE', `/api/v1/videos/${videoId}`, undefined, BERT)).status).toBe(404);
  });
});

describe('Idempotency-Key of a retry', () => {
  it('belongs to one request: 422 for another body or video', async () => {
    const [one, other] = [await stored('ready'), await stored('ready')];
    const headers = { ...ANNA, 'Idempotency-Key': 'key-1' };
    const retry = (videoId: string, body: unknown) => post(`${videoId}/retry`, body, headers);
    // No step has failed, so the retry itself is refused; the key is bound all the same.
    expect((await retry(one.videoId, {})).body.code).toBe('StepNeeded');
    expect((await retry(one.videoId, {})).body.code).toBe('StepNeeded');
    expect(await retry(one.videoId, { from_step: 'package' })).toMatchObject({ status: 422, body: { code: 'IdempotencyKeyReused' } });
    expect(await retry(other.videoId, {})).toMatchObject({ status: 422, body: { code: 'IdempotencyKeyReused' } });
  });

  it('of another creator is another key', async () => {
    expect((await post('01M7ZF4PXBDQ3QAZSNXTCAQ0H3/retry', {}, { ...BERT, 'Idempotency-Key': 'key-1' })).status).toBe(404);
  });
});

describe('POST /videos/retry', () => {
  it.each([{ limit: 0 }, { limit: 501 }, { failure_type: 'Bad' }, { failed_step: 'x' }, { surprise: 1 }])('refuses %j', async (body) => {
    expect((await post('retry', body)).status).toBe(422);
  });

  it('covers the videos of the caller only', async () => {
    expect(await post('retry', { creator_id: 'anna' }, BERT)).toMatchObject({ status: 403, body: { code: 'CreatorForbidden' } });
    expect(await post('retry', {}, BERT)).toMatchObject({ status: 200, body: { retried: [], refused: [], more: false } });
  });

  it('leaves out what only another file can mend', async () => {
    const failed = async (failureType: string) => {
      const run = await stored('transcoding');
      await videos.setFailed(run, { step: 'transcode', failureType, message: 'm' });
      return run.videoId;
    };
    const [broken] = [await failed('EncodeFailed'), await failed('SourceUnreadable')];
    const filter = { creatorId: 'anna', exceptFailureTypes: ['SourceUnreadable'] as const, limit: 10 };
    expect((await api.app.get(VideoLists).listFailed(filter)).map(({ videoId }) => videoId)).toEqual([broken]);
    const { body } = await api.call('GET', '/api/v1/videos?status=failed', undefined, ANNA);
    const types = (body.videos as { failure_type: string }[]).map((video) => video.failure_type);
    expect(types.sort()).toEqual(['EncodeFailed', 'SourceUnreadable']);
  });
});

describe('POST /videos/{id}/cancel', () => {
  it('gives up an upload, and says the same again', async () => {
    const { body: created } = await post('upload', { filename: 'a.mp4', content_type: 'video/mp4', file_size_bytes: 10, title: 'A' });
    for (let time = 0; time < 2; time++) {
      expect(await post(`${created.video_id}/cancel`)).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    }
    expect((await post(`${created.video_id}/upload/complete`)).status).toBe(409);
  });

  it('ends a video whose workflow is gone', async () => {
    const { videoId } = await stored('transcoding');
    expect(await post(`${videoId}/cancel`)).toMatchObject({ status: 202, body: { status: 'cancelled' } });
  });

  it('has nothing to do for a ready video', async () => {
    const { videoId } = await stored('ready');
    expect(await post(`${videoId}/cancel`)).toMatchObject({ status: 409, body: { code: 'NothingToCancel' } });
  });
});

describe('DELETE /videos/{id}', () => {
  it('removes an upload that was never finished', async () => {
    const { body: created } = await post('upload', { filename: 'a.mp4', content_type: 'video/mp4', file_size_bytes: 10, title: 'A' });
    for (let time = 0; time < 2; time++) {
      expect(await api.call('DELETE', `/api/v1/videos/${created.video_id}`, undefined, ANNA)).toMatchObject({
        status: 202,
        body: { status: 'removed' },
      });
    }
    expect(await post(`${created.video_id}/retry`, { from_step: 'probe' })).toMatchObject({ status: 409 });
  });
});

it('counts failed videos for alerts', async () => {
  const run = await stored('transcoding');
  await videos.setFailed(run, { step: 'audio', failureType: 'StorageUnavailable', message: 'm' });
  const { body } = await api.call('GET', '/metrics');
  expect(body).toMatch(/sprocket_failed_videos\{failed_step="audio",failure_type="StorageUnavailable"\} 1/);
  expect(body).toMatch(/sprocket_videos\{status="failed"\} \d/);
});
