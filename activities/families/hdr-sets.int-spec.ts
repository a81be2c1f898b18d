import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FamilyPlanRef } from '../../temporal/contract/activities';
import type { CodecFamily } from '../../temporal/contract/media/families';
import { qualityKey } from '../../temporal/contract/object-keys';
import type { QualityReport } from '../../temporal/contract/media/reports';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { plannedJoining } from '../test-media/plan-joining';
import { hdrSource } from '../test-media/hdr-source';
import { runTool } from '../media-tools/run-tool';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { joiningFamilies } from './family-books';
import { packageJoining, publishJoining, verifyJoining } from './make-family';

jest.setTimeout(240_000);

const LARGE = '1280x720';
const SMALL = '320x240';

let stand: ActivityStand;
beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(() => stand.close());

/** A published title of an HDR10 source. Resolves to its id. */
async function published(size: string, codecs: readonly CodecFamily[]): Promise<string> {
  const { pictureFilter = '', outputArgs = [] } = hdrSource({ transfer: 'smpte2084', isMastered: true });
  const path = join(stand.folder, `${size}.mp4`);
  const picture = `testsrc2=size=${size}:rate=25:duration=1,scroll=h=0.02,${pictureFilter}`;
  await runTool({ tool: stand.deps.tools.ffmpeg, args: ['-v', 'error', '-y', '-f', 'lavfi', '-i', picture, ...outputArgs, path] });
  const videoId = await stand.addVideo({ codecs, encoding: { isStrict: false, families: {}, hdr: 'keep' } }, await readFile(path));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256 } = await stand.run(split, run);
  const plan = { ...run, planSha256 };
  await stand.run(transcodeChunk, { ...plan, family: 'h264', chunkIndex: 0, chunkCount: 1 });
  await stand.run(packageManifests, plan);
  await stand.run(publish, plan);
  return videoId;
}

/** Plans, encodes and packages a family; `alter` changes how its encoder is called. */
async function encoded(videoId: string, family: CodecFamily, alter?: (arg: string) => string): Promise<FamilyPlanRef> {
  const { planSha256 } = await plannedJoining(stand, { videoId, generation: 1, family });
  const plan: FamilyPlanRef = { videoId, generation: 1, planSha256, joins: family };
  const altered: ActivityDependencies['runTool'] = (run) => runTool({ ...run, args: alter ? run.args.map(alter) : run.args });
  await stand.run(transcodeChunk, { ...plan, family, chunkIndex: 0, chunkCount: 1 }, { runTool: altered });
  await stand.run(packageJoining, plan);
  return plan;
}

it('passes the gates, compared with the source in HDR', async () => {
  const videoId = await published(LARGE, ['h264', 'hevc', 'av1']);
  const { families } = await joiningFamilies(stand.deps, { videoId, generation: 1 });
  expect([...families].sort()).toEqual(['av1', 'av1-hdr', 'hevc', 'hevc-hdr']);
  const plan = await encoded(videoId, 'hevc-hdr');
  await stand.run(verifyJoining, plan);
  const report = await stand.deps.objects.getJson<QualityReport>('transcoded', qualityKey(videoId, 1, 'hevc-hdr'));
  expect(report).toMatchObject({ faults: [], problems: [] });
  expect(report?.renditions[0]).toMatchObject({ folder: 'hevc-hdr/720p', vmafBar: 80 });
  expect(report?.renditions[0]?.vmaf?.mean).toBeGreaterThan(90);
  await stand.run(publishJoining, plan);
  expect((await stand.deps.videos.find(videoId))?.warnings).toEqual([]);
});

const MARKS = 'setparams=range=limited:colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084';
const TONE_MAP =
  'zscale=tin=smpte2084:pin=2020:min=2020_ncl:rin=limited:t=linear:npl=203,format=gbrpf32le,zscale=p=709,tonemap=mobius:desat=0,' +
  'zscale=t=709:m=709:r=limited,format=yuv420p10le';

it.each<[string, CodecFamily, (arg: string) => string, RegExp]>([
  [
    'that is tone-mapped under the marks of HDR',
    'hevc-hdr',
    (arg) => arg.replaceAll(MARKS, `${MARKS},${TONE_MAP},${MARKS}`),
    /does not keep the light/,
  ],
  ['in eight bits', 'av1-hdr', (arg) => arg.replaceAll('yuv420p10le', 'yuv420p'), /which does not hold HDR/],
  [
    'with the marks of SDR',
    'av1-hdr',
    (arg) => arg.replaceAll('color_trc=smpte2084', 'color_trc=bt709'),
    /is marked with the colours 9,1,9/,
  ],
])('refuses a set %s', async (_, family, alter, problem) => {
  const videoId = await published(SMALL, ['h264', 'hevc', 'av1']);
  await joiningFamilies(stand.deps, { videoId, generation: 1 });
  const plan = await encoded(videoId, family, alter);
  await expect(stand.run(verifyJoining, plan)).rejects.toMatchObject({ type: 'OutputInvalid', message: expect.stringMatching(problem) });
});
