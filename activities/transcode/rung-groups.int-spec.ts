import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clearPlace, renditionKey } from '../../temporal/contract/object-keys';
import { videoRef } from '../../temporal/contract/media/renditions';
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
  const videoId = await stand.addVideo({ codecs: ['av1'] }, await readFile(large));
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
