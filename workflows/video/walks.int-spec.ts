import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { startProcessVideo } from '../../temporal/client';
import { processVideoWorkflowId } from '../../temporal/contract/ids';
import { type Walk } from '../../temporal/contract/pipeline';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';
import type { Step } from '../../temporal/contract/steps';
import { historiesOf } from '../../temporal/testing/histories';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { retryProcessVideo } from '../../temporal/video-commands';
import { bundleWithPipeline, withMoreRows } from '../testing/altered-workflows';
import { Recorder } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const FOLDER = join(__dirname, '..', 'histories');
const HISTORIES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

function replay(workflowBundle: WorkflowBundleWithSourceMap, name: string): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle }, historyFromJSON(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))));
}

let server: WorkflowServer;

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);

afterAll(() => server.close());

describe('a release with more steps', () => {
  it.each([
    ['required', true],
    ['optional', false],
  ])(
    'goes on with every recorded run: %s ones at the start, in the middle and behind publish',
    async (_, required) => {
      const bundle = await bundleWithPipeline((source) => withMoreRows(source, 'PIPELINE', required));
      for (const name of HISTORIES) await replay(bundle, name);
    },
    120_000,
  );

  it('would break recorded runs if the walk of runs without a record had changed', async () => {
    const bundle = await bundleWithPipeline((source) => withMoreRows(source, 'FIRST_WALK', true));
    await expect(replay(bundle, 'ready.json')).rejects.toThrow();
  }, 120_000);
});

describe('a video', () => {
  const about = { title: 'A film', sizeBytes: 1 };
  const inputOf = (videoId: string, walk?: Walk) => ({
    videoId,
    generation: 1,
    creatorId: 'local',
    priority: 'normal' as const,
    ...(walk ? { walk } : {}),
  });
  const retry = (videoId: string, fromStep: Step) =>
    retryProcessVideo(server.client, { input: inputOf(videoId), about, updateId: randomUUID() }, { fromStep, walk: USUAL_WALK });
  const result = (videoId: string) => server.client.workflow.getHandle(processVideoWorkflowId(videoId)).result();

  it('of an earlier release gets its thumbnails again and nothing else', async () => {
    const recorder = new Recorder();
    const videoId = randomUUID();
    await server.serving(recorder.activities(), async () => {
      await startProcessVideo(server.client, inputOf(videoId), about);
      await result(videoId);
      expect(recorder.calls).not.toContain('verify');
      recorder.forget();
      expect(await retry(videoId, 'thumbnails')).toEqual({ generation: 1 });
      await result(videoId);
    });
    expect(recorder.calls).toEqual(['thumbnails']);
    expect(recorder.reopened).toMatchObject([{ status: null, rerun: ['thumbnails'] }]);
  }, 60_000);

  it('of an earlier release that failed goes on along its own walk, and along that of the release from the probe on', async () => {
    const recorder = new Recorder();
    const videoId = randomUUID();
    const working = recorder.activities();
    let failures = 2;
    const works = recorder.activities({
      packageManifests: (ref) => {
        if (failures-- > 0) throw ApplicationFailure.nonRetryable('It broke.', 'OutputInvalid');
        return working.packageManifests(ref);
      },
    });
    const failed = async (times: number) => {
      while (recorder.calls.filter((call) => call === 'failed package OutputInvalid').length < times)
        await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await server.serving(works, async () => {
      await startProcessVideo(server.client, inputOf(videoId), about);
      await failed(1);
      expect(await retry(videoId, 'package')).toEqual({ generation: 1 });
      await failed(2);
      expect(recorder.calls).not.toContain('verify');
      expect(await retry(videoId, 'probe')).toEqual({ generation: 2 });
      await result(videoId);
    });
    expect(recorder.calls.filter((call) => call === 'verify')).toHaveLength(1);
    expect(recorder.reopened.map(({ rerun }) => rerun)).toEqual([['package', 'publish'], USUAL_WALK.map(({ step }) => step)]);
    expect(recorder.reopened[1]?.walk).toEqual(USUAL_WALK);
  }, 60_000);

  it('waits for a newer worker when its walk has a step that this one cannot do', async () => {
    const recorder = new Recorder();
    const videoId = randomUUID();
    const walk: Walk = [...USUAL_WALK, { step: 'notify' as Step, after: ['publish'], required: true }];
    const workflowId = processVideoWorkflowId(videoId);
    await server.serving(recorder.activities(), async () => {
      await startProcessVideo(server.client, inputOf(videoId, walk), about);
      const hasFailedTask = async () =>
        (await historiesOf(server.client, workflowId)).some(({ events }) =>
          events?.some((event) => event.workflowTaskFailedEventAttributes),
        );
      while (!(await hasFailedTask())) await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await server.client.workflow.getHandle(workflowId).describe()).status.name).toBe('RUNNING');
    });
    expect(recorder.calls).toEqual([]);
    await terminateRun(server.client, workflowId);
  }, 60_000);
});
