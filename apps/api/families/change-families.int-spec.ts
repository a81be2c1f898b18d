import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { FamiliesRepository } from '../../../infra/database/families-repository';
import { newVideo } from '../../../infra/database/testing/new-video';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { joinFamilyWorkflowId } from '../../../temporal/contract/ids';
import type { FamilyState } from '../../../temporal/contract/media/families';
import { PIPELINE } from '../../../temporal/contract/pipeline';
import { openOwnNamespace, type OwnNamespace } from '../../../temporal/testing/own-namespace';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { startApi, type RunningApi } from '../testing/running-api';

let own: OwnNamespace;
let api: RunningApi;
let videos: VideosRepository;
let families: FamiliesRepository;

/** No worker runs, so that what a call writes stays as it is. */
beforeAll(async () => {
  own = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
  api = await startApi({ TEMPORAL_NAMESPACE: own.namespace });
  videos = api.app.get(VideosRepository);
  families = api.app.get(FamiliesRepository);
});

afterAll(async () => {
  await api.stop();
  await own.close();
});

/** A video whose first generation is public, with AV1 in the given state. */
async function published(state: FamilyState | null): Promise<string> {
  const { videoId } = newVideo({});
  const run = { videoId, generation: 1 };
  await videos.create(newVideo({ videoId, codecs: ['h264', 'av1'] }));
  await videos.setUploaded(videoId, PIPELINE);
  await videos.advance(run, 'transcoding');
  if (state === null) return videoId;
  await videos.setReady(run, { manifestKey: 'k' });
  await families.ask({ ...run, family: 'av1' });
  await families.move({ ...run, family: 'av1' }, { from: ['pending'], state });
  return videoId;
}

/** Begins a second generation. */
async function again(videoId: string): Promise<void> {
  await videos.reopen({ videoId, generation: 1 }, { nextGeneration: 2, status: 'probing', rerun: [], walk: PIPELINE });
}

const remove = (videoId: string, family = 'av1') => api.call('DELETE', `/api/v1/videos/${videoId}/families/${family}`);
const add = (videoId: string) => api.call('POST', `/api/v1/videos/${videoId}/families`, { codecs: ['av1'] });
const rowOf = async (videoId: string) => (await families.list(videoId)).find(({ family }) => family === 'av1');

describe('the removal of a family', () => {
  it.each(['ready', 'running', 'failed'] as const)('that is %s is taken while a new generation is made', async (state) => {
    const videoId = await published(state);
    await again(videoId);
    expect(await remove(videoId)).toMatchObject({ status: 202, body: { families: { av1: { state: 'leaving' } } } });
    // It leaves the generation that is public, and the new one does not make it.
    expect(await rowOf(videoId)).toMatchObject({ generation: 1, state: 'leaving' });
  });

  it('is taken after the new generation was cancelled', async () => {
    const videoId = await published('ready');
    await again(videoId);
    await videos.setCancelled({ videoId, generation: 2 });
    expect((await api.call('GET', `/api/v1/videos/${videoId}/status`)).body.families).toMatchObject({
      av1: { state: 'ready', percent: 100 },
    });
    expect(await remove(videoId)).toMatchObject({ status: 202, body: { families: { av1: { state: 'leaving' } } } });
  });

  it('is taken before the title is published', async () => {
    const videoId = await published(null);
    expect(await remove(videoId)).toMatchObject({ status: 202, body: { families: { av1: { state: 'leaving' } } } });
  });

  it('is refused for a family that was not asked for, and for the first one', async () => {
    const videoId = await published('ready');
    expect(await remove(videoId, 'vp9')).toMatchObject({ status: 404, body: { code: 'FamilyNotFound' } });
    expect(await remove(videoId, 'h264')).toMatchObject({ status: 409, body: { code: 'FamilyIsFirst' } });
  });

  it('is refused for a removed video, as is its addition', async () => {
    const videoId = await published('cancelled');
    await videos.setRemoved(videoId);
    const refusal = { status: 409, body: { code: 'VideoNotReady', video_status: 'removed' } };
    expect(await remove(videoId)).toMatchObject(refusal);
    expect(await add(videoId)).toMatchObject(refusal);
    expect(await rowOf(videoId)).toMatchObject({ state: 'cancelled' });
  });
});

describe('a family that was taken back while it was made', () => {
  it('is made again once its first run has ended', async () => {
    const videoId = await published('cancelled');
    expect(await add(videoId)).toMatchObject({ status: 202 });
    expect(await remove(videoId)).toMatchObject({ status: 202 });
    const temporal = api.app.get<Client>(TEMPORAL_CLIENT);
    const first = await temporal.workflow.getHandle(joinFamilyWorkflowId(videoId, 1, 'av1')).describe();
    const again = add(videoId);
    await delay(500);
    await temporal.workflow.getHandle(joinFamilyWorkflowId(videoId, 1, 'av1'), first.runId).terminate();
    expect(await again).toMatchObject({ status: 202, body: { families: { av1: { state: 'pending' } } } });
    const second = await temporal.workflow.getHandle(joinFamilyWorkflowId(videoId, 1, 'av1')).describe();
    expect([second.status.name, second.runId === first.runId]).toEqual(['RUNNING', false]);
  });

  it('is refused while that takes long', async () => {
    const videoId = await published('cancelled');
    await add(videoId);
    await remove(videoId);
    expect(await add(videoId)).toMatchObject({ status: 409, body: { code: 'FamilyIsEnding' } });
    expect(await rowOf(videoId)).toMatchObject({ state: 'leaving' });
  });
});

it('says how a family can be added to a video that was cancelled', async () => {
  const videoId = await published('ready');
  await again(videoId);
  await videos.setCancelled({ videoId, generation: 2 });
  const answer = await add(videoId);
  expect(answer).toMatchObject({ status: 409, body: { code: 'VideoNotReady' } });
  expect(JSON.stringify(answer.body)).toContain('retry it first');
});
