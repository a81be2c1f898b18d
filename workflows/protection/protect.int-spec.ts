import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { startProcessVideo } from '../../temporal/client';
import type { PipelineActivities } from '../../temporal/contract/activities';
import { joinFamilyWorkflowId, processVideoWorkflowId, protectTitleWorkflowId, protectWorkflowId } from '../../temporal/contract/ids';
import { walkOf } from '../../temporal/contract/pipeline';
import { startJoinFamily } from '../../temporal/family-commands';
import { startProtectTitle } from '../../temporal/protection-commands';
import { historiesOf, payloadSizes } from '../../temporal/testing/histories';
import { Recorder } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const OWNER = { creatorId: 'local', priority: 'normal' } as const;
const DRM = { scheme: 'cbcs', systems: ['widevine'], keyProvider: 'local' } as const;

let server: WorkflowServer;
let videoId: string;

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, 60_000);
beforeEach(() => {
  videoId = randomUUID();
});
afterAll(() => server.close());

const run = () => ({ videoId, generation: 1 });
const endOf = (workflowId: string) =>
  server.client.workflow
    .getHandle(workflowId)
    .result()
    .then(
      () => 'done',
      () => 'failed',
    );

it('encrypts a title between its verification and its publication', async () => {
  const recorder = new Recorder();
  const walk = walkOf({ isStrict: false, families: {}, drm: DRM });
  await server.serving(recorder.activities(), async () => {
    await startProcessVideo(server.client, { ...run(), ...OWNER, walk }, { title: 'A film', sizeBytes: 1 });
    expect(await endOf(processVideoWorkflowId(videoId))).toBe('done');
  });
  const { calls } = recorder;
  expect(calls.slice(calls.indexOf('verify')).filter((call) => !call.startsWith('protect'))).toEqual([
    'verify',
    'plan protection',
    'drm',
    'publish',
  ]);
  expect(calls.filter((call) => call.startsWith('protect')).sort()).toEqual([
    'protect audio 0',
    'protect audio 1',
    'protect h264 0',
    'protect h264 1',
  ]);
}, 60_000);

it('encrypts a family that joins a protected title, and no other', async () => {
  const recorder = new Recorder();
  const works = recorder.activities();
  const planFamily: PipelineActivities['planFamily'] = async (ref) => ({ ...(await works.planFamily(ref)), isProtected: true });
  await server.serving({ ...works, planFamily }, async () => {
    await startJoinFamily(server.client, { ...run(), family: 'av1' }, OWNER);
    expect(await endOf(joinFamilyWorkflowId(videoId, 1, 'av1'))).toBe('done');
  });
  const steps = recorder.calls.filter((call) => !call.startsWith('chunk') && !call.startsWith('protect'));
  expect(steps).toEqual(['plan av1', 'package av1', 'verify av1', 'plan protection', 'drm', 'publish av1']);
}, 60_000);

it('waits for what has to end first, a family for its title and a title for its families', async () => {
  const recorder = new Recorder();
  const works = recorder.activities();
  const isFirst = { planFamily: true, beginProtection: true };
  const later = <Answer>(call: keyof typeof isFirst, answer: () => Promise<Answer>) => {
    const waits = isFirst[call];
    isFirst[call] = false;
    return waits ? Promise.resolve({ notYet: true as const }) : answer();
  };
  const waiting: Partial<PipelineActivities> = {
    planFamily: (ref) => later('planFamily', () => works.planFamily(ref)),
    beginProtection: (ref) => later('beginProtection', () => works.beginProtection(ref)),
  };
  await server.serving({ ...works, ...waiting }, async () => {
    await Promise.all([startJoinFamily(server.client, { ...run(), family: 'av1' }, OWNER), startProtectTitle(server.client, run(), OWNER)]);
    expect(await endOf(joinFamilyWorkflowId(videoId, 1, 'av1'))).toBe('done');
    expect(await endOf(protectTitleWorkflowId(videoId, 1))).toBe('done');
  });
  expect(recorder.calls).toEqual(expect.arrayContaining(['publish av1', 'switch to protected']));
}, 60_000);

describe('a title that is published clear', () => {
  it('is encrypted with its families, switched, and cleared in this order', async () => {
    const recorder = new Recorder();
    await server.serving(recorder.activities(), async () => {
      await startProtectTitle(server.client, run(), OWNER);
      expect(await endOf(protectTitleWorkflowId(videoId, 1))).toBe('done');
    });
    expect(recorder.calls.filter((call) => !call.startsWith('protect'))).toEqual([
      ...['begin protection', 'plan protection', 'drm', 'plan protection', 'drm', 'switch to protected', 'clear media removed'],
    ]);
    expect(recorder.calls.filter((call) => call.startsWith('protect av1'))).toHaveLength(2);
  }, 60_000);

  it('stays as it is with a warning when a piece fails for good, and goes on when it is asked for again', async () => {
    const recorder = new Recorder();
    const works = recorder.activities();
    let isBroken = true;
    const protectPiece: PipelineActivities['protectPiece'] = (piece) => {
      if (isBroken && piece.group === 'audio') return Promise.reject(ApplicationFailure.nonRetryable('Denied.', 'KeyProviderDenied'));
      return works.protectPiece(piece);
    };
    await server.serving({ ...works, protectPiece }, async () => {
      await startProtectTitle(server.client, run(), OWNER);
      expect(await endOf(protectTitleWorkflowId(videoId, 1))).toBe('failed');
      expect(recorder.calls).toContain('warning drm');
      expect(recorder.calls).not.toContain('switch to protected');
      isBroken = false;
      await startProtectTitle(server.client, run(), OWNER);
      expect(await endOf(protectTitleWorkflowId(videoId, 1))).toBe('done');
    });
    const [history] = await historiesOf(server.client, protectWorkflowId(videoId, 1));
    expect(Math.max(...payloadSizes(history!))).toBeLessThan(1024);
  }, 60_000);
});
