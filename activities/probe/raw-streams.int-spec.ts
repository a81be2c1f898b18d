import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../media-tools/run-tool';
import { planSource } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

jest.setTimeout(60_000);

describe('a raw stream', () => {
  const tools = toolPaths();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'raw-'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  // The picture clock of both codecs runs at 30000/1001 Hz.
  it.each(['h261', 'h263'])('is taken with every picture at the rate of its codec: %s', async (codec) => {
    const run = { tools, sourcePath: join(folder, `raw.${codec}`), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=352x288:rate=30000/1001', '-frames:v', '30', '-c:v', codec];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...picture, run.sourcePath] });
    const { video, warnings } = (await planSource(run)).source;
    const { frameCount, frameRate, cadence } = video;
    expect({ frameCount, frameRate, cadence, warnings }).toEqual({
      ...{ frameCount: 30, cadence: 'constant', warnings: [] },
      frameRate: { num: 30_000, den: 1_001 },
    });
  });

  const X265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error:bframes=2'];

  it.each([
    ['Motion JPEG', ['-c:v', 'mjpeg', '-f', 'mjpeg'], '25'],
    ['many PNG pictures', ['-c:v', 'png', '-f', 'image2pipe'], '25'],
    ['animated PNG', ['-c:v', 'apng', '-f', 'apng'], '25'],
    ['MPEG-1', ['-c:v', 'mpeg1video', '-bf', '0', '-f', 'mpeg1video'], '25'],
    ['MPEG-1 with B-frames', ['-c:v', 'mpeg1video', '-bf', '2', '-f', 'mpeg1video'], '30000/1001'],
    ['MPEG-2 without delay', ['-c:v', 'mpeg2video', '-flags', 'low_delay', '-f', 'mpeg2video'], '30000/1001'],
    ['HEVC', [...X265, '-f', 'hevc'], '30000/1001'],
    ['VVC', ['-c:v', 'libvvenc', '-preset', 'faster', '-f', 'vvc'], '30000/1001'],
    ['Dirac', ['-c:v', 'vc2', '-f', 'dirac'], '30000/1001'],
    ['AVS2', ['-c:v', 'libxavs2', '-f', 'avs2'], '30000/1001'],
    ['DNxHR', ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_lb', '-f', 'dnxhd'], '25'],
  ])('is taken with every picture in order: %s', async (name, args, rate) => {
    // The name tells nothing: the service reads sources under an address without one.
    const run = { tools, sourcePath: join(folder, name), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    const picture = ['-f', 'lavfi', '-i', `testsrc2=size=256x128:rate=${rate}`, '-frames:v', '30'];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...picture, ...args, run.sourcePath] });
    const { video, warnings } = (await planSource(run)).source;
    const { num, den } = video.frameRate;
    expect({ frames: video.frameCount, rate: `${num}/${den}`, gaps: video.gapCount, warnings }).toEqual({
      ...{ frames: 30, gaps: 0, warnings: [] },
      rate: rate.includes('/') ? rate : `${rate}/1`,
    });
  });

  it('of as many pictures as a photograph may have is a still image', async () => {
    const run = { tools, sourcePath: join(folder, 'photograph'), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    const pictures = ['-f', 'lavfi', '-i', 'testsrc2=size=256x128', '-frames:v', '3', '-c:v', 'mjpeg', '-f', 'mjpeg'];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...pictures, run.sourcePath] });
    await expect(planSource(run)).rejects.toThrow('The file is a still image.');
  });

  // A copy keeps the fine clock of the container before it, so its header says 600 frames a second.
  it.each([
    ['25', { num: 25, den: 1 }],
    ['30000/1001', { num: 30_000, den: 1_001 }],
  ])('in AVI, copied there at %s frames a second, keeps its rate and all its pictures', async (rate, frameRate) => {
    const name = rate.replace('/', '_');
    const run = { tools, sourcePath: join(folder, `${name}.avi`), folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 };
    const picture = [
      '-f',
      'lavfi',
      '-i',
      `testsrc2=size=352x288:rate=${rate}`,
      '-frames:v',
      '50',
      '-pix_fmt',
      'yuv420p',
      '-c:v',
      'libx264',
    ];
    const original = join(folder, `${name}.mp4`);
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...picture, '-bf', '2', original] });
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-i', original, '-c', 'copy', run.sourcePath] });
    const { video, warnings } = (await planSource(run)).source;
    expect({ frameCount: video.frameCount, frameRate: video.frameRate, cadence: video.cadence, warnings }).toEqual({
      ...{ frameCount: 50, frameRate, cadence: 'constant', warnings: [] },
    });
  });
});
