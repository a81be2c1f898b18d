import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { startProcessVideo } from '../../temporal/client';
import type { ChunkRef, PipelineActivities } from '../../temporal/contract/activities';
import type { ChunkResult, PlannedEncoder } from '../../temporal/contract/results';
import { joinFamilyWorkflowId, processVideoWorkflowId } from '../../temporal/contract/ids';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';
import { startJoinFamily } from '../../temporal/family-commands';
import { Recorder, SPLIT } from '../testing/recorder';
import { openWorkflowServer, type WorkflowServer } from '../testing/workflow-server';

const OWNER = { creatorId: 'local', priority: 'normal' } as const;
const LIMIT_MS = 60_000;
const CPU_PLAN = 'd'.repeat(64);

let server: WorkflowServer;
let videoId: string;
let chunks: string[];

beforeAll(async () => {
  server = await openWorkflowServer(process.env['TEMPORAL_ADDRESS'] ?? '');
}, LIMIT_MS);
beforeEach(() => {
  videoId = randomUUID();
  chunks = [];
});
afterAll(() => server.close());

/** A GPU that makes its first chunk and fails with the second one. */
async function transcodeChunk({ chunkIndex, planSha256 }: ChunkRef): Promise<ChunkResult> {
  const { taskQueue } = activityInfo();
  chunks.push(`${taskQueue} ${chunkIndex} ${planSha256.slice(0, 1)}`);
  if (taskQueue === 'transcode-gpu' && chunkIndex > 0) throw ApplicationFailure.nonRetryable('The driver is gone.', 'GpuUnavailable');
  return { bytesOut: 1 };
}

async function join(planned: PlannedEncoder, recorder: Recorder, overrides: Partial<PipelineActivities> = {}): Promise<string> {
  const planFamily = () => Promise.resolve({ planSha256: 'c'.repeat(64), chunkCount: 2, transcodeSlots: 1, ...planned });
  return server.serving(recorder.activities({ planFamily, transcodeChunk, ...overrides }), async () => {
    await startJoinFamily(server.client, { videoId, generation: 1, family: 'hevc' }, OWNER);
    const handle = server.client.workflow.getHandle(joinFamilyWorkflowId(videoId, 1, 'hevc'));
    return handle.result().then(
      () => 'done',
      () => 'failed',
    );
  });
}

it(
  'a family whose GPU fails is made by CPUs, all of it, under the plan of the CPU',
  async () => {
    const recorder = new Recorder();
    let verified = '';
    const verifyFamily = ({ planSha256 }: { planSha256: string }) => {
      verified = planSha256;
      return Promise.resolve({ bytesOut: 1 });
    };
    expect(await join({ encoder: 'nvenc' }, recorder, { verifyFamily })).toBe('done');
    expect(recorder.calls).toContain('leave GPU hevc GpuUnavailable');
    expect([...chunks].sort()).toEqual(['transcode-cpu 0 d', 'transcode-cpu 1 d', 'transcode-gpu 0 c', 'transcode-gpu 1 c']);
    expect(verified).toBe(CPU_PLAN);
  },
  LIMIT_MS,
);

it(
  'a family that is for GPUs only ends with its failure',
  async () => {
    const recorder = new Recorder();
    expect(await join({ encoder: 'nvenc', needsGpu: true }, recorder)).toBe('failed');
    expect(recorder.calls).toEqual(['hevc failed']);
    expect(chunks.filter((chunk) => chunk.startsWith('transcode-cpu'))).toEqual([]);
  },
  LIMIT_MS,
);

it(
  'a title goes on with the plan of the CPU in every later step',
  async () => {
    const [first] = SPLIT.families;
    const recorder = new Recorder({ ...SPLIT, families: [{ family: 'hevc', chunkCount: first?.chunkCount ?? 2, encoder: 'nvenc' }] });
    const plans: string[] = [];
    const packageManifests = ({ planSha256 }: { planSha256: string }) => {
      plans.push(planSha256);
      return Promise.resolve({ bytesOut: 1 });
    };
    await server.serving(recorder.activities({ transcodeChunk, packageManifests }), async () => {
      await startProcessVideo(
        server.client,
        { videoId, generation: 1, ...OWNER, walk: USUAL_WALK, retryWindowMs: 1 },
        { title: 't', sizeBytes: 1 },
      );
      const result = await server.client.workflow.getHandle(processVideoWorkflowId(videoId)).result();
      expect(result).toMatchObject({ status: 'ready' });
    });
    expect(plans).toEqual([CPU_PLAN]);
    expect(recorder.calls).toContain('leave GPU hevc GpuUnavailable');
  },
  LIMIT_MS,
);
