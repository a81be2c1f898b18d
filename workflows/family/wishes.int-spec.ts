import { randomUUID } from 'node:crypto';
import { activityInfo, Context, heartbeat } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker, Runtime, DefaultLogger } from '@temporalio/worker';
import type { ExpressSegment, PipelineActivities } from '../../temporal/contract/activities';
import { chunkActivityId, transcodeFamilyWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import { EXPRESS_QUEUE, WORKFLOW_QUEUE, type Queue } from '../../temporal/contract/queues';
import { historiesOf } from '../../temporal/testing/histories';
import { bringTasksForward, wantSegments } from '../../temporal/segment-wishes';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { workerOptions } from '../../temporal/worker-options';
import { BUILT_WORKFLOWS } from '../testing/built-workflows';

const TEST_TIMEOUT_MS = 120_000;
/** A chunk that stops beating is given to another worker. */
const HEARTBEAT_INTERVAL_MS = 1_000;
const SEGMENTS_OF_CHUNK = 2;
const CHUNK_COUNT = 14;
/** One chunk at work and three that wait; two more with wishes. */
const WINDOW = 4;

let server: OwnNamespace;
let family: { videoId: string; generation: number; family: 'h264' };
let handle: WorkflowHandle;
let starts: { chunkIndex: number; priority: unknown; cuts: number[] }[];
/** What is made before its chunk; none unless a test says so. */
let ahead: (segments: number[]) => ExpressSegment[];
let mayBeMade: () => Promise<void>;
let made: { segment: number; cuts: number[] }[];
let release: () => void;
let stop: () => Promise<void>;
/** What a chunk waits for in its slot once that is released; a test replaces it. */
let mayEnd: (chunkIndex: number) => Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
}, TEST_TIMEOUT_MS);

afterAll(() => server.close());

/** A family whose first chunk has the only slot until that is released; three more wait behind it. */
beforeEach(async () => {
  family = { videoId: randomUUID(), generation: 1, family: 'h264' };
  starts = [];
  made = [];
  ahead = () => [];
  mayBeMade = async () => undefined;
  mayEnd = async () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const workers = await Promise.all([
    worker(WORKFLOW_QUEUE, 20, { bringForward }),
    worker('transcode-cpu', 1, { transcodeChunk: chunkOf(released) }),
    worker(EXPRESS_QUEUE, 1, { transcodeExpress }),
  ]);
  const runs = workers.map((one) => one.run());
  stop = async () => {
    for (const one of workers) one.shutdown();
    await Promise.all(runs);
  };
  handle = await server.client.workflow.start(WORKFLOW_TYPES.transcodeFamily, {
    workflowId: transcodeFamilyWorkflowId(family.videoId, 1, 'h264'),
    taskQueue: WORKFLOW_QUEUE,
    priority: { priorityKey: 3, fairnessKey: 'berta' },
    args: [
      {
        ...family,
        planSha256: 'a'.repeat(64),
        chunkCount: CHUNK_COUNT,
        resume: false,
        chunkWindow: WINDOW,
        leads: 3,
        takesWishes: true,
      },
    ],
  });
  while (starts.length === 0) await pause();
  await untilWaiting([1, 2, 3]);
}, TEST_TIMEOUT_MS);

afterEach(() => {
  release();
  return stop();
});

function worker(queue: Queue, slots: number, activities: Partial<PipelineActivities>): Promise<Worker> {
  return Worker.create({
    ...workerOptions({ queue, slots, shutdownGraceMs: 0 }),
    connection: server.native,
    namespace: server.namespace,
    activities,
    ...(queue === WORKFLOW_QUEUE ? { workflowBundle: BUILT_WORKFLOWS } : {}),
  });
}

const bringForward: PipelineActivities['bringForward'] = async ({ segments }) => {
  const chunks = [...new Set(segments.map((segment) => Math.floor(segment / SEGMENTS_OF_CHUNK)))];
  await bringTasksForward(server.client, activityInfo().workflowExecution!, chunks.map(chunkActivityId));
  return { chunks, express: ahead(segments) };
};

const transcodeExpress: PipelineActivities['transcodeExpress'] = async ({ segment, cuts = [] }) => {
  made.push({ segment, cuts });
  const pulse = setInterval(() => heartbeat(), HEARTBEAT_INTERVAL_MS);
  await mayBeMade().finally(() => clearInterval(pulse));
};

function chunkOf(released: Promise<void>): PipelineActivities['transcodeChunk'] {
  return async ({ chunkIndex, cuts = [] }) => {
    starts.push({ chunkIndex, priority: activityInfo().priority, cuts });
    const pulse = setInterval(() => heartbeat(), HEARTBEAT_INTERVAL_MS);
    await released;
    await mayEnd(chunkIndex);
    clearInterval(pulse);
    return { bytesOut: 1 };
  };
}

/** Resolves when these chunks, and no others, are in the queue behind the first. */
async function untilWaiting(chunks: readonly number[]): Promise<void> {
  const wanted = chunks.map(chunkActivityId).sort().join();
  while ((await waiting()).sort().join() !== wanted) await pause();
}

async function waiting(): Promise<string[]> {
  const chunks = await pendingChunks();
  return chunks.map(({ activityId }) => activityId ?? '').filter((id) => id !== chunkActivityId(0));
}

async function pendingChunks() {
  const { raw } = await handle.describe();
  return (raw.pendingActivities ?? []).filter(({ activityId }) => activityId?.startsWith('chunk-'));
}

/** Resolves when the workflow has heard what became of a wish. */
async function wish(segments: number[]): Promise<void> {
  const before = await countAnswers();
  await wantSegments(server.client, family, { segments });
  while ((await countAnswers()) === before) await pause();
}

async function countAnswers(): Promise<number> {
  const { events } = await handle.fetchHistory();
  const asked = (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'bringForward');
  const answers = (events ?? []).filter(({ activityTaskCompletedEventAttributes: end }) =>
    asked.some(({ eventId }) => end && String(eventId) === String(end.scheduledEventId)),
  );
  return answers.length;
}

const order = () => starts.map(({ chunkIndex }) => chunkIndex);

it(
  'starts what viewers wait for before what waits already, and hands it to the next free slot',
  async () => {
    await wish([16]);
    await untilWaiting([1, 2, 3, 8]);
    await wish([20]);
    await untilWaiting([1, 2, 3, 8, 10]);
    // No room for these until a wished chunk has ended: the newest comes first then.
    await wish([18]);
    await wish([24]);
    await untilWaiting([1, 2, 3, 8, 10]);
    // The slot is faster than the workflow, which puts the next wish into the queue at the end of a chunk.
    const next = new Map([
      [8, 12],
      [10, 9],
    ]);
    mayEnd = async (chunkIndex) => {
      const awaited = next.get(chunkIndex);
      while (awaited !== undefined && !(await waiting()).includes(chunkActivityId(awaited))) await pause();
    };
    release();
    await handle.result();
    expect(order().slice(0, 5)).toEqual([0, 8, 10, 12, 9]);
    expect(order().sort((a, b) => a - b)).toEqual(Array.from({ length: CHUNK_COUNT }, (_, index) => index));
    const wished = starts.filter(({ chunkIndex }) => [8, 9, 10, 12].includes(chunkIndex));
    for (const { priority } of wished) expect(priority).toMatchObject({ priorityKey: 1, fairnessKey: 'berta' });
    expect(starts.find(({ chunkIndex }) => chunkIndex === 1)?.priority).toMatchObject({ priorityKey: 3, fairnessKey: 'berta' });
    const [history] = await historiesOf(server.client, handle.workflowId);
    await Worker.runReplayHistory({ workflowBundle: BUILT_WORKFLOWS }, history!);
  },
  TEST_TIMEOUT_MS,
);

it(
  'raises a chunk that waits already, and leaves those alone that run or do not exist',
  async () => {
    await wish([6, 0, 2 * CHUNK_COUNT]);
    const priorities = (await pendingChunks()).map(({ activityId, priority }) => [activityId, priority?.priorityKey]);
    expect(priorities.filter(([, key]) => key === 1)).toEqual([[chunkActivityId(3), 1]]);
    expect(priorities).toHaveLength(WINDOW);
    release();
    await handle.result();
    expect(starts.find(({ chunkIndex }) => chunkIndex === 3)?.priority).toMatchObject({ priorityKey: 1, fairnessKey: 'berta' });
    expect(order().sort((a, b) => a - b)).toEqual(Array.from({ length: CHUNK_COUNT }, (_, index) => index));
  },
  TEST_TIMEOUT_MS,
);

it(
  'makes what viewers wait for before its chunk, which is cut for it unless it is in the queue',
  async () => {
    const chunkOfSegment = (segment: number) => Math.floor(segment / SEGMENTS_OF_CHUNK);
    ahead = (segments) => segments.map((segment) => ({ chunkIndex: chunkOfSegment(segment), segment }));
    await wish([21, 6, 20]);
    while (made.length < 3) await pause();
    expect(made).toEqual([
      { segment: 21, cuts: [21, 20] },
      { segment: 6, cuts: [] },
      { segment: 20, cuts: [21, 20] },
    ]);
    // Both are made already: the second with the stretch of the first.
    await wish([20, 7]);
    release();
    await handle.result();
    expect(made).toHaveLength(3);
    expect(starts.filter(({ cuts }) => cuts.length > 0)).toMatchObject([{ chunkIndex: 10, cuts: [21, 20] }]);
    const [history] = await historiesOf(server.client, handle.workflowId);
    await Worker.runReplayHistory({ workflowBundle: BUILT_WORKFLOWS }, history!);
  },
  TEST_TIMEOUT_MS,
);

it(
  'does not wait at its end for what is made ahead',
  async () => {
    ahead = (segments) => segments.map((segment) => ({ chunkIndex: CHUNK_COUNT - 1, segment }));
    mayBeMade = () => Context.current().cancelled;
    await wish([2 * CHUNK_COUNT - 1]);
    while (made.length === 0) await pause();
    release();
    await handle.result();
    expect(starts.find(({ chunkIndex }) => chunkIndex === CHUNK_COUNT - 1)?.cuts).toEqual([2 * CHUNK_COUNT - 1]);
  },
  TEST_TIMEOUT_MS,
);

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
