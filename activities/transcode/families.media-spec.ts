import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Fraction, Plan } from '../../temporal/contract/media/plan';
import type { ChunkReport } from '../../temporal/contract/media/reports';
import { AV1, AV1_HDR } from '../../workflows/planning/families/av1';
import { FAMILIES, type Family } from '../../workflows/planning/families/family';
import { HEVC, HEVC_HDR } from '../../workflows/planning/families/hevc';
import { VP9 } from '../../workflows/planning/families/vp9';
import { readInit } from '../../workflows/planning/isobmff/isobmff';
import { mergeReports } from '../../workflows/planning/manifests/merge-reports';
import { readKeyFrame } from '../../workflows/planning/quality/key-frame';
import { fractionText } from '../../workflows/planning/timeline/frame-rate';
import { familyCheck } from '../media-tools/check-tools';
import { runTool } from '../media-tools/run-tool';
import { toolVersions } from '../media-tools/tool-versions';
import { identityFaults, readBarcodes, readPts } from '../test-media/frame-identity';
import { hdrSource, type HdrKind } from '../test-media/hdr-source';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, joinRendition, planSource, runChunk, segmentPaths, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';

const tools = toolPaths();
/** A first chunk of one segment, and of two, whose boundary is none of chunks. */
const [SHORT, LONG] = [7, 13];
const RATES: [Fraction, number][] = [
  [{ num: 24000, den: 1001 }, SHORT],
  [{ num: 25, den: 1 }, LONG],
  [{ num: 30000, den: 1001 }, SHORT],
  [{ num: 50, den: 1 }, SHORT],
  [{ num: 60000, den: 1001 }, SHORT],
];
const SDR: [Family, RegExp][] = [
  [HEVC, /^hvc1\.1\.6\.L\d+\.90$/],
  [AV1, /^av01\.0\.0\dM\.08$/],
  [VP9, /^vp09\.00\.\d\d\.08\.01\.06\.01\.06\.00$/],
];
const HDR10: [Family, RegExp][] = [
  [HEVC_HDR, /^hvc1\.2\.4\.L\d+\.90$/],
  [AV1_HDR, /^av01\.0\.0\dM\.10\.0\.110\.09\.16\.09\.0$/],
];
const HLG: [Family, RegExp][] = [
  [HEVC_HDR, /^hvc1\.2\.4\.L\d+\.90$/],
  [AV1_HDR, /^av01\.0\.0\dM\.10\.0\.110\.09\.18\.09\.0$/],
];
const SOURCES: [string, Fraction, number, [Family, RegExp][], HdrKind | null][] = [
  ...RATES.map(([rate, seconds]): (typeof SOURCES)[number] => [fractionText(rate), rate, seconds, SDR, null]),
  ['25/1 in HDR10', { num: 25, den: 1 }, LONG, HDR10, { transfer: 'smpte2084', isMastered: true }],
  ['30000/1001 in HLG', { num: 30000, den: 1001 }, SHORT, HLG, { transfer: 'arib-std-b67', isMastered: false }],
];
const RUNGS = ['270p', '240p'];
const LOWEST = '240p';

describe.each(SOURCES)('a source at %s', (_kind, frameRate, seconds, codecs, hdr) => {
  const frameCount = Math.round((seconds * frameRate.num) / frameRate.den);
  let root: string;
  let sourcePath: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'families-'));
    const source = { ffmpeg: tools.ffmpeg, folder: root, name: 'source.mp4', frameRate, frameCount, audioDelaySeconds: null };
    sourcePath = await makeBarcodeSource({ ...source, ...(hdr ? hdrSource(hdr) : {}) });
  });
  afterAll(() => rm(root, { recursive: true }));

  describe.each(codecs.map(([family, codec]) => [family.name, family, codec] as const))('in %s', (_name, family, codec) => {
    let run: PipelineRun;
    let plan: Plan;
    let reports: ChunkReport[];

    const encode = async (planned: Plan, chunk: ChunkPlan) => {
      const again = { ...run, folder: await mkdtemp(join(root, 'again-')) };
      return { run: again, report: await runChunk(again, planned, chunk) };
    };

    beforeAll(async () => {
      run = { tools, sourcePath, folder: await mkdtemp(join(root, 'run-')), transcodeSlots: 2, families: [family] };
      plan = inTwoChunks(await planSource(run));
      reports = [];
      for (const chunk of plan.chunks) reports.push(await runChunk(run, plan, chunk));
    });

    it('has every frame once, in order, one step apart, in every rendition', async () => {
      expect(mergeReports(reports, plan).map((merged) => [merged.ref.name, merged.segments.length])).toEqual(
        RUNGS.map((name) => [name, plan.grid.segmentCount]),
      );
      for (const name of RUNGS) {
        const path = await joinRendition(initOf(run, 0, name), segmentPaths(run, reports, name), join(run.folder, `${name}.mp4`));
        const joined = { ffmpeg: tools.ffmpeg, path, scratch: run.folder };
        expect(identityFaults(await readBarcodes(joined), frameCount)).toEqual([]);
        expect((await readPts(joined)).pts).toEqual(Array.from({ length: frameCount }, (__, frame) => frame * frameRate.den));
      }
    });

    it('fails the same check when a chunk reads the clock a frame late', async () => {
      const second = plan.chunks[1] as ChunkPlan;
      const bad = await encode(withLateClock(plan), second);
      const paths = reports.flatMap((report) => {
        const isBad = report.chunkIndex === second.index;
        return segmentPaths(isBad ? bad.run : run, [isBad ? bad.report : report], LOWEST);
      });
      const path = await joinRendition(initOf(run, 0, LOWEST), paths, join(bad.run.folder, 'joined.mp4'));
      const frames = await readBarcodes({ ffmpeg: tools.ffmpeg, path, scratch: bad.run.folder });
      expect(frames).toHaveLength(frameCount);
      expect(identityFaults(frames, frameCount)).toHaveLength(second.endFrame - second.startFrame);
    });

    it('has one sample description over all chunks, and says its codec', async () => {
      for (const name of RUNGS) {
        const inits = await Promise.all(plan.chunks.map(async ({ index }) => readInit(await readFile(initOf(run, index, name)), FAMILIES)));
        expect(new Set(inits.map(({ stsd }) => Buffer.from(stsd).toString('hex'))).size).toBe(1);
        expect(inits[0]?.codec).toMatch(codec);
      }
    });

    if (hdr) {
      it('keeps what the source says of its light, in every frame', async () => {
        const path = await joinRendition(initOf(run, 0, LOWEST), segmentPaths(run, reports, LOWEST), join(run.folder, 'marks.mp4'));
        const frames = hdr.isMastered ? frameCount : 0;
        expect(await lightOf(path)).toEqual({
          marks: `yuv420p10le,tv,bt2020nc,${hdr.transfer},bt2020`,
          masteredFrames: frames,
          levelledFrames: frames,
        });
      });
    }

    it('starts every segment with a picture that it knows as a key picture', async () => {
      const paths = segmentPaths(run, reports, LOWEST);
      const segments = reports.flatMap(({ renditions }) => renditions.at(-1)?.segments ?? []);
      for (const [index, { keyFrame, startTicks }] of segments.entries()) {
        const { offset, sizeBytes } = keyFrame as NonNullable<typeof keyFrame>;
        const range = (await readFile(paths[index] as string)).subarray(offset, offset + sizeBytes);
        expect(readKeyFrame(range, family)).toEqual({ startTicks, idr: true });
      }
    });

    it('comes out with the same bytes when run again', async () => {
      const { run: again, report } = await encode(plan, plan.chunks[1] as ChunkPlan);
      expect(report).toEqual(reports[1]);
      for (const name of RUNGS) {
        const before = segmentPaths(run, [reports[1] as ChunkReport], name);
        for (const [index, path] of segmentPaths(again, [report], name).entries()) {
          expect((await readFile(path)).equals(await readFile(before[index] ?? ''))).toBe(true);
        }
      }
    });
  });
});

it.each(FAMILIES)('a worker proves the encoder of $name by encoding, and knows its version', async (family) => {
  await runTool({ tool: tools.ffmpeg, args: familyCheck(family).args });
  expect((await toolVersions({ tools, runTool }, family)).encoder).toMatch(/\d/);
});

it('a worker that lacks an encoder fails the proof', async () => {
  await expect(runTool({ tool: tools.ffmpeg, args: familyCheck({ testEncodeArgs: ['-c:v', 'libx999'] }).args })).rejects.toThrow();
});

const initOf = (run: PipelineRun, chunk: number, name: string) => join(chunkFolder(run, chunk, name), 'init.mp4');

/** Two chunks, however short the source: one of whole segments, and one of a second, which is quickly encoded again. */
function inTwoChunks(plan: Plan): Plan {
  const middle = (plan.grid.segmentCount - 1) * plan.grid.framesPerSegment;
  const { num, den } = plan.grid.frameRate;
  const [only] = plan.chunks as [ChunkPlan];
  const second = { ...only, index: 1, startFrame: middle, seekUs: Math.round(((middle - 0.5) * den * 1e6) / num) };
  return { ...plan, chunks: [{ ...only, endFrame: middle }, second] };
}

function withLateClock(plan: Plan): Plan {
  const { video } = plan.source;
  const frameTicks = Math.round((video.timebase.den * video.frameRate.den) / (video.timebase.num * video.frameRate.num));
  return { ...plan, source: { ...plan.source, video: { ...video, firstPts: video.firstPts - frameTicks } } };
}

/** Marks of the first frame, and how many frames have mastering display and content light level. */
async function lightOf(path: string): Promise<{ marks: string; masteredFrames: number; levelledFrames: number }> {
  const fields = 'pix_fmt,color_range,color_space,color_transfer,color_primaries';
  const probe = ['-v', 'error', '-select_streams', 'v', '-show_entries', `stream=${fields}`, '-of', 'csv=p=0', path];
  const { stdout } = await runTool({ tool: tools.ffprobe, args: probe });
  const words: string[] = [];
  const decode = ['-v', 'info', '-i', path, '-vf', 'showinfo', '-f', 'null', '-'];
  await runTool({ tool: tools.ffmpeg, args: decode, onStderrLine: (line) => words.push(line) });
  const count = (text: string) => words.filter((line) => line.includes(text)).length;
  return {
    marks: stdout.trim(),
    masteredFrames: count('side data - Mastering display metadata'),
    levelledFrames: count('side data - Content light level metadata'),
  };
}
