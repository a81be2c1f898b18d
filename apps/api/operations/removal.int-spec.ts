import { setTimeout as delay } from 'node:timers/promises';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import fc from 'fast-check';
import { recordCancelled, recordFailure, recordRemoved, recordWarning, reopenRun } from '../../../activities/bookkeeping/bookkeeping';
import { inspectRun } from '../../../activities/bookkeeping/inspect-run';
import { removeOutputs, removeTemporary } from '../../../activities/generations/remove-objects';
import type { ActivityDependencies } from '../../../activities/task/activity-dependencies';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { VideosRepository } from '../../../infra/database/videos-repository';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { BUILT_WORKFLOWS } from '../../../workflows/testing/built-workflows';
import { Failure } from '../../../temporal/contract/failures';
import type { FamilyEnd, FamilyPlanRef, FamilyRef, PlanRef, RunRef } from '../../../temporal/contract/activities';
import { generationFolder, MANIFEST_NAMES } from '../../../temporal/contract/object-keys';
import { QUEUES } from '../../../temporal/contract/queues';
import { openOwnNamespace, type OwnNamespace } from '../../../temporal/testing/own-namespace';
import { isVideoRunning } from '../../../temporal/video-runs';
import { recordFamilyEnd } from '../../../activities/families/family-books';
import { staleRun, toApplicationFailure } from '../../../activities/task/activity-failure';
import { FamiliesRepository } from '../../../infra/database/families-repository';
import { joinFamilyWorkflowId } from '../../../temporal/contract/ids';
import type { FamilyState } from '../../../temporal/contract/media/families';
import { POLICIES } from '../../../temporal/contract/policies';
import { startApi, type RunningApi } from '../testing/running-api';

const TEXT = { contentType: 'text/plain' };
const SETTLED_WITHIN_MS = 20_000;
const SEQUENCES = 25;

let own: OwnNamespace;
let api: RunningApi;
let workers: Worker[];
let running: Promise<void>[];

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  own = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
  api = await startApi({ TEMPORAL_NAMESPACE: own.namespace });
  const options = { connection: own.native, namespace: own.namespace, activities: activities() };
  workers = await Promise.all(
    QUEUES.map((taskQueue) =>
      Worker.create({ ...options, taskQueue, ...(taskQueue === 'pipeline' ? { workflowBundle: BUILT_WORKFLOWS } : {}) }),
    ),
  );
  running = workers.map((worker) => worker.run());
});

afterAll(async () => {
  for (const worker of workers) worker.shutdown();
  await Promise.all(running);
  await api.stop();
  await own.close();
});

/** The books and the removal are the real ones; the steps make a few objects and no media. */
function activities() {
  const objects = api.app.get(ObjectStore);
  const videos = api.app.get(VideosRepository);
  const families = api.app.get(FamiliesRepository);
  const deps = { objects, videos, families, tasks: api.app.get(TasksRepository) } as unknown as ActivityDependencies;
  const beat = () => undefined;
  const current = async (run: RunRef, status: 'probing' | 'transcoding' | 'packaging') => {
    if (await videos.advance(run, status)) return;
    throw toApplicationFailure(new Failure('Cancelled', 'This run is over.'), POLICIES.bookkeeping, 0);
  };
  const moved = async (ref: FamilyRef, from: FamilyState[], state: FamilyState) => {
    const isOver = (await videos.find(ref.videoId))?.status === 'removed';
    if (isOver || !(await families.move(ref, { from, state }))) throw toApplicationFailure(staleRun(), POLICIES.bookkeeping, 0);
  };
  return {
    recordFailure: (failure: never) => recordFailure(deps, failure),
    recordWarning: (warning: never) => recordWarning(deps, warning),
    recordCancelled: (run: RunRef) => recordCancelled(deps, run),
    recordRemoved: (video: { videoId: string }) => recordRemoved(deps, video),
    reopenRun: (request: never) => reopenRun(deps, request),
    inspectRun: (run: RunRef) => inspectRun(deps, run),
    removeTemporary: (video: { videoId: string }) => removeTemporary(deps, video, beat),
    removeOutputs: (video: { videoId: string }) => removeOutputs(deps, video, beat),
    probe: async (run: RunRef) => {
      await current(run, 'probing');
      return { durationMs: 1000, frameCount: 25 };
    },
    split: () => Promise.resolve({ planSha256: 'f'.repeat(64), families: [], skippedSteps: [] }),
    audio: () => Promise.resolve({ bytesOut: 1 }),
    thumbnails: () => Promise.resolve({ bytesOut: 1 }),
    packageManifests: async (run: PlanRef) => {
      await current(run, 'packaging');
      await objects.put('transcoded', `${generationFolder(run.videoId, run.generation)}/h264/720p/segment_00001.m4s`, 'x', TEXT);
      return { bytesOut: 1 };
    },
    verify: () => Promise.resolve({ bytesOut: 0 }),
    publish: async (run: PlanRef) => {
      await current(run, 'packaging');
      for (const name of Object.values(MANIFEST_NAMES))
        await objects.put('transcoded', `${run.videoId}/${name}`, `g${run.generation}/h264/`, TEXT);
      await videos.setReady(run, { manifestKey: `${run.videoId}/${MANIFEST_NAMES.hls}` });
      return { bytesOut: 1 };
    },
    removeOldGenerations: () => Promise.resolve({ removedGenerations: 0 }),
    planFamily: async (ref: FamilyRef) => {
      await moved(ref, ['pending'], 'running');
      return { planSha256: 'f'.repeat(64), chunkCount: 0, transcodeSlots: 1 };
    },
    packageFamily: async ({ videoId, generation, joins }: FamilyPlanRef) => {
      await objects.put('transcoded', `${generationFolder(videoId, generation)}/${joins}/720p/segment_00001.m4s`, 'x', TEXT);
      return { bytesOut: 1 };
    },
    verifyFamily: () => Promise.resolve({ bytesOut: 0 }),
    publishFamily: async ({ videoId, generation, joins: family }: FamilyPlanRef) => {
      await moved({ videoId, generation, family }, ['running'], 'joining');
      await moved({ videoId, generation, family }, ['joining'], 'ready');
      return { bytesOut: 1 };
    },
    withdrawFamily: (ref: FamilyRef) => moved(ref, ['leaving'], 'removed'),
    recordFamilyEnd: (end: FamilyEnd) => recordFamilyEnd(deps, end, beat),
  };
}

type Step = 'put' | 'complete' | 'abort' | 'retry' | 'cancel' | 'delete' | 'add family' | 'remove family' | 'ready';

const step = fc.constantFrom<Step>('put', 'complete', 'abort', 'retry', 'cancel', 'delete', 'add family', 'remove family');
/** Calls of one round are sent at the same time. */
const rounds = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

it('leaves of a removed video nothing that runs or plays, whatever came before and at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(rounds, async (sequence) => {
      const { body } = await api.call('POST', '/api/v1/videos/upload', { filename: 'a.mp4', file_size_bytes: 3, title: 'A' });
      const id = String(body.video_id);
      await put(String(body.upload_url));
      for (const round of sequence) {
        const statuses = await Promise.all(round.map((name) => call(name, id, String(body.upload_url))));
        expect(statuses.filter((status) => status === 500)).toEqual([]);
      }
      // A worker or a store may be slow to answer; a removal that was not accepted is sent again.
      while ((await call('delete', id, '')) !== 202) await delay(100);
      await untilSettled(id);
      expect((await api.call('GET', `/api/v1/videos/${id}`)).body.status).toBe('removed');
      expect([...(await api.app.get(ObjectStore).sizesBelow('transcoded', `${id}/`)).keys()]).toEqual([]);
      expect((await api.call('GET', `/stream/${id}/manifest.m3u8`)).status).toBe(404);
      expect((await call('retry', id, '')) === 409).toBe(true);
    }),
    {
      ...{ numRuns: SEQUENCES, seed: 11 },
      examples: [
        [[['complete', 'abort'], ['retry'], ['delete']]],
        [[['complete', 'delete'], ['retry']]],
        [[['complete'], ['ready'], ['add family', 'delete']]],
        [[['complete'], ['ready'], ['add family'], ['remove family', 'delete'], ['add family']]],
      ],
    },
  );
}, 110_000);

async function untilSettled(id: string): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  while ((await isVideoRunning(own.client, id)) || (await isJoining(id))) {
    if (Date.now() > deadline) throw new Error('a run of the removed video goes on');
    await delay(50);
  }
}

async function isJoining(videoId: string): Promise<boolean> {
  const { body } = await api.call('GET', `/api/v1/videos/${videoId}`);
  const workflowId = joinFamilyWorkflowId(videoId, Number(body.generation), 'av1');
  const found = await own.client.workflow
    .getHandle(workflowId)
    .describe()
    .catch(() => null);
  return found?.status.name === 'RUNNING';
}

async function untilReady(id: string): Promise<number> {
  while ((await api.call('GET', `/api/v1/videos/${id}`)).body.status !== 'ready') await delay(50);
  return 200;
}

async function call(name: Step, id: string, uploadUrl: string): Promise<number> {
  const video = `/api/v1/videos/${id}`;
  if (name === 'put') return put(uploadUrl);
  if (name === 'abort') return (await api.call('DELETE', `${video}/upload`)).status;
  if (name === 'ready') return untilReady(id);
  if (name === 'add family') return (await api.call('POST', `${video}/families`, { codecs: ['av1'] })).status;
  if (name === 'remove family') return (await api.call('DELETE', `${video}/families/av1`)).status;
  if (name === 'delete') return (await api.call('DELETE', video)).status;
  const path = name === 'complete' ? '/upload/complete' : `/${name}`;
  return (await api.call('POST', video + path, name === 'retry' ? { from_step: 'probe' } : {})).status;
}

async function put(url: string): Promise<number> {
  return (await fetch(url, { method: 'PUT', body: 'abc' })).status;
}
