import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { Context } from '@temporalio/activity';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { findMissingChunks } from '../../activities/bookkeeping/find-missing-chunks';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import type { FamilyChunks, PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId, transcodeFamilyWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';
import { historiesOf } from '../../temporal/testing/histories';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const PLAN_SHA256 = 'a'.repeat(64);
const OTHER_SHA256 = 'b'.repeat(64);
/** What a chunk says that did not wait, however slow the machine is. */
const LONGER_THAN_ANY_WAIT_MS = 3_600_000;
const RUN = { generation: 1, planSha256: PLAN_SHA256, family: 'h264' } as const;

let server: WorkflowServer;
let objects: ObjectStore;
let videoId: string;

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
  const s3 = s3OfEnvironment();
  const segments = `family-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket: segments }));
  // The other buckets do not exist: reaching for them would fail the test.
  objects = new ObjectStore(s3, { originals: 'no-originals', segments, transcoded: 'no-transcoded' });
}, 60_000);

beforeEach(() => {
  videoId = randomUUID();
});

afterAll(async () => {
  objects.destroy();
  await server.close();
});

/** Notes what ran; missing chunks are looked for in the real store. */
class Recorder {
  readonly chunks: number[] = [];
  readonly lookups: FamilyChunks[] = [];

  activities(transcodeChunk?: PipelineActivities['transcodeChunk']): Partial<PipelineActivities> {
    return {
      probe: async () => ({ durationMs: 1, frameCount: 1 }),
      findMissingChunks: async (range) => {
        this.lookups.push(range);
        return findMissingChunks({ objects }, range);
      },
      transcodeChunk: async (chunk) => {
        this.chunks.push(chunk.chunkIndex);
        return transcodeChunk ? transcodeChunk(chunk) : { bytesOut: 1 };
      },
      thumbnails: async () => ({ bytesOut: 1 }),
      packageManifests: async () => ({ bytesOut: 1 }),
      publish: async () => ({ bytesOut: 1 }),
      recordFailure: async () => undefined,
      recordCancelled: async () => undefined,
      removeTemporary: async () => undefined,
    };
  }
}

async function runFamily(activities: Partial<PipelineActivities>, input: Partial<TranscodeFamilyInput>): Promise<void> {
  await server.serving(activities, () =>
    server.client.workflow.execute(WORKFLOW_TYPES.transcodeFamily, {
      workflowId: familyId(),
      taskQueue: 'pipeline',
      args: [{ videoId, ...RUN, chunkCount: 12, resume: true, ...input }],
    }),
  );
}

/** A whole video whose only family has `chunkCount` chunks. */
function startVideo() {
  return server.client.workflow.start(WORKFLOW_TYPES.processVideo, {
    workflowId: processVideoWorkflowId(videoId),
    taskQueue: 'pipeline',
    args: [{ videoId, generation: 1, creatorId: 'local', priority: 'normal', retryWindowMs: 1 }],
  });
}

function planOf(chunkCount: number, transcodeSlots = 100): Pick<PipelineActivities, 'split'> {
  return {
    split: async () => ({ planSha256: PLAN_SHA256, families: [{ family: 'h264', chunkCount }], transcodeSlots, skippedSteps: ['audio'] }),
  };
}

/** The failure of a workflow, when it has ended. */
async function failureOf(video: Awaited<ReturnType<typeof startVideo>>): Promise<WorkflowFailedError> {
  const error: unknown = await video.result().catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowFailedError)) throw new Error('the workflow did not fail');
  return error;
}

const familyId = () => transcodeFamilyWorkflowId(videoId, 1, 'h264');
const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

async function storeReports(chunks: readonly number[], planSha256: string): Promise<void> {
  for (const chunkIndex of chunks) {
    const key = segmentsKeys.chunkReport(videoId, 1, 'h264', chunkIndex);
    await objects.put('segments', key, JSON.stringify({ formatVersion: 1, planSha256, chunkIndex, renditions: [] }), {
      contentType: 'application/json',
    });
  }
}

const inFlightUntilCancelled = () => beating(Context.current().cancelled);
const beating = async <T>(work: Promise<T>): Promise<T> => {
  const beat = setInterval(() => Context.current().heartbeat(), 500);
  try {
    return await work;
  } finally {
    clearInterval(beat);
  }
};

/** Chunks that hold their slots until there are so many of them, and how many there were at most. */
class Together {
  most = 0;
  private now = 0;
  private release = (): void => undefined;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));

  constructor(private readonly wanted: number) {}

  async all(): Promise<void> {
    this.now += 1;
    this.most = Math.max(this.most, this.now);
    if (this.now >= this.wanted) this.release();
    await beating(Promise.race([this.released, Context.current().cancelled]));
    this.now -= 1;
  }
}

describe('the window of a family', () => {
  it('grows while chunks do not wait, so that a fleet larger than expected is filled', async () => {
    const together = new Together(32);
    const activities = new Recorder().activities(async ({ chunkIndex }) => {
      // Enough come before to make the window larger by thirty, also when only every other one is late enough in it to count.
      if (chunkIndex >= 200) await together.all();
      return { bytesOut: 1, ranMs: LONGER_THAN_ANY_WAIT_MS };
    });
    await runFamily(activities, { chunkCount: 232, chunkWindow: 2, resume: false });
    expect(together.most).toBe(32);
  }, 60_000);

  it('shrinks while chunks wait longer than they run', async () => {
    const early = new Together(10);
    let running = 0;
    let mostLate = 0;
    const activities = new Recorder().activities(async ({ chunkIndex }) => {
      if (chunkIndex < 10) await early.all();
      running += 1;
      if (chunkIndex >= 200) mostLate = Math.max(mostLate, running);
      // Not over before the others of the same moment have started.
      await setImmediate();
      running -= 1;
      return { bytesOut: 1, ranMs: 0 };
    });
    await runFamily(activities, { chunkCount: 250, resume: false });
    expect(early.most).toBe(10);
    expect(mostLate).toBeLessThanOrEqual(2);
  }, 60_000);
});

describe('a family that resumes', () => {
  it('runs the one chunk of twelve that has no report', async () => {
    await storeReports(
      upTo(12).filter((chunk) => chunk !== 7),
      PLAN_SHA256,
    );
    const recorder = new Recorder();
    await runFamily(recorder.activities(), {});
    expect(recorder.chunks).toEqual([7]);
  }, 60_000);

  it('runs nothing when every chunk is done, and everything when none is', async () => {
    await storeReports(upTo(12), PLAN_SHA256);
    const recorder = new Recorder();
    await runFamily(recorder.activities(), {});
    expect(recorder.chunks).toEqual([]);
    videoId = randomUUID();
    await runFamily(recorder.activities(), {});
    expect(ascending(recorder.chunks)).toEqual(upTo(12));
  }, 60_000);

  it('does not trust the report of another plan', async () => {
    await storeReports([0, 1, 2, 3, 4, 5], PLAN_SHA256);
    await storeReports([6, 7, 8, 9, 10, 11], OTHER_SHA256);
    const recorder = new Recorder();
    await runFamily(recorder.activities(), {});
    expect(ascending(recorder.chunks)).toEqual([6, 7, 8, 9, 10, 11]);
  }, 60_000);

  it('runs every chunk when it does not resume, without looking', async () => {
    await storeReports(upTo(12), PLAN_SHA256);
    const recorder = new Recorder();
    await runFamily(recorder.activities(), { resume: false });
    expect(ascending(recorder.chunks)).toEqual(upTo(12));
    expect(recorder.lookups).toEqual([]);
  }, 60_000);

  it('asks for the chunks of ten thousand in parts and starts only what is missing', async () => {
    const chunkCount = 10_000;
    await storeReports([3, 9_998], PLAN_SHA256);
    const recorder = new Recorder();
    await runFamily(recorder.activities(), { chunkCount, firstChunk: 9_990 });
    expect(ascending(recorder.chunks)).toEqual(
      upTo(chunkCount)
        .slice(9_990)
        .filter((chunk) => chunk !== 9_998),
    );
    expect(recorder.lookups).toMatchObject([{ firstChunk: 9_990, endChunk: chunkCount }]);
  }, 60_000);
});

describe('a family that continues as new', () => {
  /** A run starts 600 chunks. */
  const MANY = 1_210;
  const TEN_IN_SECOND_RUN = 610;

  it('does every chunk once in histories that stay short, and its parent does not notice', async () => {
    const recorder = new Recorder();
    await server.serving({ ...recorder.activities(), ...planOf(MANY) }, async () => (await startVideo()).result());
    expect(ascending(recorder.chunks)).toEqual(upTo(MANY));
    const histories = await historiesOf(server.client, familyId());
    expect(histories).toHaveLength(3);
    for (const { events } of histories) expect(events?.length).toBeLessThanOrEqual(4_096);
    expect((await server.client.workflow.getHandle(processVideoWorkflowId(videoId)).describe()).status.name).toBe('COMPLETED');
  }, 240_000);

  it('fails its parent for the first chunk that fails in a later run, after the others were cancelled', async () => {
    let running = 0;
    const recorder = new Recorder();
    const activities = recorder.activities(async ({ chunkIndex }) => {
      if (chunkIndex < 600) return { bytesOut: 1 };
      if (chunkIndex === 605) throw ApplicationFailure.nonRetryable('The encoder is missing.', 'EncoderMissing');
      running += 1;
      return inFlightUntilCancelled().finally(() => {
        running -= 1;
      });
    });
    const outcome = await server.serving({ ...activities, ...planOf(TEN_IN_SECOND_RUN) }, async () => {
      const error = await failureOf(await startVideo());
      return { error, running };
    });
    expect(outcome).toMatchObject({ error: { cause: { type: 'EncoderMissing' } }, running: 0 });
    expect(recorder.chunks.filter((chunk) => chunk >= 600).length).toBeGreaterThan(1);
  }, 240_000);

  it('keeps the window that it has come to', async () => {
    const together = new Together(10);
    const activities = new Recorder().activities(async ({ chunkIndex }) => {
      if (chunkIndex >= 600) await together.all();
      return { bytesOut: 1, ranMs: LONGER_THAN_ANY_WAIT_MS };
    });
    const plan = planOf(TEN_IN_SECOND_RUN, 1);
    await server.serving({ ...activities, ...plan }, async () => (await startVideo()).result());
    expect(together.most).toBe(10);
    expect(await historiesOf(server.client, familyId())).toHaveLength(2);
  }, 60_000);

  it('is cancelled with its parent in whichever run it is', async () => {
    let running = 0;
    const activities = new Recorder().activities(async ({ chunkIndex }) => {
      if (chunkIndex < 600) return { bytesOut: 1 };
      running += 1;
      return inFlightUntilCancelled().finally(() => {
        running -= 1;
      });
    });
    const outcome = await server.serving({ ...activities, ...planOf(TEN_IN_SECOND_RUN) }, async () => {
      const video = await startVideo();
      while (running === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      await video.cancel();
      const error = await failureOf(video);
      return { error, running };
    });
    expect(outcome).toMatchObject({ error: { cause: expect.any(CancelledFailure) }, running: 0 });
    const histories = await historiesOf(server.client, familyId());
    expect(histories).toHaveLength(2);
    expect((await server.client.workflow.getHandle(familyId()).describe()).status.name).toBe('CANCELLED');
  }, 240_000);
});
