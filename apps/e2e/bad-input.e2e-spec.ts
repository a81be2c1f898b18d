import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { runTool } from '../../activities/media-tools/run-tool';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { defaultHomeFolder } from '../../infra/stack/home/stack-home';
import { originalKey } from '../../temporal/contract/object-keys';
import { apiUrl, processFile } from './scenes/published-video';

const DEMO_CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const LIMIT_MS = 60_000;

let folder: string;
let s3: S3Client;
let listener: Server;
let unwantedRequests: string[];

/** Name, how to make the file, and what the user is told. */
const badFiles: [string, (path: string) => Promise<unknown>, { code: string; message: RegExp }][] = [
  ['text', makeText, { code: 'SourceUnreadable', message: /cannot be read as a video/ }],
  ['the first half of a file', makeFirstHalf, { code: 'SourceUnreadable', message: /cut off: it holds 3\d\d of 720 frames/ }],
  [
    'the first half of a file with its index at the end',
    makeFirstHalfWithoutIndex,
    { code: 'SourceUnreadable', message: /cannot be read as a video/ },
  ],
  ['a photo', makePhoto, { code: 'SourceUnsupported', message: /still image/ }],
  ['sound without a picture', makeSound, { code: 'SourceUnsupported', message: /no video track/ }],
  ['a playlist that names another host', makePlaylist, { code: 'SourceUnreadable', message: /cannot be read as a video/ }],
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sprocket-e2e-'));
  s3 = s3OfEnvironment();
  unwantedRequests = [];
  listener = createServer((request, response) => {
    unwantedRequests.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  s3.destroy();
  await new Promise((resolve) => listener.close(resolve));
  await rm(folder, { recursive: true });
});

describe.each(badFiles)('%s named .mp4', (name, make, expected) => {
  let path: string;
  let videoId: string;

  beforeAll(async () => {
    path = join(folder, `${name.replaceAll(' ', '-')}.mp4`);
    await make(path);
  });

  it('ends failed within a minute, with the step and a reason that helps', async () => {
    const startedAt = performance.now();
    ({ videoId } = await processFile(path));
    expect(performance.now() - startedAt).toBeLessThan(LIMIT_MS);
    const status = await getJson<Status>(`/api/v1/videos/${videoId}/status`);
    expect(status).toMatchObject({
      status: 'failed',
      failed_step: 'probe',
      pipeline_progress: { probe: 'failed', split: 'pending' },
      error: { code: expected.code, message: expect.stringMatching(expected.message), advice: expect.stringMatching(/upload it again/) },
    });
    expect(status.error.message).not.toMatch(/https?:|\/tmp|s3|ffmpeg/i);
    expect(status.error.advice).not.toBe(status.error.message);
  });

  it('says the same on the watch page', async () => {
    const { progress, playback } = await getJson<{ progress: Status; playback: object | null }>(`/watch/${videoId}/info`);
    expect(progress).toEqual(await getJson(`/api/v1/videos/${videoId}/status`));
    expect(playback).toBeNull();
  });

  it('keeps the original', async () => {
    const command = new HeadObjectCommand({
      Bucket: process.env['S3_BUCKET_ORIGINALS'] ?? 'video-originals',
      Key: originalKey(videoId, 'mp4'),
    });
    expect((await s3.send(command)).ContentLength).toBe((await stat(path)).size);
  });

  it('leaves nothing in the scratch folder', async () => {
    expect(await taskFolders()).toEqual([]);
  });
});

it('opened nothing that an uploaded file names', () => {
  expect(unwantedRequests).toEqual([]);
});

async function makeText(path: string): Promise<void> {
  await writeFile(path, 'This is a letter.\n'.repeat(1000));
}

async function makeFirstHalf(path: string): Promise<void> {
  const whole = `${path}.whole.mp4`;
  await ffmpeg('-i', DEMO_CLIP, '-c', 'copy', '-movflags', '+faststart', whole);
  await writeFirstHalf(whole, path);
}

async function makeFirstHalfWithoutIndex(path: string): Promise<void> {
  const whole = `${path}.whole.mp4`;
  await ffmpeg('-i', DEMO_CLIP, '-c', 'copy', whole);
  await writeFirstHalf(whole, path);
}

async function makePhoto(path: string): Promise<void> {
  await ffmpeg('-i', DEMO_CLIP, '-frames:v', '1', '-f', 'mjpeg', path);
}

async function makeSound(path: string): Promise<void> {
  await ffmpeg('-i', DEMO_CLIP, '-vn', '-c', 'copy', path);
}

async function makePlaylist(path: string): Promise<void> {
  const { port } = listener.address() as AddressInfo;
  await writeFile(path, `#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nhttp://127.0.0.1:${port}/secret.ts\n#EXT-X-ENDLIST\n`);
}

async function ffmpeg(...args: string[]): Promise<void> {
  await runTool({ tool: toolPaths().ffmpeg, args: ['-v', 'error', '-nostdin', ...args] });
}

async function writeFirstHalf(from: string, to: string): Promise<void> {
  const bytes = await readFile(from);
  await writeFile(to, bytes.subarray(0, bytes.length / 2));
}

interface Status {
  status: string;
  failed_step: string;
  error: { code: string; message: string; advice: string };
}

async function getJson<T>(path: string): Promise<T> {
  return (await fetch(`${apiUrl()}${path}`)).json() as Promise<T>;
}

/** Folders of tasks, in the folders of the workers. */
async function taskFolders(): Promise<string[]> {
  const root = join(process.env['SPROCKET_HOME'] ?? defaultHomeFolder(), 'data', 'scratch');
  const workers = await readdir(root);
  return (await Promise.all(workers.map((worker) => readdir(join(root, worker))))).flat();
}
