import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeGpuStandIn, type GpuStandIn } from '../../activities/test-media/gpu-stand-in';
import { identityFaults, readBarcodes } from '../../activities/test-media/frame-identity';
import { makeBarcodeSource } from '../../activities/test-media/make-source';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { SprocketClient } from '../../packages/client/src/sprocket-client';
import { uploadPath } from '../../packages/client/src/node';
import { ExtraWorker } from './scenes/extra-worker';
import { apiUrl, untilEnded } from './scenes/published-video';

const FRAME_RATE = 25;
const FRAME_COUNT = 5 * FRAME_RATE;
const LIMIT_MS = 200_000;

let folder: string;
let source: string;
let gpu: GpuStandIn;
let worker: ExtraWorker;
const api = () => new SprocketClient({ url: apiUrl() });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpu-'));
  gpu = await makeGpuStandIn(folder);
  const media = { ffmpeg: toolPaths().ffmpeg, folder, name: 'source.mp4', frameRate: { num: FRAME_RATE, den: 1 } };
  source = await makeBarcodeSource({ ...media, frameCount: FRAME_COUNT, audioDelaySeconds: 0 });
  worker = new ExtraWorker(join(folder, 'scratch'), { WORKER_QUEUES: 'transcode-gpu:1', FFMPEG_PATH: gpu.ffmpeg });
  await worker.says('serving transcode-gpu');
  await worker.isListed(api());
}, LIMIT_MS);

afterAll(async () => {
  await worker.kill();
  await rm(folder, { recursive: true });
});

/** Resolves to the video once its HEVC renditions are in the manifests. */
async function withHevc(): Promise<string> {
  const videoId = await uploadPath(api(), source, { codecs: ['h264', 'hevc'] });
  for (;;) {
    const { status, families } = await api().progress(videoId);
    const state = families['hevc']?.state;
    if (status === 'ready' && state === 'ready') return videoId;
    if (status === 'failed' || state === 'failed') throw new Error(`it failed: ${JSON.stringify(await api().progress(videoId))}`);
    await sleep(200);
  }
}

async function foldersOf(videoId: string): Promise<string[]> {
  const master = await (await fetch((await api().manifest(videoId)).hls_url)).text();
  return master.split('\n').filter((line) => /^g1\/(?!audio)/.test(line));
}

async function faultsOf(videoId: string, playlist: string): Promise<string[]> {
  const path = `${apiUrl()}/stream/${videoId}/${playlist}`;
  return identityFaults(await readBarcodes({ ffmpeg: toolPaths().ffmpeg, path, scratch: folder }), FRAME_COUNT);
}

it('tells what the worker can do and what it lacks', async () => {
  const { workers } = (await (await fetch(`${apiUrl()}/api/v1/workers`)).json()) as { workers: Record<string, unknown>[] };
  const [encoders] = workers.filter(({ identity }) => identity === worker.workerId).map((one) => one['encoders']);
  expect(encoders).toContainEqual({ kind: 'nvenc', codec: 'hevc', works: true, reason: null, advice: null });
  expect(encoders).toContainEqual(expect.objectContaining({ kind: 'qsv', codec: 'av1', works: false, reason: expect.any(String) }));
});

it(
  'encodes HEVC on the GPU and H.264 on the CPU',
  async () => {
    const videoId = await withHevc();
    const chunks = await gpu.chunks();
    expect(new Set(chunks)).toEqual(new Set(['hevc_nvenc']));
    expect(await foldersOf(videoId)).toContain('g1/hevc/240p/playlist.m3u8');
    expect(await faultsOf(videoId, 'g1/hevc/240p/playlist.m3u8')).toEqual([]);
    // The stand-in has no rate caps, of which verification may warn.
    expect((await api().progress(videoId)).warnings.map(({ code }) => code)).not.toContain('GpuFellBack');
  },
  LIMIT_MS,
);

it(
  'makes the family on the CPU after all when the GPU fails in the middle, and says so',
  async () => {
    await gpu.set('dies');
    const videoId = await withHevc();
    const hevc = (await foldersOf(videoId)).filter((path) => path.includes('hevc'));
    expect(hevc).toEqual(['g1/hevc/270p_r2/playlist.m3u8', 'g1/hevc/240p_r2/playlist.m3u8']);
    expect(await faultsOf(videoId, 'g1/hevc/240p_r2/playlist.m3u8')).toEqual([]);
    const { warnings } = await api().progress(videoId);
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'GpuFellBack', family: 'hevc', message: expect.stringContaining('driver') }),
    ]);
  },
  LIMIT_MS,
);

it(
  'waits for a decision when a GPU is required and none is there',
  async () => {
    await worker.stop('SIGTERM');
    const videoId = await uploadPath(api(), source, { codecs: ['h264'], gpu: 'required' });
    expect(await untilEnded(api(), videoId)).toMatchObject({ status: 'failed', failed_step: 'split', error: { code: 'GpuUnavailable' } });
  },
  LIMIT_MS,
);
