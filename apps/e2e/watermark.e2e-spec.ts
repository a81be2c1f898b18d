import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTool } from '../../activities/media-tools/run-tool';
import { identityFaults, readBarcodes } from '../../activities/test-media/frame-identity';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { apiUrl, downloadRenditions, untilEnded } from './scenes/published-video';

jest.setTimeout(180_000);

const FRAMES = 100;
const RUNGS = 2;
const WHITE = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="white"/></svg>';

let folder: string;
const client = () => new SprocketClient({ url: apiUrl() });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watermark-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('draws a watermark that is removed at once on every family and again on every retry', async () => {
  const added = await call('POST', 'watermarks', WHITE, 'image/svg+xml');
  const { watermark_id: id } = (await added.json()) as { watermark_id: string };
  const file = {
    ffmpeg: toolPaths().ffmpeg,
    folder,
    name: 'a.mp4',
    frameRate: { num: 25, den: 1 },
    frameCount: FRAMES,
    audioDelaySeconds: 0,
  };
  const watermark = { id, position: 'bottom-right', size_percent: 20 } as const;
  const videoId = await uploadPath(client(), await makeBarcodeSource(file), { codecs: ['h264', 'av1'], watermark });
  expect((await call('DELETE', `watermarks/${id}`)).status).toBe(204);

  expect(await untilEnded(client(), videoId)).toMatchObject({ status: 'ready', warnings: [] });
  await untilJoined(videoId, 1);
  await expectMarks(videoId, ['h264', 'h264', 'av1', 'av1']);

  expect((await call('POST', `videos/${videoId}/retry`, JSON.stringify({ from_step: 'probe' }))).status).toBe(200);
  await untilJoined(videoId, 2);
  await expectMarks(videoId, ['h264', 'h264', 'av1', 'av1']);
});

/** Every frame is there, once and in order, and each is white where the mark is. */
async function expectMarks(videoId: string, families: readonly string[]): Promise<void> {
  const renditions = await downloadRenditions(videoId, folder);
  expect(renditions.map(({ path }) => /(h264|av1)_/.exec(path)?.[1])).toEqual(families);
  for (const { path } of renditions) {
    expect(identityFaults(await readBarcodes({ ffmpeg: toolPaths().ffmpeg, path, scratch: folder }), FRAMES)).toEqual([]);
    const levels = await levelsInside(path);
    expect(levels).toHaveLength(FRAMES);
    expect(Math.min(...levels)).toBeGreaterThan(225);
  }
}

/** Mean luma of the middle of the mark, of every frame. */
async function levelsInside(path: string): Promise<number[]> {
  const raw = join(folder, 'inside.raw');
  const filter = 'crop=iw*0.1:ih*0.1:iw*0.83:ih*0.82,scale=1:1:flags=area,format=gray';
  await runTool({
    tool: toolPaths().ffmpeg,
    args: ['-v', 'error', '-y', '-i', path, '-vf', filter, '-fps_mode', 'passthrough', '-f', 'rawvideo', raw],
  });
  return [...(await readFile(raw))];
}

/** Until the manifest of a generation has the rungs of both families. */
async function untilJoined(videoId: string, generation: number): Promise<void> {
  for (;;) {
    const { families, status } = await client().progress(videoId);
    if (status === 'failed' || families['av1']?.state === 'failed') throw new Error('the video or its family failed');
    const master = status === 'ready' ? await (await fetch((await client().manifest(videoId)).hls_url)).text() : '';
    if (master.split('\n').filter((line) => line.startsWith(`g${generation}/av1/`) && line.includes('playlist')).length === RUNGS) return;
    await sleep(200);
  }
}

function call(method: string, path: string, body?: string, type = 'application/json'): Promise<Response> {
  return fetch(`${apiUrl()}/api/v1/${path}`, { method, ...(body === undefined ? {} : { headers: { 'content-type': type }, body }) });
}
