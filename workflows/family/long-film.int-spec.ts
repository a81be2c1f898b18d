import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineSearchAttributeKey } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId, SEARCH_ATTRIBUTES, transcodeFamilyWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import { segmentName } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { QUEUES } from '../../temporal/contract/queues';
import { videoRef } from '../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport } from '../../temporal/contract/media/reports';
import { historiesOf, payloadSizes } from '../../temporal/testing/histories';
import { mergeReports } from '../planning/manifests/merge-reports';
import { segmentRange } from '../planning/timeline/segment-grid';
import { filmPlan } from '../planning/testing/film-plan';
import { BUILT_WORKFLOWS } from '../testing/built-workflows';

const FOUR_HOURS_SECONDS = 4 * 3600;
/** As many as there are chunks in the longest plan, a quarter each. */
const SLOTS = 125;
/** The server's default of 4,096 events is more than a film of four hours takes. */
const EVENTS_PER_RUN = 200;
/** What chunks say that they take; it is more than their wait, so that the fleet is full all the time. */
const CHUNK_MS = 29_000;
const PLAN_SHA256 = 'c'.repeat(64);

let server: TestWorkflowEnvironment;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: process.env['TEMPORAL_CLI_PATH'] ?? '' },
      extraArgs: ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${EVENTS_PER_RUN}`],
      searchAttributes: Object.values(SEARCH_ATTRIBUTES).map((name) => defineSearchAttributeKey(name, 'KEYWORD')),
      log: { format: 'pretty', level: 'error' },
    },
  });
}, 120_000);

afterAll(() => server.teardown());

/** Does what tasks leave for the next step, without media: every chunk writes its report, packaging merges them all. */
class Film {
  readonly runsOfChunk = new Map<number, number>();
  readonly reports = new Map<number, ChunkReport>();
  merged: RenditionReport[] = [];

  constructor(readonly plan: Plan) {}

  activities(): Partial<PipelineActivities> {
    const { plan } = this;
    return {
      probe: async () => ({ durationMs: plan.source.durationMs, frameCount: plan.grid.frameCount }),
      split: async () => ({
        planSha256: PLAN_SHA256,
        families: [{ family: 'h264', chunkCount: plan.chunks.length }],
        transcodeSlots: plan.transcodeSlots,
        skippedSteps: ['thumbnails'],
      }),
      transcodeChunk: async ({ chunkIndex }) => {
        this.runsOfChunk.set(chunkIndex, (this.runsOfChunk.get(chunkIndex) ?? 0) + 1);
        this.reports.set(chunkIndex, reportOf(plan, chunkIndex));
        return { bytesOut: 1, ranMs: CHUNK_MS };
      },
      audio: async () => ({ bytesOut: 1 }),
      packageManifests: async () => {
        this.merged = mergeReports(
          [...this.reports.values()].sort((a, b) => a.chunkIndex - b.chunkIndex),
          plan,
        );
        return { bytesOut: 1 };
      },
      publish: async () => ({ bytesOut: 1 }),
    };
  }
}

function reportOf(plan: Plan, chunkIndex: number): ChunkReport {
  const chunk = plan.chunks[chunkIndex];
  if (!chunk) throw new RangeError(`the plan has no chunk ${chunkIndex}`);
  const { num, den } = plan.grid.frameRate;
  const all = Array.from({ length: plan.grid.segmentCount }, (_, index) => ({
    name: segmentName(index + 1),
    ...segmentRange(plan.grid, index),
  }));
  const segments = all
    .filter(({ startFrame }) => startFrame >= chunk.startFrame && startFrame < chunk.endFrame)
    .map(({ name, startFrame, endFrame }) => ({
      name,
      sizeBytes: 1_000,
      sampleCount: endFrame - startFrame,
      durationTicks: (endFrame - startFrame) * den,
      startTicks: startFrame * den,
      reorderTicks: 0,
      stepTicks: den,
      keyFrame: { offset: 0, sizeBytes: 1 },
    }));
  const rendition = {
    ref: videoRef('h264', { name: '1080p' }),
    timescale: num,
    codec: 'avc1.640028',
    initName: 'init.mp4',
    initSizeBytes: 1,
    initSha256: 'i',
    segments,
  };
  return {
    formatVersion: 1,
    planSha256: PLAN_SHA256,
    family: 'h264',
    chunkIndex,
    startFrame: chunk.startFrame,
    endFrame: chunk.endFrame,
    renditions: [rendition],
  };
}

function makeWorker(taskQueue: string, activities: Partial<PipelineActivities>): Promise<Worker> {
  return Worker.create({
    connection: server.nativeConnection,
    taskQueue,
    activities,
    maxConcurrentActivityTaskExecutions: 16,
    ...(taskQueue === 'pipeline' ? { workflowBundle: BUILT_WORKFLOWS } : {}),
  });
}

it('takes a film of four hours through several runs and a restart of the workflow worker, every chunk once', async () => {
  const videoId = randomUUID();
  const film = new Film(filmPlan({ videoId, seconds: FOUR_HOURS_SECONDS, transcodeSlots: SLOTS }));
  expect(film.plan.chunks).toHaveLength(482);
  const others = await Promise.all(QUEUES.filter((queue) => queue !== 'pipeline').map((queue) => makeWorker(queue, film.activities())));
  const otherRuns = others.map((worker) => worker.run());
  let workflowWorker = await makeWorker('pipeline', film.activities());
  let workflowRun = workflowWorker.run();
  try {
    const video = await server.client.workflow.start(WORKFLOW_TYPES.processVideo, {
      workflowId: processVideoWorkflowId(videoId),
      taskQueue: 'pipeline',
      args: [{ videoId, generation: 1, creatorId: 'local', priority: 'normal' }],
    });
    while (film.reports.size < film.plan.chunks.length / 2) await sleep(20);
    // Its successor knows nothing and replays both histories.
    workflowWorker.shutdown();
    await workflowRun;
    expect(film.reports.size).toBeLessThan(film.plan.chunks.length);
    workflowWorker = await makeWorker('pipeline', film.activities());
    workflowRun = workflowWorker.run();
    expect(await video.result()).toEqual({ status: 'ready', warnings: 0 });
  } finally {
    for (const worker of [...others, workflowWorker]) worker.shutdown();
    await Promise.all([...otherRuns, workflowRun]);
  }

  expect([...film.runsOfChunk.values()]).toEqual(film.plan.chunks.map(() => 1));
  expect(film.merged[0]?.segments).toHaveLength(film.plan.grid.segmentCount);
  const family = await historiesOf(server.client, transcodeFamilyWorkflowId(videoId, 1, 'h264'));
  expect(family.length).toBeGreaterThan(2);
  const histories = [...family, ...(await historiesOf(server.client, processVideoWorkflowId(videoId)))];
  for (const { events } of histories) expect(events?.length).toBeLessThanOrEqual(4_096);
  expect(Math.max(...histories.flatMap(payloadSizes))).toBeLessThanOrEqual(1_024);
}, 240_000);
