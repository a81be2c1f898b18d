import { rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPaths } from '../../../../activities/test-media/tool-paths';
import type { ExtraWorker } from '../../scenes/extra-worker';
import type { Fault, Played } from '../fault';
import type { Scene } from '../scene';
import { until } from '../until';

const LIMIT_MS = 180_000;
const MEDIA_QUEUES = 'probe:1,split:1,transcode-cpu:1,audio:1';

/** One worker of two is sick; the stack's own is not. */
export const SICK_WORKER_FAULTS: readonly Fault[] = [
  {
    name: 'encoder that dies on one worker',
    done: 'the ffmpeg of one of two workers dies after two seconds, on every input',
    advice: 'Look at the worker that `GET /workers` lists as unfit. Other workers take its tasks.',
    core: false,
    play: async (scene) => {
      const worker = await scene.worker({ WORKER_QUEUES: 'transcode-cpu:1', FFMPEG_PATH: await dyingEncoder(scene) });
      await scene.startVideos();
      await until('the sick worker has a chunk', LIMIT_MS, async () => (await scene.chunks()).some(isOf(worker)));
      return { overAt: null };
    },
  },
  {
    name: 'wrong database password on one worker',
    done: 'one of two workers is started with a password that the database refuses',
    advice: 'Correct its `MYSQL_URL`. It takes no task meanwhile.',
    core: false,
    play: (scene) => neverServes(scene, 'The database refuses', { MYSQL_URL: wrongPassword() }),
  },
  {
    name: 'wrong storage secret on one worker',
    done: 'one of two workers is started with a secret that the object store refuses',
    advice: 'Correct its `S3_SECRET_ACCESS_KEY`. It takes no task meanwhile.',
    core: false,
    play: (scene) => neverServes(scene, 'Object storage refuses', { S3_SECRET_ACCESS_KEY: 'wrong' }),
  },
  {
    name: 'packager moved away from one worker',
    done: 'the packager of one of two workers is moved away in the middle of a chunk, and back once the worker has left its queue',
    advice: 'Put the tool back. The worker finds it by itself.',
    core: false,
    play: async (scene) => {
      const folder = await scene.scratchRoot();
      const packager = join(folder, 'packager');
      await symlink(toolPaths().packager, packager);
      const worker = await scene.slowWorker({ PACKAGER_PATH: packager });
      await scene.startVideos();
      await scene.chunkUnderWay(worker);
      await rename(packager, join(folder, 'moved'));
      expectReason(await scene.untilUnfit(worker, 'transcode-cpu'), 'The packager');
      await rename(join(folder, 'moved'), packager);
      await scene.untilServing(worker, 'transcode-cpu');
      return { overAt: Date.now(), mostChunksAgain: 1 };
    },
  },
];

/** Such a worker is seen as unfit and takes nothing. */
async function neverServes(scene: Scene, reason: string, environment: Record<string, string>): Promise<Played> {
  const worker = await scene.worker({ WORKER_QUEUES: MEDIA_QUEUES, ...environment });
  expectReason(await scene.untilUnfit(worker, 'transcode-cpu'), reason);
  await scene.startVideos();
  await until('the videos are done', LIMIT_MS, () => scene.areDone());
  if ((await scene.rows()).some(isOf(worker))) throw new Error('the sick worker had a task');
  expectReason(await scene.untilUnfit(worker, 'transcode-cpu'), reason);
  return { overAt: null, mostChunksAgain: 0 };
}

function isOf(worker: ExtraWorker): (row: { workerId: string | null }) => boolean {
  return ({ workerId }) => workerId === worker.workerId;
}

function expectReason(reason: string, beginning: string): void {
  if (!reason.startsWith(beginning)) throw new Error(`the worker is unfit for another reason: ${reason}`);
}

function wrongPassword(): string {
  return Object.assign(new URL(process.env['MYSQL_URL'] ?? ''), { password: 'wrong' }).href;
}

async function dyingEncoder(scene: Scene): Promise<string> {
  const path = join(await scene.scratchRoot(), 'dying-ffmpeg');
  const lines = [
    '#!/bin/sh',
    `'${toolPaths().ffmpeg}' -readrate 0.5 "$@" & pid=$!`,
    '(sleep 2; kill -9 $pid) >/dev/null 2>&1 &',
    'wait $pid',
  ];
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o755 });
  return path;
}
