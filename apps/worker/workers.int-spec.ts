import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { WorkerDependencies } from '../../activities/worker-dependencies';
import { makeGpuStandIn } from '../../activities/test-media/gpu-stand-in';
import { toolPaths } from '../../activities/test-media/tool-paths';
import type { Database } from '../../infra/database/database';
import { migrate } from '../../infra/database/migrate';
import { createEmptyDatabase, type EmptyDatabase } from '../../infra/database/testing/empty-database';
import { WorkerEncodersRepository } from '../../infra/database/worker-encoders-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import type { Queue } from '../../temporal/contract/queues';
import { describeQueues, listWorkers, servingWorkers } from '../../temporal/queue-state';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { runWorkers } from './run-workers';
import { workerFitness } from './worker-fitness';

const LIMIT_MS = 100_000;

describe('a worker process', () => {
  const address = process.env['TEMPORAL_ADDRESS'] ?? '';
  const log: string[] = [];
  const note = (text: unknown) => void log.push(String(text));
  const logger = { log: note, warn: note, error: note } as never;
  let own: OwnNamespace;
  let empty: EmptyDatabase;
  let s3: S3Client;
  let objects: ObjectStore;
  let folder: string;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), workerHeartbeatInterval: '1s', shutdownSignals: [] });
    own = await openOwnNamespace(address);
    empty = await createEmptyDatabase();
    await migrate(empty.connect());
    s3 = s3OfEnvironment();
    const [segments, transcoded] = [`segments-${randomUUID()}`, `transcoded-${randomUUID()}`];
    for (const Bucket of [segments, transcoded]) await s3.send(new CreateBucketCommand({ Bucket }));
    objects = new ObjectStore(s3, { originals: 'none', segments, transcoded });
    folder = await mkdtemp(join(tmpdir(), 'workers-'));
  }, LIMIT_MS);

  afterAll(async () => {
    s3.destroy();
    await empty.drop();
    await own.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => log.splice(0));

  /** Runs the process of a worker for the queues until `work` is done. */
  async function running(
    given: { queues: Queue[]; db?: Database; packager?: string; ffmpeg?: string },
    work: () => Promise<void>,
  ): Promise<void> {
    const tools = {
      ...toolPaths(),
      ...(given.packager ? { packager: given.packager } : {}),
      ...(given.ffmpeg ? { ffmpeg: given.ffmpeg } : {}),
    };
    const db = given.db ?? empty.connect();
    const fitness = workerFitness({ tools, scratchDir: folder }, folder, { db, objects, temporal: own.client, tryGpuEveryMs: 500 });
    const deps = { workerId: fitness.monitor.me.id, fitness: fitness.monitor, housekeeping: {} } as unknown as WorkerDependencies;
    const stop = new AbortController();
    const plan = {
      temporal: { address, namespace: own.namespace },
      queues: new Map(given.queues.map((queue) => [queue, 1])),
      ...{ shutdownGraceMs: 0, deps, fitness, workflowBundlePath: '' },
    };
    const end = runWorkers(plan, own.client, { stop: stop.signal, logger });
    try {
      await Promise.race([work(), end]);
    } finally {
      stop.abort();
      await end;
    }
  }

  async function until(look: () => Promise<boolean>): Promise<void> {
    const endsAt = Date.now() + LIMIT_MS / 2;
    while (!(await look())) {
      if (Date.now() > endsAt) throw new Error(`it did not happen; the log: ${log.join('\n')}`);
      await sleep(200);
    }
  }

  const stateOf = async (queue: Queue) => (await listWorkers(own.client)).find((worker) => worker.queue === queue)?.unfit;
  const pollersOf = async (queue: Queue) => (await describeQueues(own.client)).find((one) => one.queue === queue)?.pollers;

  it(
    'stays out of the queues that its tools are not fit for, says why, and comes when they are',
    async () => {
      const packager = join(folder, 'packager');
      await symlink(toolPaths().packager, join(folder, 'moved'));
      await running({ queues: ['audio', 'thumbnail'], packager }, async () => {
        await until(async () => (await stateOf('audio')) === 'packager' && (await stateOf('thumbnail')) === null);
        expect(await pollersOf('audio')).toBe(0);
        expect(await servingWorkers(own.client, 'audio')).toEqual([]);
        expect(log.join('\n')).toMatch(/unfit for audio: The packager does not work on this worker/);
        await rename(join(folder, 'moved'), packager);
        await until(async () => (await stateOf('audio')) === null && (await pollersOf('audio')) === 1);
        expect(log.join('\n')).toContain('fit for audio again');
      });
      expect(await stateOf('audio')).toBeUndefined();
    },
    LIMIT_MS,
  );

  it(
    'serves the queue of GPUs only while an encoder works, and tells what works and why not',
    async () => {
      const gpu = await makeGpuStandIn(folder);
      await gpu.set('Cannot load libcuda.so.1');
      await running({ queues: ['transcode-gpu'], ffmpeg: gpu.ffmpeg }, async () => {
        await until(async () => (await stateOf('transcode-gpu')) === 'gpu');
        expect(await pollersOf('transcode-gpu')).toBe(0);
        expect(log.join('\n')).toMatch(/No hardware encoder works on this worker. nvenc: There is no NVIDIA driver/);
        await gpu.set('works hevc');
        await until(async () => (await stateOf('transcode-gpu')) === null);
        const [workerId = ''] = await servingWorkers(own.client, 'transcode-gpu');
        const known = await new WorkerEncodersRepository(empty.connect()).of([workerId]);
        expect(known.get(workerId)?.filter(({ works }) => works)).toEqual([{ kind: 'nvenc', family: 'hevc', works: true }]);
        // It looks again while it serves.
        await gpu.set('Cannot load libnvidia-encode.so.1');
        await until(async () => (await stateOf('transcode-gpu')) === 'gpu');
      });
    },
    LIMIT_MS,
  );

  it(
    'serves nothing with a password that the database refuses',
    async () => {
      const db = empty.connect(Object.assign(new URL(empty.url), { password: 'wrong' }).href);
      await running({ queues: ['split'], db }, async () => {
        await until(async () => (await stateOf('split')) === 'database');
        expect(await pollersOf('split')).toBe(0);
        expect(log.join('\n')).not.toContain('wrong');
      });
    },
    LIMIT_MS,
  );
});
