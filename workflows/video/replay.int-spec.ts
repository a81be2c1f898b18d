import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { processVideoWorkflowId, transcodeFamilyWorkflowId } from '../../temporal/contract/ids';
import { historiesOf, type History } from '../../temporal/testing/histories';
import { removeProcessedVideo, retryProcessVideo } from '../../temporal/video-commands';
import { BUILT_WORKFLOWS } from '../testing/built-workflows';
import { Recorder } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

/** Histories of runs that were under way when the code changed. `RECORD_HISTORIES=1` adds those of the present code. */
const FOLDER = join(__dirname, '..', 'histories');

const replay = (history: History) => Worker.runReplayHistory({ workflowBundle: BUILT_WORKFLOWS }, history);
const recorded = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string): History => historyFromJSON(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')));

let server: WorkflowServer;

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);

afterAll(() => server.close());

describe('runs that an earlier version of the code has led', () => {
  it('are known', () => expect(recorded.length).toBeGreaterThanOrEqual(6));

  it.each(recorded)(
    '%s goes on under this one',
    async (name) => {
      await replay(read(name));
    },
    60_000,
  );

  it('would be refused if the order of steps had changed', async () => {
    const history = read('ready.json');
    const scheduled = history.events?.find((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'split');
    scheduled!.activityTaskScheduledEventAttributes!.activityType!.name = 'audio';
    await expect(replay(history)).rejects.toThrow(/TMPRL1100|[Nn]ondeterminism/);
  }, 60_000);
});

describe('runs of this version', () => {
  it.each<[string, (recorder: Recorder) => PipelineActivities, 'retry' | 'remove' | 'cancel' | null]>([
    ['ready', (recorder) => recorder.activities(), null],
    ['warned', (recorder) => failingOnce(recorder, 'thumbnails'), null],
    ['retried', (recorder) => failingOnce(recorder, 'packageManifests'), 'retry'],
    ['retried-chunks', (recorder) => failingOnce(recorder, 'transcodeChunk'), 'retry'],
    ['cancelled', (recorder) => failingOnce(recorder, 'publish'), 'cancel'],
    ['removed', (recorder) => failingOnce(recorder, 'split'), 'remove'],
  ])(
    'can be replayed: %s',
    async (name, activities, command) => {
      const recorder = new Recorder();
      const videoId = randomUUID();
      const input = { videoId, generation: 1, creatorId: 'local', priority: 'normal' as const };
      const about = { title: 'A film', sizeBytes: 1 };
      await server.serving(activities(recorder), async () => {
        await startProcessVideo(server.client, input, about);
        const handle = server.client.workflow.getHandle(processVideoWorkflowId(videoId));
        while (command && !recorder.calls.some((call) => call.startsWith('failed')))
          await new Promise((resolve) => setTimeout(resolve, 20));
        if (command === 'retry') await retryProcessVideo(server.client, { input, about, updateId: 'retry' }, { fromStep: 'transcode' });
        if (command === 'remove') await removeProcessedVideo(server.client, { input, about, updateId: 'remove' });
        if (command === 'cancel') await handle.cancel();
        await handle.result().catch(() => undefined);
      });
      for (const [file, workflowId] of [
        [name, processVideoWorkflowId(videoId)],
        [`${name}-family`, transcodeFamilyWorkflowId(videoId, 1, 'h264')],
      ] as const) {
        for (const history of await historiesOf(server.client, workflowId).catch((): History[] => [])) {
          await replay(history);
          if (process.env['RECORD_HISTORIES']) writeFileSync(join(FOLDER, `${file}.json`), withoutMachine(historyToJSON(history)));
        }
      }
    },
    60_000,
  );
});

/** Who did the work is of no interest for a replay. */
function withoutMachine(historyJson: string): string {
  return historyJson.replace(/("identity": *)"[^"]*"/gi, '$1"recorded"').replaceAll(hostname(), 'recorded');
}

/** One activity fails for good the first time. */
function failingOnce(recorder: Recorder, name: keyof PipelineActivities): PipelineActivities {
  const works = recorder.activities();
  let broken = true;
  const fails = (input: never) => {
    if (!broken) return works[name](input);
    broken = false;
    return Promise.reject(ApplicationFailure.nonRetryable('It broke.', 'EncodeFailed'));
  };
  return { ...works, [name]: fails };
}
