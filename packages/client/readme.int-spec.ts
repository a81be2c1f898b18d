import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApi, type RunningApi } from '../../apps/api/testing/running-api';
import { VideosRepository } from '../../infra/database/videos-repository';
import { openOwnNamespace, type OwnNamespace } from '../../temporal/testing/own-namespace';
import { buildClient, CLIENT_FOLDER } from './testing/build-client';

jest.setTimeout(120_000);

const KEY = 'key-of-the-operator-of-this-readme';
const POLL_MS = 50;

let own: OwnNamespace;
let api: RunningApi;
let folder: string;

beforeAll(async () => {
  own = await openOwnNamespace(process.env['TEMPORAL_ADDRESS'] ?? '');
  api = await startApi({ API_ADMIN_KEY: KEY, TEMPORAL_NAMESPACE: own.namespace });
  buildClient();
  folder = mkdtempSync(join(tmpdir(), 'client-readme-'));
  mkdirSync(join(folder, 'node_modules', '@sprocket'), { recursive: true });
  symlinkSync(CLIENT_FOLDER, join(folder, 'node_modules', '@sprocket', 'client'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api.stop();
  await own.close();
});

/** No worker is there, so the test does what a run would have done at its end. */
async function finish(videoId: string): Promise<void> {
  const videos = api.app.get(VideosRepository);
  const run = { videoId, generation: 1 };
  while ((await videos.find(videoId))?.status !== 'uploaded') await sleep(POLL_MS);
  await videos.advance(run, 'transcoding');
  await videos.setFailed(run, { step: 'probe', failureType: 'SourceUnreadable', message: 'The file is damaged.' });
}

it('has a program that uploads, pauses, resumes and follows', async () => {
  const text = readFileSync(join(CLIENT_FOLDER, 'README.md'), 'utf8');
  const program = Array.from(text.matchAll(/```js\n([^]*?)```/g), ([, code]) => code).join('\n');
  writeFileSync(join(folder, 'tutorial.mjs'), program);
  writeFileSync(join(folder, 'holiday.mp4'), 'a film');
  const env = { PATH: process.env['PATH'], SPROCKET_URL: api.url, SPROCKET_API_KEY: KEY, FILE: join(folder, 'holiday.mp4') };
  const child = spawn(process.execPath, [join(folder, 'tutorial.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let finished: Promise<void> | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const id = /^video (\w+)$/m.exec(said)?.[1];
      if (id) finished ??= finish(id);
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  await finished;
  const lines = said.trimEnd().split('\n');
  const [, videoId = ''] = /^video (\w+)$/m.exec(said) ?? [];
  expect({ code, said }).toEqual({ code: 0, said });
  expect(lines).toEqual(
    expect.arrayContaining(['sent 100%', 'AbortError', 'true', 'failed 0% pending', '404 VideoNotFound There is no video with this id.']),
  );
  expect(await api.app.get(VideosRepository).find(videoId)).toMatchObject({ title: 'Holiday', codecs: ['h264', 'av1'] });
});
