import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTool } from '../../activities/media-tools/run-tool';
import { identityFaults, matchFrames, readLuma } from '../../activities/test-media/frame-identity';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { createDatabase, type Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { type Task } from '../../infra/database/task';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { ExtraWorker } from './scenes/extra-worker';
import { toolsBelow } from './faults/leftovers';
import { apiUrl, downloadRenditions, untilEnded } from './scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const FRAMES = 2 * 720;

describe('a worker killed in the middle of a chunk', () => {
  const tools = toolPaths();
  let folder: string;
  let db: Database;
  let tasks: TasksRepository;
  let worker: ExtraWorker;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
    db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
    tasks = new TasksRepository(db);
    worker = await ExtraWorker.serving(join(folder, 'scratch'), { WORKER_QUEUES: 'transcode-cpu:1' });
  });

  afterAll(async () => {
    await worker.kill();
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  it('costs that chunk only: the video ends ready and exact', async () => {
    const clip = join(folder, 'clip.mp4');
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-stream_loop', '1', '-i', DEMO_CLIP, '-c', 'copy', '-an', clip] });
    const api = new SprocketClient({ url: apiUrl() });
    const videoId = await uploadPath(api, clip);

    const lost = await chunkOfWorker(videoId);
    worker.signal('SIGKILL');
    expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });

    const chunks = (await tasks.listForVideo(videoId, 1)).filter((task) => task.taskType === 'transcode');
    expect(chunks.length).toBeGreaterThanOrEqual(4);
    expect(chunks.filter((chunk) => chunk.retryCount > 0).map((chunk) => chunk.taskId)).toEqual([lost.taskId]);
    // The folder of the lost task stays until a worker of the machine starts; its tools must not.
    expect(toolsBelow([worker.scratch])).toEqual([]);

    const source = await readLuma({ ffmpeg: tools.ffmpeg, path: clip, scratch: folder });
    for (const { path } of await downloadRenditions(videoId, folder)) {
      const output = await readLuma({ ffmpeg: tools.ffmpeg, path, scratch: folder });
      expect(identityFaults(matchFrames(source, output), FRAMES)).toEqual([]);
    }
  });

  /** The chunk that the worker is encoding, once it is well under way. */
  async function chunkOfWorker(videoId: string): Promise<Task> {
    for (;;) {
      const own = (await tasks.listForVideo(videoId, 1)).find((task) => task.workerId === worker.workerId && task.progressPercent > 0);
      if (own) return own;
      await sleep(100);
    }
  }
});
