import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { ensureSearchAttributes } from '../temporal/client';
import type { PipelineActivities } from '../temporal/contract/activities';
import { cleanUpWorkflowId, processVideoWorkflowId, WORKFLOW_TYPES } from '../temporal/contract/ids';
import { QUEUES } from '../temporal/contract/queues';

/** Activities that succeed at once and note that they ran; a test replaces those it is about. */
class Recorder {
  readonly calls: string[] = [];

  activities(overrides: Partial<PipelineActivities> = {}): PipelineActivities {
    const note = <T>(name: string, result: T) => async (): Promise<T> => {
      this.calls.push(name);
      return result;
    };
    const plan = { planSha256: 'f'.repeat(64), families: [{ family: 'h264' as const, chunkCount: 5 }], skippedSteps: [] };
    return {
      probe: note('probe', { durationMs: 30_000, frameCount: 720 }),
      split: note('split', plan),
      findMissingChunks: note('find missing', { missing: '' }),
      transcodeChunk: async ({ chunkIndex }) => {
        this.calls.push(`chunk ${chunkIndex}`);
        return { bytesOut: 1 };
      },
      audio: note('audio', { bytesOut: 1 }),
      thumbnails: note('thumbnails', { bytesOut: 1 }),
      packageManifests: note('package', { bytesOut: 1 }),
      publish: note('publish', { bytesOut: 1 }),
      removeOldGenerations: note('clean up', { removedGenerations: 1 }),
      recordFailure: async ({ step, failureType }) => void this.calls.push(`failed ${step} ${failureType}`),
      recordWarning: async ({ step }) => void this.calls.push(`warning ${step}`),
      ...overrides,
    };
  }
}

describe('processVideo on a real Temporal server', () => {
  const address = process.env['TEMPORAL_ADDRESS'] ?? '';
  // A namespace of its own: the workers of a running stack must not take these tasks.
  const namespace = `workflows-${randomUUID().slice(0, 8)}`;
  let connection: Connection;
  let native: NativeConnection;
  let client: Client;
  let workflowBundle: WorkflowBundle;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    connection = await Connection.connect({ address });
    native = await NativeConnection.connect({ address });
    client = new Client({ connection, namespace });
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
    await untilNamespaceIsKnown(connection, namespace);
    await ensureSearchAttributes(connection, namespace);
    workflowBundle = await bundleWorkflowCode({ workflowsPath: join(__dirname, 'index.ts'), logger: new DefaultLogger('ERROR') });
  }, 60_000);

  afterAll(async () => {
    await native.close();
    await connection.close();
  });

  async function run(activities: PipelineActivities, generation = 1): Promise<{ error: unknown; videoId: string }> {
    const videoId = randomUUID();
    const workers = await Promise.all(
      QUEUES.map((taskQueue) =>
        Worker.create({ connection: native, namespace, taskQueue, activities, ...(taskQueue === 'pipeline' ? { workflowBundle } : {}) }),
      ),
    );
    const runs = workers.map((worker) => worker.run());
    try {
      await client.workflow.execute(WORKFLOW_TYPES.processVideo, {
        workflowId: processVideoWorkflowId(videoId),
        taskQueue: 'pipeline',
        args: [{ videoId, generation, creatorId: 'local', priority: 'normal' }],
      });
      return { error: undefined, videoId };
    } catch (error) {
      return { error, videoId };
    } finally {
      for (const worker of workers) worker.shutdown();
      await Promise.all(runs);
    }
  }

  it('runs every step once, in the order of the table', async () => {
    const recorder = new Recorder();
    const { error, videoId } = await run(recorder.activities());
    expect(error).toBeUndefined();
    const { calls } = recorder;
    expect([...calls].sort()).toEqual(
      ['audio', 'chunk 0', 'chunk 1', 'chunk 2', 'chunk 3', 'chunk 4', 'package', 'probe', 'publish', 'split', 'thumbnails'].sort(),
    );
    expect(calls.slice(0, 2)).toEqual(['probe', 'split']);
    expect(calls.indexOf('package')).toBeGreaterThan(calls.indexOf('chunk 4'));
    expect(calls.indexOf('package')).toBeGreaterThan(calls.indexOf('audio'));
    expect(calls.indexOf('publish')).toBeGreaterThan(calls.indexOf('package'));
    const description = await client.workflow.getHandle(processVideoWorkflowId(videoId)).describe();
    expect(description.searchAttributes).toMatchObject({ VideoStatus: ['ready'] });
  }, 60_000);

  it('removes what a republish replaced later, on its own', async () => {
    const recorder = new Recorder();
    const { error, videoId } = await run(recorder.activities(), 2);
    expect(error).toBeUndefined();
    const cleanUp = client.workflow.getHandle(cleanUpWorkflowId(videoId, 2));
    expect((await cleanUp.describe()).status.name).toBe('RUNNING');
    expect(recorder.calls).not.toContain('clean up');
    await cleanUp.terminate();
  }, 60_000);

  it('leaves out the steps that the plan skips', async () => {
    const recorder = new Recorder();
    const split: PipelineActivities['split'] = async () => ({
      planSha256: 'f'.repeat(64),
      families: [{ family: 'h264', chunkCount: 1 }],
      skippedSteps: ['audio'],
    });
    const { error } = await run(recorder.activities({ split }));
    expect(error).toBeUndefined();
    expect(recorder.calls).not.toContain('audio');
    expect(recorder.calls).toContain('publish');
  }, 60_000);

  it('fails the video at the step that failed and does not run the rest', async () => {
    const recorder = new Recorder();
    const probe: PipelineActivities['probe'] = async () => {
      throw ApplicationFailure.nonRetryable('The file has no video track.', 'SourceUnsupported');
    };
    const { error, videoId } = await run(recorder.activities({ probe }));
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(recorder.calls).toEqual(['failed probe SourceUnsupported']);
    const description = await client.workflow.getHandle(processVideoWorkflowId(videoId)).describe();
    expect(description.searchAttributes).toMatchObject({ VideoStatus: ['failed'], FailedStep: ['probe'] });
  }, 60_000);

  it('takes the failure of an optional step as a warning', async () => {
    const recorder = new Recorder();
    const thumbnails: PipelineActivities['thumbnails'] = async () => {
      throw ApplicationFailure.nonRetryable('No frame could be read.', 'OutputInvalid');
    };
    const { error } = await run(recorder.activities({ thumbnails }));
    expect(error).toBeUndefined();
    expect(recorder.calls).toContain('warning thumbnails');
    expect(recorder.calls).toContain('publish');
  }, 60_000);

  it('names the step of a chunk that failed in the child workflow', async () => {
    const recorder = new Recorder();
    const transcodeChunk: PipelineActivities['transcodeChunk'] = async ({ chunkIndex }) => {
      if (chunkIndex === 2) throw ApplicationFailure.nonRetryable('The encoder is missing.', 'EncoderMissing');
      return { bytesOut: 1 };
    };
    const { error } = await run(recorder.activities({ transcodeChunk }));
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(recorder.calls).toContain('failed transcode EncoderMissing');
    expect(recorder.calls).not.toContain('package');
  }, 60_000);
});

/** The server learns of a new namespace within its cache interval; until then calls answer NOT_FOUND. */
async function untilNamespaceIsKnown(connection: Connection, namespace: string): Promise<void> {
  const { TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;
  for (let attempt = 0; ; attempt++) {
    try {
      await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'pipeline' }, taskQueueType: TASK_QUEUE_TYPE_WORKFLOW });
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
