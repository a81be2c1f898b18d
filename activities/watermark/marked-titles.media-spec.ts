import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { Watermark } from '../../temporal/contract/media/watermark';
import { qualityKey } from '../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../temporal/contract/picture-keys';
import type { QualityReport } from '../../temporal/contract/media/reports';
import { joiningFamilies } from '../families/family-books';
import { packageJoining, verifyJoining } from '../families/make-family';
import { runTool } from '../media-tools/run-tool';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { plannedJoining } from '../test-media/plan-joining';
import { hdrSource } from '../test-media/hdr-source';
import { makeMark } from '../test-media/make-mark';
import { thumbnails } from '../thumbnail/thumbnails';
import { transcodeChunk } from '../transcode/transcode-chunk';

const FILM = 'testsrc2=size=1280x720:rate=25:duration=2';
const NIGHT =
  'color=black:size=1280x720:rate=25:duration=2[night];color=0x303030:size=40x40:rate=25:duration=2[light];' +
  "[night][light]overlay=x='200+n*4':y=300";
const BLOCK = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="white"/></svg>';

let stand: ActivityStand;
beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

async function source(picture: string, outputArgs: readonly string[] = ['-c:v', 'libx264', '-preset', 'ultrafast']): Promise<Buffer> {
  const path = join(stand.folder, 'source.mp4');
  await runTool({
    tool: stand.deps.tools.ffmpeg,
    args: ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-pix_fmt', 'yuv420p', ...outputArgs, path],
  });
  return readFile(path);
}

/** A planned title with a watermark. */
async function planned(
  original: Buffer,
  { mark, svg, codecs = ['h264'] }: { mark: Partial<Watermark>; svg?: string; codecs?: CodecFamily[] },
) {
  const { path, watermark } = await makeMark(join(stand.folder, 'mark.png'), mark, svg);
  await stand.deps.objects.put('originals', watermark.key, await readFile(path), { contentType: 'image/png' });
  const videoId = await stand.addVideo({ codecs, encoding: { isStrict: false, families: {}, hdr: 'keep', watermark } }, original);
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256 } = await stand.run(split, run);
  return { videoId, watermark, plan: { ...run, planSha256 } };
}

const transcode = (plan: { videoId: string; generation: number; planSha256: string }, family: CodecFamily, joins?: CodecFamily) =>
  stand.run(transcodeChunk, { ...plan, family, chunkIndex: 0, chunkCount: 1, ...(joins ? { joins } : {}) });

it.each<[string, string, { mark: Partial<Watermark>; svg?: string }]>([
  ['a corner', FILM, { mark: {} }],
  ['white on black, over most of the picture', NIGHT, { mark: { sizePercent: 90, position: 'center' }, svg: BLOCK }],
  ['all of the picture, half transparent', FILM, { mark: { sizePercent: 100, marginPercent: 0, opacity: 0.5 }, svg: BLOCK }],
  ['a fade from black', `${FILM},fade=in:d=1`, { mark: { sizePercent: 40, position: 'left' }, svg: BLOCK }],
])('a mark on %s raises no alarm', async (_, picture, marked) => {
  const { videoId, plan } = await planned(await source(picture), marked);
  await transcode(plan, 'h264');
  await stand.run(packageManifests, plan);
  const video = await stand.deps.videos.find(videoId);
  expect({ warnings: video?.warnings, problems: video?.qualitySummary?.problemCount }).toEqual({ warnings: [], problems: 0 });
  expect(video?.qualitySummary?.worstVmaf).toBeGreaterThan(70);
});

it('leaves poster and thumbnails without the mark', async () => {
  const original = await source(FILM);
  const posters = [];
  for (const mark of [{ sizePercent: 90 }, { sizePercent: 1 }]) {
    const { videoId, plan } = await planned(original, { mark, svg: BLOCK });
    await transcode(plan, 'h264');
    await stand.run(thumbnails, plan);
    posters.push(await stand.deps.objects.get('transcoded', thumbnailKeys.poster(videoId, 1)));
  }
  expect(posters[0]).not.toBeNull();
  expect(posters[0]).toEqual(posters[1]);
});

it('is drawn on the families that join later, in HDR as in SDR, and passes their gates', async () => {
  const { pictureFilter, outputArgs } = hdrSource({ transfer: 'smpte2084', isMastered: true });
  const picture = `testsrc2=size=640x360:rate=25:duration=1,${pictureFilter ?? ''}`;
  const path = join(stand.folder, 'hdr.mp4');
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...(outputArgs ?? []), path] });
  const { videoId, plan, watermark } = await planned(await readFile(path), {
    mark: { sizePercent: 60 },
    svg: BLOCK,
    codecs: ['h264', 'hevc'],
  });
  await transcode(plan, 'h264');
  await stand.run(packageManifests, plan);
  await stand.run(publish, plan);
  expect([...(await joiningFamilies(stand.deps, { videoId, generation: 1 })).families].sort()).toEqual(['hevc', 'hevc-hdr']);
  for (const family of ['hevc', 'hevc-hdr'] as const) {
    const { planSha256 } = await plannedJoining(stand, { videoId, generation: 1, family });
    const joining = { videoId, generation: 1, planSha256, joins: family };
    expect(await stand.deps.objects.getJson('segments', `${videoId}/g1/families/${family}/plan.json`)).toMatchObject({
      recipe: 5,
      watermark,
    });
    await transcode(joining, family, family);
    await stand.run(packageJoining, joining);
    await stand.run(verifyJoining, joining);
    const report = await stand.deps.objects.getJson<QualityReport>('transcoded', qualityKey(videoId, 1, family));
    expect(report?.problems).toEqual([]);
  }
});

describe('a raster that is not the one of the plan', () => {
  it('ends the step, and another try does not help', async () => {
    const { plan, watermark } = await planned(await source(FILM), { mark: {} });
    await stand.deps.objects.put('originals', watermark.key, Buffer.from('another one'), { contentType: 'image/png' });
    await expect(transcode(plan, 'h264')).rejects.toMatchObject({ type: 'WatermarkMissing', nonRetryable: true });
  });
});
