import { randomUUID } from 'node:crypto';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId, transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import type { Queue } from '../../temporal/contract/queues';
import type { Priority } from '../../temporal/contract/steps';
import { describeQueues } from '../../temporal/queue-state';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { workerOptions } from '../../temporal/worker-options';
import { firstWindow } from '../planning/run/chunk-window';
import { BUILT_WORKFLOWS } from '../testing/built-workflows';

const SLOTS: Partial<Record<Queue, number>> = { pipeline: 20, probe: 20, split: 20, 'transcode-cpu': 1, package: 20 };

/** As many as are needed for the forty chunks of a film planned for twenty slots to become two, which one slot needs. */
const FILM_CHUNKS_BEFORE_CLIP = 80;

/** A chunk that stops beating is given to another worker. */
const HEARTBEAT_INTERVAL_MS = 1_000;

/** Generous: it is the order that counts, and fifty workflows take a while on a busy machine. */
const TEST_TIMEOUT_MS = 180_000;

interface NewVideo {
  /** Shows up in the order of starts. */
  name: string;
  creatorId?: string;
  priority?: Priority;
  chunkCount?: number;
  /** What the plan says of the fleet, which has one slot. */
  plannedSlots?: number;
}

let server: OwnNamespace;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
}, TEST_TIMEOUT_MS);

afterAll(() => server.close());

/**
 * Workers with one transcode slot that is taken until everything of a test waits behind it. Then the order in which
 * chunks start is the order in which the server hands them out, however fast or slow the machine is.
 */
class OneSlot {
  /** Names of the videos in the order in which their chunks started. */
  readonly starts: string[] = [];
  readonly priorities = new Map<string, unknown>();
  private readonly videos = new Map<string, Required<NewVideo>>();
  /** What a chunk does in the slot once that is free; a test replaces it. */
  atChunk: (name: string) => Promise<void> = async () => undefined;
  private release = (): void => undefined;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));
  private workers: Worker[] = [];
  private runs: Promise<void>[] = [];

  static async taken(): Promise<OneSlot> {
    const slot = new OneSlot();
    slot.workers = await Promise.all(
      Object.entries(SLOTS).map(([queue, slots]) =>
        Worker.create({
          ...workerOptions({ queue: queue as Queue, slots, shutdownGraceMs: 0 }),
          connection: server.native,
          namespace: server.namespace,
          activities: slot.activities(),
          ...(queue === 'pipeline' ? { workflowBundle: BUILT_WORKFLOWS } : {}),
        }),
      ),
    );
    slot.runs = slot.workers.map((worker) => worker.run());
    await slot.start({ name: 'taker', creatorId: 'taker', priority: 'urgent' });
    while (slot.starts.length === 0) await pause();
    return slot;
  }

  async start(video: NewVideo): Promise<void> {
    const videoId = randomUUID();
    const full = { creatorId: 'anna', priority: 'normal' as const, chunkCount: 1, plannedSlots: 1, ...video };
    this.videos.set(videoId, full);
    const input = { videoId, generation: 1, creatorId: full.creatorId, priority: full.priority };
    await startProcessVideo(server.client, input, { title: full.name, sizeBytes: 1 });
  }

  /** Resolves to the number of chunks that wait for the slot, once it is `expected` or, without that, grows no more. */
  async untilWaiting(expected?: number): Promise<number> {
    let waiting = 0;
    for (let same = 0; same < 5 || (expected !== undefined && waiting !== expected);) {
      const [scheduled, queued] = await Promise.all([this.countScheduled(), this.countQueued()]);
      // A chunk is scheduled by its workflow a moment before the queue has it. The queue's own figure is an estimate.
      same = scheduled > 0 && scheduled === waiting && queued >= scheduled ? same + 1 : 0;
      waiting = scheduled;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return waiting;
  }

  /** Frees the slot and resolves to the order of the next `count` starts. */
  async order(count: number): Promise<string[]> {
    this.release();
    while (this.starts.length < count + 1) await pause();
    return this.starts.slice(1, count + 1);
  }

  /** Gives up what has not started. */
  async stop(): Promise<void> {
    for (const videoId of this.videos.keys()) {
      await terminateRun(server.client, processVideoWorkflowId(videoId));
    }
    this.release();
    for (const worker of this.workers) worker.shutdown();
    await Promise.all(this.runs);
  }

  /** Chunks of the videos of a name that wait for the slot, as their workflows know. */
  async countWaiting(name: string): Promise<number> {
    return this.countScheduled([...this.videos].filter(([, video]) => video.name === name).map(([videoId]) => videoId));
  }

  private async countScheduled(videoIds: readonly string[] = [...this.videos.keys()]): Promise<number> {
    const descriptions = await Promise.all(
      videoIds.map((videoId) =>
        server.client.workflow
          .getHandle(transcodeFamilyWorkflowId(videoId, 1, 'h264'))
          .describe()
          .catch(notRunning),
      ),
    );
    return descriptions
      .flatMap((description) => description?.raw.pendingActivities ?? [])
      .filter(({ state }) => state === temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED).length;
  }

  private async countQueued(): Promise<number> {
    const queues = await describeQueues(server.client);
    return queues.find(({ queue }) => queue === 'transcode-cpu')!.backlog;
  }

  private activities(): Partial<PipelineActivities> {
    const done = async () => ({ bytesOut: 1 });
    return {
      probe: async ({ videoId }) => {
        this.priorities.set(`probe of ${this.video(videoId).name}`, activityInfo().priority);
        return { durationMs: 1, frameCount: 1 };
      },
      split: async ({ videoId }) => ({
        planSha256: 'f'.repeat(64),
        families: [{ family: 'h264', chunkCount: this.video(videoId).chunkCount }],
        transcodeSlots: this.video(videoId).plannedSlots,
        skippedSteps: ['audio', 'thumbnails'],
      }),
      transcodeChunk: async ({ videoId }) => {
        const { name } = this.video(videoId);
        this.starts.push(name);
        this.priorities.set(`chunk of ${name}`, activityInfo().priority);
        const startedMs = performance.now();
        const pulse = setInterval(() => heartbeat(), HEARTBEAT_INTERVAL_MS);
        await this.released;
        await this.atChunk(name);
        clearInterval(pulse);
        return { bytesOut: 1, ranMs: Math.round(performance.now() - startedMs) };
      },
      packageManifests: done,
      publish: done,
    };
  }

  private video(videoId: string): Required<NewVideo> {
    return this.videos.get(videoId)!;
  }
}

let slot: OneSlot;
beforeEach(async () => {
  slot = await OneSlot.taken();
}, TEST_TIMEOUT_MS);
afterEach(() => slot.stop());

it(
  'hands priority and creator down to activities, also to those of child workflows',
  async () => {
    await slot.start({ name: 'film', creatorId: 'berta', priority: 'high' });
    await slot.order(1);
    const priority = expect.objectContaining({ priorityKey: 2, fairnessKey: 'berta' });
    expect(slot.priorities.get('probe of film')).toEqual(priority);
    expect(slot.priorities.get('chunk of film')).toEqual(priority);
  },
  TEST_TIMEOUT_MS,
);

it(
  'starts urgent before high before normal before low, whatever came first',
  async () => {
    for (const priority of ['low', 'normal', 'high', 'urgent'] as const) {
      for (let number = 1; number <= 2; number++) await slot.start({ name: priority, priority, chunkCount: 3, plannedSlots: 2 });
    }
    await slot.untilWaiting(24);
    const six = (name: string) => Array.from({ length: 6 }, () => name);
    expect(await slot.order(24)).toEqual([...six('urgent'), ...six('high'), ...six('normal'), ...six('low')]);
  },
  TEST_TIMEOUT_MS,
);

describe('among videos of one priority', () => {
  it(
    'starts the first video of a creator next, though fifty of another wait longer, and the others as they came',
    async () => {
      for (let number = 1; number <= 50; number++) await slot.start({ name: 'anna' });
      await slot.untilWaiting(50);
      await slot.start({ name: 'berta', creatorId: 'berta' });
      await slot.start({ name: 'anna, the last one' });
      await slot.untilWaiting(52);
      const order = await slot.order(52);
      expect(order.indexOf('berta')).toBeLessThan(2);
      expect(order.indexOf('anna, the last one')).toBe(51);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'lets creators take turns',
    async () => {
      for (let number = 1; number <= 10; number++) await slot.start({ name: 'anna' });
      await slot.untilWaiting(10);
      for (let number = 1; number <= 10; number++) await slot.start({ name: 'berta', creatorId: 'berta' });
      await slot.untilWaiting(20);
      const order = await slot.order(10);
      expect(order.filter((name) => name === 'berta')).toHaveLength(5);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'starts the clip of another creator next behind a film of four hours, and of the same one behind what the film has queued',
    async () => {
      const chunkCount = 480;
      await slot.start({ name: 'film', creatorId: 'anna', chunkCount, plannedSlots: 20 });
      const queued = await slot.untilWaiting();
      expect(queued).toBe(40);
      await slot.start({ name: 'clip of berta', creatorId: 'berta' });
      await slot.start({ name: 'clip of anna', creatorId: 'anna' });
      await slot.untilWaiting(queued + 2);
      const order = await slot.order(queued + 2);
      expect(order.indexOf('clip of berta')).toBeLessThan(2);
      expect(order.indexOf('clip of anna')).toBe(queued + 1);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'starts the clip of the creator of a film of four hours behind the chunks for which the plan has slots',
    async () => {
      await slot.start({ name: 'film', chunkCount: 480, plannedSlots: 1 });
      expect(await slot.untilWaiting()).toBe(firstWindow(1));
      await slot.start({ name: 'clip' });
      await slot.untilWaiting(firstWindow(1) + 1);
      expect(await slot.order(3)).toEqual(['film', 'film', 'clip']);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'starts it behind a few chunks also where the film was planned for a larger fleet, and is under way',
    async () => {
      let filmChunks = 0;
      let before = 0;
      slot.atChunk = async (name) => {
        if (name !== 'film') return;
        filmChunks += 1;
        if (filmChunks !== FILM_CHUNKS_BEFORE_CLIP) return;
        // The slot is taken while the clip comes, so that what is before it in the queue is what the film keeps there, once its
        // workflow has seen the last end and put the next chunk in its place.
        before = await slot.untilWaiting();
        await slot.start({ name: 'clip' });
        while ((await slot.countWaiting('clip')) === 0) await pause();
      };
      await slot.start({ name: 'film', chunkCount: 480, plannedSlots: 20 });
      await slot.untilWaiting(40);
      const order = await slot.order(FILM_CHUNKS_BEFORE_CLIP + 10);
      expect(before).toBeLessThanOrEqual(3);
      expect(order.indexOf('clip')).toBeLessThanOrEqual(FILM_CHUNKS_BEFORE_CLIP + before);
      expect(order).toContain('clip');
    },
    TEST_TIMEOUT_MS,
  );
});

function notRunning(error: unknown): undefined {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
