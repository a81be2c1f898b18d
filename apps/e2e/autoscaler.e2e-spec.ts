import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runTool } from '../../activities/media-tools/run-tool';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { readLook } from '../../infra/stack/home/autoscaler-look';
import { readEndpoints } from '../../infra/stack/home/endpoints';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { defaultHomeFolder, openStackHome } from '../../infra/stack/home/stack-home';
import { markedProcesses } from '../../infra/stack/processes/stray-processes';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { untilEnded } from './scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const VIDEOS = 4;
const POLL_MS = 200;

describe('a stack with an autoscaler', () => {
  let folder: string;
  const home = openStackHome(join(defaultHomeFolder(), 'test-autoscaler'));

  beforeAll(async () => {
    await command('down');
    await rm(home.folder, { recursive: true, force: true });
    folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
  });

  afterAll(async () => {
    await command('down');
    await rm(home.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true });
  });

  it('grows with a burst of videos, shrinks when it is over, and loses nothing', async () => {
    await command('up', '--autoscale');
    expect(await services()).toContain('autoscaler ready');
    const clip = join(folder, 'clip.mp4');
    await runTool({ tool: toolPaths().ffmpeg, args: ['-v', 'error', '-i', DEMO_CLIP, '-t', '20', '-c', 'copy', clip] });
    const api = client();
    const videoIds = await Promise.all(Array.from({ length: VIDEOS }, () => uploadPath(api, clip)));

    await until(() => scaledWorkers().some(({ state }) => state === 'serving'));
    const serving = scaledWorkers().map(({ name }) => name);
    for (const videoId of videoIds) expect(await untilEnded(api, videoId)).toMatchObject({ status: 'ready' });

    await until(() => scaledWorkers().length === 0);
    const log = await readFile(home.logFile('autoscaler'), 'utf8');
    const ends = [...log.matchAll(/"([\w-]+) ended with (\w+)"/g)].map(([, name, outcome]) => ({ name, outcome }));
    expect(ends.map(({ name }) => name)).toEqual(expect.arrayContaining(serving));
    expect(ends.filter(({ outcome }) => outcome !== '0')).toEqual([]);
    expect(markedProcesses(home.folder, 'scaled-worker')).toEqual([]);
    expect(await services()).toContain('worker ready');
  });

  it('keeps the autoscaler when the stack is brought up again, and takes its workers along when it goes down', async () => {
    await command('up');
    expect(await services()).toContain('autoscaler ready');
    const api = client();
    await Promise.all(Array.from({ length: VIDEOS }, () => uploadPath(api, join(folder, 'clip.mp4'))));
    await until(() => scaledWorkers().length > 0);
    await command('down');
    expect(markedProcesses(home.folder)).toEqual([]);
    expect((await services()).filter((service) => service.startsWith('autoscaler'))).toEqual([]);
  });

  /** `npm run NAME -- ARGS` against the stack of this test; resolves to what it printed. */
  async function command(...args: string[]): Promise<string> {
    const env = { ...process.env, SPROCKET_HOME: home.folder, AUTOSCALE_QUIET_SECONDS: '5' };
    return (await promisify(execFile)(process.execPath, [join(projectRoot(), 'dist', 'apps', 'cli', 'main.js'), ...args], { env })).stdout;
  }

  /** "name state" of each service; the command fails when one of them does not work, and prints all the same. */
  async function services(): Promise<string[]> {
    const text = await command('status', '--json').catch((error: { stdout: string }) => error.stdout);
    const parsed = JSON.parse(text) as { services: { service: string; state: string }[] };
    return parsed.services.map(({ service, state }) => `${service} ${state}`);
  }

  function client(): SprocketClient {
    return new SprocketClient({ url: readEndpoints(home)?.api_url ?? '' });
  }

  function scaledWorkers() {
    return readLook(home)?.workers ?? [];
  }
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(POLL_MS);
}
