import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { joinFamilyWorkflowId, leaveFamilyWorkflowId, processVideoWorkflowId } from '../../temporal/contract/ids';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';
import { cancelJoinFamily, startJoinFamily, startLeaveFamily } from '../../temporal/family-commands';
import { historiesOf, type History } from '../../temporal/testing/histories';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { removeProcessedVideo } from '../../temporal/video-commands';
import { Recorder, SPLIT } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const OWNER = { creatorId: 'local', priority: 'normal' } as const;
const RECORDED = join(__dirname, '..', 'histories', 'joined.json');

let server: WorkflowServer;
let videoId: string;

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);
beforeEach(() => {
  videoId = randomUUID();
});
afterAll(() => server.close());

const ref = () => ({ videoId, generation: 1, family: 'av1' as const });
const resultOf = (workflowId: string) =>
  server.client.workflow
    .getHandle(workflowId)
    .result()
    .then(
      () => 'done',
      () => 'failed',
    );
const joined = () => resultOf(joinFamilyWorkflowId(videoId, 1, 'av1'));

/** Starts the making of one family and resolves to how it ended. */
function make(activities: PipelineActivities): Promise<string> {
  return server.serving(activities, async () => {
    await startJoinFamily(server.client, ref(), OWNER);
    return joined();
  });
}

// The test of recorded histories replays it.
it('makes a family step by step', async () => {
  const recorder = new Recorder();
  expect(await make(recorder.activities())).toBe('done');
  expect(recorder.calls.filter((call) => !call.startsWith('chunk'))).toEqual(['plan av1', 'package av1', 'verify av1', 'publish av1']);
  expect([...recorder.calls].sort().slice(0, 2)).toEqual(['chunk 0', 'chunk 1']);
  const [history] = await historiesOf(server.client, joinFamilyWorkflowId(videoId, 1, 'av1'));
  if (process.env['RECORD_HISTORIES']) writeFileSync(RECORDED, withoutMachine(historyToJSON(history as History)));
}, 60_000);

it('lets a title be ready before its families are made', async () => {
  const recorder = new Recorder({ ...SPLIT, hasJoiningFamilies: true });
  const activities = recorder.activities({ joiningFamilies: async () => ({ families: ['av1'] }) });
  await server.serving(activities, async () => {
    await startProcessVideo(server.client, { videoId, generation: 1, ...OWNER, walk: USUAL_WALK }, { title: 'A film', sizeBytes: 1 });
    expect(await resultOf(processVideoWorkflowId(videoId))).toBe('done');
    expect(await joined()).toBe('done');
  });
  expect(recorder.calls.indexOf('plan av1')).toBeGreaterThan(recorder.calls.indexOf('publish'));
}, 60_000);

it.each<[string, Partial<PipelineActivities>, string]>([
  ['that fails', { verifyFamily: () => Promise.reject(ApplicationFailure.nonRetryable('It broke.', 'OutputInvalid')) }, 'av1 failed'],
  ['that is superseded', { publishFamily: () => Promise.reject(ApplicationFailure.nonRetryable('Late.', 'Cancelled')) }, 'av1 cancelled'],
])(
  'notes the end of a family %s',
  async (_, activities, note) => {
    const recorder = new Recorder();
    expect(await make(recorder.activities(activities))).toBe('failed');
    expect(recorder.calls.at(-1)).toBe(note);
  },
  60_000,
);

it('makes chunks again that were made with older tools', async () => {
  const recorder = new Recorder();
  let mixtures = 1;
  const works = recorder.activities();
  const activities = recorder.activities({
    packageFamily: (plan) => {
      if (mixtures-- === 0) return works.packageFamily(plan);
      // What the search for missing chunks finds then.
      return Promise.reject(ApplicationFailure.nonRetryable('Mixed.', 'ToolsDiffer'));
    },
  });
  expect(await make(activities)).toBe('done');
  expect(recorder.calls.slice(-3)).toEqual(['package av1', 'verify av1', 'publish av1']);
}, 60_000);

it.each(['cancelled', 'removed'])(
  'ends with its tools when it is %s',
  async (how) => {
    const recorder = new Recorder();
    let started = (): void => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const activities = recorder.activities({
      verifyFamily: () => {
        started();
        return Promise.reject(ApplicationFailure.retryable('Not yet.', 'StorageUnavailable'));
      },
    });
    await server.serving(activities, async () => {
      await startJoinFamily(server.client, ref(), OWNER);
      await running;
      if (how === 'cancelled') await cancelJoinFamily(server.client, ref());
      else {
        const input = { videoId, generation: 1, ...OWNER };
        await removeProcessedVideo(server.client, { input, about: { title: 'A film', sizeBytes: 1 }, updateId: 'remove' });
      }
      expect(await joined()).toBe('failed');
    });
    expect(recorder.calls).toContain('av1 cancelled');
  },
  60_000,
);

it('takes a family out at once, and deletes it a day later', async () => {
  const recorder = new Recorder();
  await server.serving(recorder.activities(), async () => {
    await startLeaveFamily(server.client, ref(), OWNER);
    while (!recorder.calls.includes('withdraw av1')) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const leaving = server.client.workflow.getHandle(leaveFamilyWorkflowId(videoId, 1, 'av1'));
  expect((await leaving.describe()).status.name).toBe('RUNNING');
  expect(recorder.calls).not.toContain('remove av1');
  await terminateRun(server.client, leaving.workflowId);
}, 60_000);

/** Who did the work is of no interest for a replay. */
function withoutMachine(historyJson: string): string {
  return historyJson.replace(/("identity": *)"[^"]*"/gi, '$1"recorded"').replaceAll(hostname(), 'recorded');
}
