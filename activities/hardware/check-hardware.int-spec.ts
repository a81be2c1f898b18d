import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeGpuStandIn, type GpuStandIn } from '../test-media/gpu-stand-in';
import { toolPaths } from '../test-media/tool-paths';
import { checkHardware } from './check-hardware';

const LIMIT_MS = 60_000;

let folder: string;
let gpu: GpuStandIn;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hardware-'));
  gpu = await makeGpuStandIn(folder);
});

afterAll(() => rm(folder, { recursive: true }));

const working = async (ffmpeg: string) =>
  (await checkHardware(ffmpeg)).filter(({ works }) => works).map(({ kind, family }) => `${family}_${kind}`);

it(
  'the ffmpeg of this project knows every option of every hardware encoder, and says what it lacks on a machine without a GPU',
  async () => {
    const verdicts = await checkHardware(toolPaths().ffmpeg);
    expect(verdicts).toHaveLength(9);
    const reasons = verdicts.map(({ kind, works, reason }) => [kind, works, reason]);
    for (const [, works, reason] of reasons) if (!works) expect(reason).not.toMatch(/did not tell/);
  },
  LIMIT_MS,
);

it(
  'tells what works by what encodes, and takes a busy GPU for one that works',
  async () => {
    await gpu.set('busy 1');
    expect(await working(gpu.ffmpeg)).toEqual(['h264_nvenc', 'hevc_nvenc', 'av1_nvenc']);
    await gpu.set('works hevc');
    expect(await working(gpu.ffmpeg)).toEqual(['hevc_nvenc']);
    await gpu.set('Cannot load libcuda.so.1');
    const [h264] = await checkHardware(gpu.ffmpeg);
    expect(h264).toMatchObject({ reason: 'There is no NVIDIA driver in this machine or container.', works: false });
  },
  LIMIT_MS,
);
