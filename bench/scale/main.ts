import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId, transcodeFamilyWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import type { Plan } from '../../temporal/contract/media/plan';
import { QUEUES, WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import { historiesOf, payloadSizes, type History } from '../../temporal/testing/histories';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { workerOptions } from '../../temporal/worker-options';
import { busyUntil } from '../../workflows/planning/plan/busy-until';
import { filmPlan } from '../../workflows/planning/testing/film-plan';
import { benchEnvironment } from '../measure/bench-environment';
import { report, round3 } from '../measure/report';
import { SlotClock } from './slot-clock';

const FILM_SECONDS = 2 * 3600;
const FLEETS = [64, 16, 4, 1] as const;
/** The fleet that works at true speed; smaller ones have their time compressed, so that each run takes about two minutes. */
const TRUE_SPEED_SLOTS = 64;
/** As `runTask` beats. */
const BEAT_MS = 2_500;

/** How much of a fleet's time goes into a film of two hours when a slot encodes at 1x. `only` names one size of the fleet. */
async function main(only: string | undefined): Promise<void> {
  const env = benchEnvironment(process.env);
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const own = await openOwnNamespace(env.TEMPORAL_ADDRESS);
  const fleets: Record<string, unknown> = {};
  try {
    for (const slots of only ? [Number(only)] : FLEETS) {
      fleets[`slots_${slots}`] = await encodeFilm(own, slots);
      process.stderr.write(`${slots} slots: ${JSON.stringify(fleets[`slots_${slots}`])}\n`);
    }
  } finally {
    await own.close();
  }
  report({ benchmark: 'scale', film_seconds: FILM_SECONDS, encoder_speed: 1, ...fleets });
}

async function encodeFilm(own: OwnNamespace, slots: number) {
  const videoId = randomUUID();
  const plan = filmPlan({ videoId, seconds: FILM_SECONDS, transcodeSlots: slots });
  const speedUp = TRUE_SPEED_SLOTS / slots;
  const clock = new SlotClock(slots);
  const workers = await startWorkers(own, slots, simulatedActivities(plan, { speedUp, clock }));
  const runs = workers.map((worker) => worker.run());
  try {
    await own.client.workflow.execute(WORKFLOW_TYPES.processVideo, {
      workflowId: processVideoWorkflowId(videoId),
      taskQueue: WORKFLOW_QUEUE,
      args: [{ videoId, generation: 1, creatorId: 'local', priority: 'normal' }],
    });
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(runs);
  }
  const family = await historiesOf(own.client, transcodeFamilyWorkflowId(videoId, 1, 'h264'));
  const histories = [...family, ...(await historiesOf(own.client, processVideoWorkflowId(videoId)))];
  const lengths = chunkSeconds(plan);
  const idealSeconds = FILM_SECONDS / slots;
  const realSeconds = secondsBetween(family) * speedUp;
  return {
    chunks: lengths.length,
    chunk_seconds: { longest: round3(Math.max(...lengths)), shortest: round3(Math.min(...lengths)) },
    time_compressed_by: speedUp,
    wait_per_chunk_ms: round3(clock.waitPerChunkMs),
    efficiency: round3(idealSeconds / realSeconds),
    /** With the measured wait before every chunk, and nothing compressed. */
    efficiency_at_true_speed: round3(
      idealSeconds /
        busyUntil(
          lengths.map((seconds) => seconds + clock.waitPerChunkMs / 1000),
          slots,
        ),
    ),
    efficiency_of_the_plan: round3(idealSeconds / busyUntil(lengths, slots)),
    most_history_events: Math.max(...histories.map(({ events }) => events?.length ?? 0)),
    largest_payload_bytes: Math.max(...histories.flatMap(payloadSizes)),
  };
}

/** The activities of a film whose chunks take as long as they play, divided by `speedUp`; the other steps take no time. */
function simulatedActivities(plan: Plan, { speedUp, clock }: { speedUp: number; clock: SlotClock }): Partial<PipelineActivities> {
  const seconds = chunkSeconds(plan);
  const done = async () => ({ bytesOut: 1_000_000_000 });
  return {
    probe: async () => ({ durationMs: plan.source.durationMs, frameCount: plan.grid.frameCount }),
    split: async () => {
      clock.start();
      return {
        planSha256: 'e'.repeat(64),
        families: [{ family: 'h264', chunkCount: plan.chunks.length }],
        transcodeSlots: plan.transcodeSlots,
        skippedSteps: [],
      };
    },
    transcodeChunk: async ({ chunkIndex }) => {
      const startedMs = performance.now();
      await clock.during(() => beating(() => sleep(((seconds[chunkIndex] ?? 0) * 1000) / speedUp)));
      return { bytesOut: 1_000_000_000, ranMs: Math.round(performance.now() - startedMs) };
    },
    audio: done,
    thumbnails: done,
    packageManifests: done,
    publish: done,
  };
}

async function beating(work: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => heartbeat({ mediaFailures: 0 }), BEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}

function startWorkers(own: OwnNamespace, slots: number, activities: Partial<PipelineActivities>): Promise<Worker[]> {
  const workflowBundle = { codePath: join(projectRoot(), 'dist', 'workflow-bundle.js') };
  return Promise.all(
    QUEUES.map((queue) =>
      Worker.create({
        ...workerOptions({ queue, slots: queue === 'transcode-cpu' ? slots : 4, shutdownGraceMs: 0 }),
        connection: own.native,
        namespace: own.namespace,
        activities,
        ...(queue === WORKFLOW_QUEUE ? { workflowBundle } : {}),
      }),
    ),
  );
}

function chunkSeconds({ chunks, grid }: Plan): number[] {
  return chunks.map(({ startFrame, endFrame }) => ((endFrame - startFrame) * grid.frameRate.den) / grid.frameRate.num);
}

/** From the first event of the first run to the last of the last. */
function secondsBetween(histories: readonly History[]): number {
  const [first, last] = [histories[0]?.events?.[0], histories.at(-1)?.events?.at(-1)].map((event) => event?.eventTime);
  return Number(last?.seconds ?? 0) - Number(first?.seconds ?? 0) + ((last?.nanos ?? 0) - (first?.nanos ?? 0)) / 1e9;
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
