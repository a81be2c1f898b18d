import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { cleanUpWorkflowId, ingestWorkflowId, processVideoWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { Recorder, SPLIT } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

describe('processVideo on a real Temporal server', () => {
  let server: WorkflowServer;

  beforeAll(async () => {
    server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
  }, 60_000);

  afterAll(() => server.close());

  /** A failed run waits for no retry here. */
  async function run(activities: PipelineActivities, generation = 1): Promise<{ error: unknown; videoId: string }> {
    const videoId = randomUUID();
    const input = { videoId, generation, creatorId: 'local', priority: 'normal', retryWindowMs: 1 };
    const execution = () =>
      server.client.workflow.execute(WORKFLOW_TYPES.processVideo, {
        workflowId: processVideoWorkflowId(videoId),
        taskQueue: 'pipeline',
        args: [input],
      });
    const error = await server.serving(activities, () =>
      execution().then(
        () => undefined,
        (reason: unknown) => reason,
      ),
    );
    return { error, videoId };
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
    const description = await server.client.workflow.getHandle(processVideoWorkflowId(videoId)).describe();
    expect(description.searchAttributes).toMatchObject({ VideoStatus: ['ready'] });
  }, 60_000);

  it('removes what a republish replaced later, on its own', async () => {
    const recorder = new Recorder();
    const { error, videoId } = await run(recorder.activities(), 2);
    expect(error).toBeUndefined();
    const cleanUp = server.client.workflow.getHandle(cleanUpWorkflowId(videoId, 2));
    expect((await cleanUp.describe()).status.name).toBe('RUNNING');
    expect(recorder.calls).not.toContain('clean up');
    await terminateRun(server.client, cleanUp.workflowId);
  }, 60_000);

  it('leaves out the steps that the plan skips', async () => {
    const recorder = new Recorder({ ...SPLIT, skippedSteps: ['audio'] });
    const { error } = await run(recorder.activities());
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
    const description = await server.client.workflow.getHandle(processVideoWorkflowId(videoId)).describe();
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

  it('is preceded by a pull that keeps the reason of its failure', async () => {
    const pull = async (activities: PipelineActivities, attempt: number) => {
      const ref = { videoId: randomUUID(), attempt };
      const options = { workflowId: ingestWorkflowId(ref), taskQueue: 'pipeline', args: [ref] };
      return server.serving(activities, () => server.client.workflow.execute(WORKFLOW_TYPES.ingestVideo, options).catch(() => 'failed'));
    };
    const recorder = new Recorder();
    expect(await pull(recorder.activities(), 1)).not.toBe('failed');
    expect(recorder.calls).toEqual(['ingest']);
    const ingest = () => Promise.reject(ApplicationFailure.nonRetryable('The server of the source answers 403.', 'SourceDenied'));
    expect(await pull(recorder.activities({ ingest }), 2)).toBe('failed');
    expect(recorder.calls).toEqual(['ingest', 'ingest failed SourceDenied']);
  }, 60_000);
});
