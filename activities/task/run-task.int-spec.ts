import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { ulid } from 'ulid';
import { createDatabase, type Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { MIB } from '../../temporal/contract/units';
import type { ActivityDependencies, Fitness } from './activity-dependencies';
import type { AttemptState } from './attempt-state';
import { Failure } from '../../temporal/contract/failures';
import { runTool, ToolError } from '../media-tools/run-tool';
import { diskSpace, ScratchRoom } from '../scratch/scratch-room';
import { runTask, type TaskContext, type TaskOutcome } from './run-task';

const DISK_BYTES = 64 * MIB;
const DONE: TaskOutcome<string> = { result: 'done', outputKey: 'key', bytesIn: 0, bytesOut: 0 };

describe('runTask on a small disk', () => {
  let db: Database;
  let tasks: TasksRepository;
  let s3: S3Client;
  let disk: string;
  let scratchRoot: string;
  let mounted: boolean;

  beforeAll(() => {
    s3 = s3OfEnvironment();
    db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
    tasks = new TasksRepository(db);
  });

  afterAll(async () => {
    s3.destroy();
    await db.destroy();
  });

  beforeEach(async () => {
    disk = await mkdtemp(join(tmpdir(), 'small-disk-'));
    mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'sprocket-test', disk]).status === 0;
    scratchRoot = join(disk, 'worker');
    await mkdir(scratchRoot);
  });

  afterEach(async () => {
    if (mounted) spawnSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  });

  /** Where mounting is not permitted, the folder is measured against the size that the disk would have. */
  async function readSpace() {
    if (mounted) return diskSpace(disk);
    const used = Number(spawnSync('du', ['-sb', disk], { encoding: 'utf8' }).stdout.split('\t')[0]);
    return { totalBytes: DISK_BYTES, freeBytes: Math.max(0, DISK_BYTES - used) };
  }

  function dependencies(scratchRoom = new ScratchRoom(disk, { waitMs: 0, readSpace })): ActivityDependencies {
    const logger = { log: () => undefined, warn: () => undefined, error: () => undefined };
    const objects = new ObjectStore(s3, { originals: 'none', segments: 'none', transcoded: 'none' });
    return {
      objects,
      tasks,
      runTool,
      scratchRoot,
      scratchRoom,
      toolGroups: null,
      workerId: 'test',
      logger,
    } as Partial<ActivityDependencies> as ActivityDependencies;
  }

  /** One attempt with its row and the details of its last heartbeat. */
  async function attempt(deps: ActivityDependencies, work: (task: TaskContext) => Promise<TaskOutcome<string>>) {
    const ref = { videoId: ulid(), generation: 1, taskType: 'audio' } as const;
    const environment = new MockActivityEnvironment({ attempt: 1 });
    let details: unknown;
    environment.on('heartbeat', (last) => (details = last));
    const outcome: unknown = await environment.run(() => runTask(deps, { ref, policy: 'audio' }, work)).catch((error: unknown) => error);
    const [row] = await tasks.listForVideo(ref.videoId, 1);
    return { outcome, details, row };
  }

  it('starts no tool when the disk has no room, and blames no worker', async () => {
    const { outcome, details, row } = await attempt(dependencies(), async (task) => {
      await task.needs(62 * MIB);
      throw new Error('a tool would have started');
    });
    expect(outcome).toBeInstanceOf(ApplicationFailure);
    expect(outcome).toMatchObject({ type: 'ScratchFull', nonRetryable: false });
    expect(details).toEqual({ mediaFailures: 0 });
    expect(row).toMatchObject({ status: 'retrying', errorMessage: 'The worker does not have enough disk space for this step.' });
    expect(await readdir(scratchRoot)).toEqual([]);
  });

  it('lets a task through that fits', async () => {
    const { outcome } = await attempt(dependencies(), async (task) => {
      await task.needs(60 * MIB);
      return DONE;
    });
    expect(outcome).toBe('done');
  });

  it('ends a tool that fills the disk beyond what its task needs, and frees the disk', async () => {
    const { outcome, details } = await attempt(dependencies(), async (task) => {
      await task.needs(MIB);
      await task.tool(fill(task, 'while :; do head -c 1000000 /dev/zero >> big; sleep 0.05; done'));
      return DONE;
    });
    expect(outcome).toMatchObject({ type: 'ScratchFull', nonRetryable: false, message: 'The disk of the worker was almost full.' });
    expect(details).toEqual({ mediaFailures: 0 });
    expect(await readdir(scratchRoot)).toEqual([]);
    expect(spawnSync('pgrep', ['-f', 'dev/zero >> big']).stdout.toString()).toBe('');
  }, 20_000);

  it('ends a tool that writes far more than its task should, and counts it as a failure of the media', async () => {
    const room = new ScratchRoom(disk, { readSpace: async () => ({ totalBytes: 1e12, freeBytes: 1e12 }) });
    const { outcome, details } = await attempt(dependencies(room), async (task) => {
      await task.needs(1);
      // A file with a hole is large and takes no room.
      await task.tool(fill(task, 'truncate -s 300M big; sleep 60'));
      return DONE;
    });
    expect(outcome).toMatchObject({ type: 'EncodeFailed', message: 'The step wrote far more to disk than this video should take.' });
    expect(details).toEqual({ mediaFailures: 1 });
  }, 20_000);

  it('waits for the room that another task leaves', async () => {
    const deps = dependencies(new ScratchRoom(disk, { readSpace }));
    const order: string[] = [];
    const events = new EventTarget();
    const holding = once(events, 'holding');
    const first = attempt(deps, async (task) => {
      await task.needs(40 * MIB);
      events.dispatchEvent(new Event('holding'));
      await once(events, 'release');
      order.push('first ends');
      return DONE;
    });
    await holding;
    const second = attempt(deps, async (task) => {
      await task.needs(40 * MIB);
      order.push('second starts');
      return DONE;
    });
    const small = await attempt(deps, async (task) => {
      await task.needs(10 * MIB);
      order.push('a small one starts');
      return DONE;
    });
    expect(small).toMatchObject({ outcome: 'done' });
    events.dispatchEvent(new Event('release'));
    expect(await first).toMatchObject({ outcome: 'done' });
    expect(await second).toMatchObject({ outcome: 'done' });
    expect(order).toEqual(['a small one starts', 'first ends', 'second starts']);
  }, 20_000);

  function fill(task: TaskContext, code: string) {
    return { tool: '/bin/sh', args: ['-c', `cd ${task.scratch} && ${code}`] };
  }
});

describe('runTask on one of two workers', () => {
  const sick = { id: 'host-1', seat: 'host-a' };
  const healthy = { id: 'host-2', seat: 'host-b' };
  const toolFails = () => Promise.reject(new ToolError('ffprobe', 1, null, 'http://127.0.0.1:1/token: Invalid data'));
  let db: Database;
  let tasks: TasksRepository;
  let s3: S3Client;
  let scratchRoot: string;

  beforeAll(async () => {
    s3 = s3OfEnvironment();
    db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
    tasks = new TasksRepository(db);
    scratchRoot = await mkdtemp(join(tmpdir(), 'two-workers-'));
  });

  afterAll(async () => {
    s3.destroy();
    await db.destroy();
    await rm(scratchRoot, { recursive: true });
  });

  /** The attempts of one task, each on a worker and in the light of what the ones before left in Temporal. */
  function newTask(work: (task: TaskContext) => Promise<TaskOutcome<string>>) {
    const ref = { videoId: ulid(), generation: 1, taskType: 'probe' } as const;
    let details: AttemptState | undefined;
    let number = 0;
    return async (me: Fitness['me'], others: string[], { atFault = false, falls = false } = {}) => {
      const failed: string[] = [];
      const fitness: Fitness = {
        me,
        others: async () => others,
        isAtFault: async () => atFault,
        failed: (queue, task) => failed.push(`${queue} ${task.taskType}`),
      };
      const logger = { log: () => undefined, warn: () => undefined, error: () => undefined };
      const objects = new ObjectStore(s3, { originals: 'none', segments: 'none', transcoded: 'none' });
      const scratchRoom = new ScratchRoom(scratchRoot);
      const deps = { objects, tasks, runTool, scratchRoot, scratchRoom, toolGroups: null, workerId: me.id, logger, fitness };
      const environment = new MockActivityEnvironment({ attempt: ++number, taskQueue: 'probe', heartbeatDetails: details });
      let last: string | undefined;
      const heard = new Promise<void>((resolve) =>
        environment.on('heartbeat', (state) => {
          last = JSON.stringify(state);
          resolve();
        }),
      );
      const spec = { ref, policy: 'probe', toolFailure: 'SourceUnreadable' } as const;
      const run = environment
        .run(() => runTask(deps as Partial<ActivityDependencies> as ActivityDependencies, spec, work))
        .catch((error: unknown) => error);
      // A worker that falls leaves what it sent at the beginning.
      const outcome: unknown = falls ? await heard : await run;
      details = last === undefined ? details : (JSON.parse(last) as AttemptState);
      environment.cancel();
      await run;
      return { outcome, details, failed };
    };
  }

  it('lets the other one confirm that a file cannot be read', async () => {
    const attempt = newTask(toolFails);
    const first = await attempt(sick, [healthy.id]);
    expect(first.outcome).toMatchObject({ type: 'RetryElsewhere', nonRetryable: false, message: 'The file cannot be read as a video.' });
    expect(first).toMatchObject({ details: { mediaFailures: 1, failedOn: [sick] }, failed: ['probe probe'] });
    const second = await attempt(healthy, [sick.id]);
    expect(second.outcome).toMatchObject({ type: 'SourceUnreadable', nonRetryable: true });
  });

  it('tells Temporal where a tool failed and what it said last, and no address', async () => {
    const { outcome } = await newTask(toolFails)(sick, []);
    expect(outcome).toMatchObject({ type: 'SourceUnreadable', nonRetryable: true });
    expect((outcome as ApplicationFailure).details).toEqual([
      {
        worker: sick.id,
        host: hostname(),
        exitCode: 1,
        failure: 'SourceUnreadable',
        tool: 'ffprobe',
        ended: 'ffprobe ended with exit code 1',
        lastWords: '<url> Invalid data',
      },
    ]);
  });

  it('leaves what failed here to the other one, which does it', async () => {
    let isBroken = true;
    const attempt = newTask(() => (isBroken ? toolFails() : Promise.resolve(DONE)));
    await attempt(sick, [healthy.id]);
    const back = await attempt(sick, [healthy.id]);
    expect(back.outcome).toMatchObject({ type: 'RetryElsewhere', nextRetryDelay: 1_000, nonRetryable: false });
    expect(back.details).toEqual({ mediaFailures: 1, failedOn: [sick], passes: 1 });
    isBroken = false;
    expect(await attempt(healthy, [sick.id])).toMatchObject({ outcome: 'done' });
  });

  it('does again what failed here when there is no other', async () => {
    const attempt = newTask(() => Promise.reject(new Failure('EncodeFailed', 'x')));
    await attempt(sick, []);
    expect(await attempt(sick, [])).toMatchObject({ outcome: { type: 'EncodeFailed' }, details: { mediaFailures: 2 } });
  });

  it('costs no attempt where the fault is in the worker', async () => {
    const { outcome, details, failed } = await newTask(toolFails)(sick, [healthy.id], { atFault: true });
    expect(outcome).toMatchObject({ type: 'WorkerUnfit', nonRetryable: false, details: [{ failure: 'SourceUnreadable' }] });
    expect({ details, failed }).toEqual({ details: { mediaFailures: 0 }, failed: [] });
  });

  it('ends a step whose workers fall one after the other, and not one whose only worker falls', async () => {
    const attempt = newTask(({ signal }) => sleep(60_000, DONE, { signal }));
    for (const _ of [1, 2]) await attempt(sick, [], { falls: true });
    expect((await attempt(sick, [], { falls: true })).details?.lostOn).toEqual([sick, sick]);
    await attempt(healthy, [], { falls: true });
    const { outcome } = await attempt(healthy, []);
    expect(outcome).toMatchObject({
      type: 'EncodeFailed',
      nonRetryable: true,
      message: 'Every worker that tried this step was lost while it worked on it.',
    });
  });
});
