import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CODEC_FAMILIES } from '../../temporal/contract/media/families';
import { clearPlace, EARLY_NAMES, renditionKey } from '../../temporal/contract/object-keys';
import { videoRef } from '../../temporal/contract/media/renditions';
import { H264 } from '../../workflows/planning/families/h264';
import { readInit } from '../../workflows/planning/isobmff/isobmff';
import { planLadder } from '../../workflows/planning/plan/ladder';
import { probe } from '../probe/probe';
import { loadChunkReport } from '../renditions/report-store';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { identityFaults, readBarcodes } from '../test-media/frame-identity';
import { makeBarcodeSource } from '../test-media/make-source';
import { joinRendition } from '../test-media/run-pipeline';
import { runTool } from '../media-tools/run-tool';
import { transcodeChunk } from './transcode-chunk';

jest.setTimeout(240_000);

const FRAMES = 12;
const NAMES = ['2160p', '1440p', '1080p', '720p', '480p', '360p', '240p'];

let stand: ActivityStand;

beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

it('makes the rungs of a chunk in two runs of the encoder, exact in each, and stores them in one report', async () => {
  const { ffmpeg } = stand.deps.tools;
  const source = { ffmpeg, folder: stand.folder, name: 'small.mp4', frameRate: { num: 25, den: 1 }, frameCount: FRAMES };
  const small = await makeBarcodeSource({ ...source, audioDelaySeconds: null });
  const large = join(stand.folder, 'large.mp4');
  const picture = ['-vf', 'scale=3840:2160:flags=neighbor', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18'];
  await runTool({ tool: ffmpeg, args: ['-v', 'error', '-i', small, ...picture, large] });
  const videoId = await stand.addVideo(
    { codecs: ['av1'], encoding: { isStrict: false, families: {}, earlyPlayback: false } },
    await readFile(large),
  );
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256 } = await stand.run(split, run);
  const commands: string[][] = [];
  const noted: typeof runTool = (tool) => {
    if (tool.args.includes('libsvtav1') && tool.args.includes('-progress')) commands.push([...tool.args]);
    return runTool(tool);
  };
  await stand.run(transcodeChunk, { ...run, planSha256, family: 'av1', chunkIndex: 0, chunkCount: 1 }, { runTool: noted });
  expect(commands.map((args) => args.filter((arg) => arg === 'libsvtav1').length)).toEqual([1, NAMES.length - 1]);
  const report = await loadChunkReport(stand.deps.objects, { ...run, family: 'av1', chunkIndex: 0 });
  expect(report?.renditions.map(({ ref }) => ref.name)).toEqual(NAMES);
  for (const name of ['2160p', '240p']) {
    const stored = async (object: string) => {
      const path = join(stand.folder, `${name}_${object}`);
      const bytes = await stand.deps.objects.get('transcoded', renditionKey(clearPlace(run), videoRef('av1', { name }), object));
      await writeFile(path, bytes ?? '');
      return path;
    };
    const path = await joinRendition(await stored('init.mp4'), [await stored('segment_00001.m4s')], join(stand.folder, `${name}.mp4`));
    expect(identityFaults(await readBarcodes({ ffmpeg, path, scratch: stand.folder }), FRAMES)).toEqual([]);
  }
});

it('opens a title with the smallest rungs of its first chunk, and says of the others what they turn out to be', async () => {
  const { ffmpeg } = stand.deps.tools;
  const source = {
    ffmpeg,
    folder: stand.folder,
    name: 'hd.mp4',
    frameRate: { num: 25, den: 1 },
    frameCount: 50,
    pictureFilter: 'scale=1280:720',
  };
  const videoId = await stand.addVideo({}, await readFile(await makeBarcodeSource({ ...source, audioDelaySeconds: null })));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256 } = await stand.run(split, run);
  const { objects, videos } = stand.deps;
  const text = async (name: string) => Buffer.from((await objects.get('transcoded', `${videoId}/${name}`)) ?? '').toString();
  const seen: { opened: boolean; master: string; mpd: string; smallest: boolean; largest: boolean }[] = [];
  const isThere = async (name: string) =>
    (await objects.head('transcoded', renditionKey(clearPlace(run), videoRef('h264', { name }), 'segment_00001.m4s'))) !== null;
  const look: typeof runTool = async (tool) => {
    if (tool.args.filter((arg) => arg === 'libx264').length > 1) {
      const opened = (await videos.find(videoId))?.playableAt != null;
      const manifests = { master: await text(EARLY_NAMES.hls), mpd: await text(EARLY_NAMES.dash) };
      seen.push({ opened, ...manifests, smallest: await isThere('240p'), largest: await isThere('720p') });
    }
    return runTool(tool);
  };
  await stand.run(transcodeChunk, { ...run, planSha256, family: 'h264', chunkIndex: 0, chunkCount: 1 }, { runTool: look });
  expect(seen).toEqual([
    { opened: true, master: await text(EARLY_NAMES.hls), mpd: await text(EARLY_NAMES.dash), smallest: true, largest: false },
  ]);
  expect(await isThere('720p')).toBe(true);
  expect((await loadChunkReport(objects, { ...run, family: 'h264', chunkIndex: 0 }))?.renditions.map(({ ref }) => ref.name)).toEqual([
    ...['720p', '480p', '360p', '240p'],
  ]);
});

it.each(CODEC_FAMILIES.h264.speeds)('x264 calls its pictures what the plan of a rung says: %s', async (speed) => {
  const frameRate = { num: 25, den: 1 };
  for (const rung of planLadder(H264, { width: 1280, height: 720, frameRate }).filter(({ height }) => height !== 480)) {
    const path = join(stand.folder, `${speed}_${rung.name}.mp4`);
    const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${rung.width}x${rung.height}:rate=25`, '-frames:v', '2', '-pix_fmt', 'yuv420p'];
    const encoding = H264.encoderArgs(rung, { framesPerSegment: 150, recipe: 4, speed });
    const tool = stand.deps.tools.ffmpeg;
    await runTool({ tool, args: ['-v', 'error', ...picture, ...encoding, '-movflags', 'empty_moov+default_base_moof', path] });
    const planned = H264.plannedCodecString?.(rung, speed) ?? null;
    if (speed !== 'ultrafast') expect(planned).toBe(readInit(await readFile(path), [H264]).codec);
    else expect(planned).toBeNull();
  }
});
