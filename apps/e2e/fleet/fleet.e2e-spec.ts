import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityFaults, matchFrames, readLuma } from '../../../activities/test-media/frame-identity';
import { runTool } from '../../../activities/media-tools/run-tool';
import { toolPaths } from '../../../activities/test-media/tool-paths';
import { createDatabase, type Database } from '../../../infra/database/database';
import type { Task } from '../../../infra/database/task';
import { TasksRepository } from '../../../infra/database/tasks-repository';
import { projectRoot } from '../../../infra/stack/setup/project-root';
import { uploadPath } from '../../../packages/client/src/node';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import { until } from '../faults/until';
import { apiUrl, downloadRenditions } from '../scenes/published-video';
import { slowEncoder } from '../scenes/slow-encoder';
import { FleetNetwork, networkObstacle, type FleetHost } from './fleet-network';
import { openTcpDoor, type TcpDoor } from './tcp-door';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const LIMIT_MS = 120_000;

const obstacle = networkObstacle();
if (obstacle) process.stderr.write(`not played: a fleet of hosts: ${obstacle}\n`);

(obstacle === null ? describe : describe.skip)('workers on hosts of their own', () => {
  const api = new SprocketClient({ url: apiUrl() });
  const doors: TcpDoor[] = [];
  let folder: string;
  let network: FleetNetwork;
  let db: Database;
  let tasks: TasksRepository;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sprocket-fleet-'));
    network = FleetNetwork.open();
    db = createDatabase({ url: process.env['MYSQL_URL'] ?? '' });
    tasks = new TasksRepository(db);
  });

  afterAll(async () => {
    network.close();
    for (const door of doors) door.close();
    await db.destroy();
    await rm(folder, { recursive: true });
  });

  it('a link of 10 Mb/s that is cut and a host that vanishes cost their chunks only: the video is exact', async () => {
    const environment = await environmentOfHosts();
    const cut = network.addHost('host-cut', { mbit: 10 });
    const lost = network.addHost('host-lost');
    await Promise.all([startWorker(cut, environment), startWorker(lost, environment)]);

    // Long enough for a chunk in every slot, those of the stack's own worker among them.
    const clip = join(folder, 'clip.mp4');
    const { ffmpeg } = toolPaths();
    await runTool({ tool: ffmpeg, args: ['-v', 'error', '-stream_loop', '1', '-i', DEMO_CLIP, '-c', 'copy', '-an', clip] });
    const videoId = await uploadPath(api, clip);
    const before = await until('both hosts encode', LIMIT_MS, async () => {
      const rows = await chunks(videoId);
      return [cut, lost].every((host) => rows.some((row) => isUnderWay(row, host))) && rows;
    });
    const broken = before.filter((row) => isUnderWay(row, cut) || isUnderWay(row, lost)).map(({ taskId }) => taskId);
    cut.cutLink();
    lost.vanish();
    const since = Date.now();

    await until('the chunks run elsewhere', LIMIT_MS, async () =>
      (await chunks(videoId))
        .filter(({ taskId }) => broken.includes(taskId))
        .every(({ workerId }) => !isOf(workerId, cut) && !isOf(workerId, lost)),
    );
    process.stderr.write(`chunks of two lost hosts run elsewhere after ${Date.now() - since} ms\n`);
    cut.restoreLink();
    await until('the video is ready', LIMIT_MS, async () => (await api.progress(videoId)).status === 'ready');
    process.stderr.write(`ready ${Date.now() - since} ms after the loss of two hosts\n`);

    const rows = await chunks(videoId);
    expect(rows.filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(rows.filter(({ retryCount }) => retryCount > 0).map(({ taskId }) => taskId)).toEqual(broken);
    const source = await readLuma({ ffmpeg, path: clip, scratch: folder });
    const renditions = await downloadRenditions(videoId, folder);
    expect(renditions.length).toBeGreaterThan(1);
    for (const { path } of renditions) {
      const output = await readLuma({ ffmpeg, path, scratch: folder });
      expect(identityFaults(matchFrames(source, output), source.length)).toEqual([]);
    }
  });

  /** The services of the stack under test, which listens on loopback, by the address that hosts reach. */
  async function environmentOfHosts(): Promise<Record<string, string>> {
    const { address } = network;
    const through = async (port: string) => {
      const door = await openTcpDoor(address, Number(port));
      doors.push(door);
      return door.port;
    };
    const mysql = new URL(process.env['MYSQL_URL'] ?? '');
    mysql.port = String(await through(mysql.port));
    mysql.hostname = address;
    const s3 = await through(new URL(process.env['S3_ENDPOINT'] ?? '').port);
    const temporal = await through((process.env['TEMPORAL_ADDRESS'] ?? '').split(':')[1] ?? '');
    const ffmpeg = await slowEncoder(folder, 0.5);
    return {
      ...{ MYSQL_URL: mysql.href, S3_ENDPOINT: `http://${address}:${s3}`, TEMPORAL_ADDRESS: `${address}:${temporal}` },
      ...{ NODE_ENV: 'production', WORKER_QUEUES: 'transcode-cpu:1', FFMPEG_PATH: ffmpeg },
    };
  }

  /** Resolves once the API lists the worker. */
  async function startWorker(host: FleetHost, environment: Record<string, string>): Promise<void> {
    const program = join(projectRoot(), 'dist', 'apps', 'worker', 'main.js');
    host.start(process.execPath, [program], { ...environment, SCRATCH_DIR: join(folder, host.name) });
    await until(`${host.name} is listed`, LIMIT_MS, async () => (await api.workers()).some(({ identity }) => isOf(identity, host)));
  }

  async function chunks(videoId: string): Promise<Task[]> {
    return (await tasks.listForVideo(videoId, 1)).filter(({ taskType }) => taskType === 'transcode');
  }
});

function isOf(workerId: string | null, host: FleetHost): boolean {
  return workerId?.startsWith(`${host.name}-`) ?? false;
}

function isUnderWay(row: Task, host: FleetHost): boolean {
  return isOf(row.workerId, host) && row.status === 'running' && row.progressPercent > 0;
}
