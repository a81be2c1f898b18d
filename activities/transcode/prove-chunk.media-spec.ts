import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChunkPlan, Plan, VideoRung } from '../../temporal/contract/media/plan';
import { videoRef } from '../../temporal/contract/media/renditions';
import type { ChunkReport, RenditionReport } from '../../temporal/contract/media/reports';
import { checkChunk } from '../../workflows/planning/proof/check-chunk';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import { AV1 } from '../../workflows/planning/families/av1';
import type { Family } from '../../workflows/planning/families/family';
import { H264 } from '../../workflows/planning/families/h264';
import { HEVC } from '../../workflows/planning/families/hevc';
import { tellsOfDamage } from '../../workflows/planning/proof/check-origins';
import { checkParameterSets, initRecordOf } from '../../workflows/planning/proof/check-parameter-sets';
import { packagerVideoArgs } from '../../workflows/planning/encode/packager-args';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { collectRendition } from '../renditions/collect-rendition';
import { runTool } from '../media-tools/run-tool';
import { makeBarcodeSource } from '../test-media/make-source';
import { chunkFolder, DECODER_WORDS, planSource, runChunk, type PipelineRun } from '../test-media/run-pipeline';
import { toolPaths } from '../test-media/tool-paths';
import { proofFiles, proveFrames, type FrameProof } from './prove-chunk';

const tools = toolPaths();
const LOWEST = '240p';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'proof-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The proof of an undamaged chunk, in its lowest rung. */
function proofOf(made: Pick<FrameProof, 'chunk' | 'rendition' | 'scratch' | 'folder'> & { plan: Plan }): FrameProof {
  const { maxrateBps } = made.plan.families[0]?.rungs.at(-1) as VideoRung;
  return { ...made, damaged: false, maxrateBps, ffmpeg: (args) => runTool({ tool: tools.ffmpeg, args }) };
}

describe('a chunk in the middle of a source', () => {
  let run: PipelineRun;
  let plan: Plan;
  let chunk: ChunkPlan;
  let report: ChunkReport;

  beforeAll(async () => {
    const rate = { frameRate: { num: 30_000, den: 1001 }, frameCount: 1000, audioDelaySeconds: null };
    const sourcePath = await makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name: 'source.mp4', ...rate });
    run = { tools, sourcePath, folder, transcodeSlots: 3 };
    plan = await planSource(run);
    chunk = plan.chunks[1] as ChunkPlan;
    report = await runChunk(run, plan, chunk);
  });

  const proveIt = (proved: ChunkReport, made: { scratch: string; folder: string }) => {
    const rendition = proved.renditions.at(-1) as RenditionReport;
    return proveFrames(proofOf({ plan, chunk, rendition, ...made }));
  };

  it('proves itself', async () => {
    expect(checkChunk(plan.grid, chunk, report.renditions)).toBeNull();
    expect(await proveIt(report, { scratch: join(folder, 'chunk_1'), folder: chunkFolder(run, 1, LOWEST) })).toBeNull();
  });

  it('is caught by its timestamps when it takes every frame one late', async () => {
    const late = { ...run, folder: await mkdtemp(join(folder, 'late-')) };
    const { timebase, frameRate, firstPts } = plan.source.video;
    const video = { ...plan.source.video, firstPts: firstPts + (timebase.den * frameRate.den) / (timebase.num * frameRate.num) };
    const shifted = await runChunk(late, { ...plan, source: { ...plan.source, video } }, chunk);
    const problem = await proveIt(shifted, { scratch: join(late.folder, 'chunk_1'), folder: chunkFolder(late, 1, LOWEST) });
    expect(problem).toBe(`frame 0 was made from the source frame at slot ${chunk.startFrame + 1}, not ${chunk.startFrame}`);
    expect(checkChunk(plan.grid, chunk, shifted.renditions)).toBeNull();
  });

  it.each([
    ['a dropped frame, made up for at the end', "select='not(eq(n,100))',setpts=N,tpad=stop=1:stop_mode=clone"],
    ['a doubled frame', "select='not(eq(n,150))',loop=1:1:100,setpts=N"],
    ['two swapped frames', 'shuffleframes=1 0'],
  ])('is caught by its signatures when the encoder makes %s of the right frames', async (_, fault) => {
    const made = await faultyEncode(fault);
    const rendition = made.report.renditions.at(-1) as RenditionReport;
    expect(rendition.segments.reduce((sum, { sampleCount }) => sum + sampleCount, 0)).toBe(chunk.endFrame - chunk.startFrame);
    expect(checkChunk(plan.grid, chunk, made.report.renditions)).toBeNull();
    expect(await proveIt(made.report, made)).toMatch(/^frames? .*shows? /);
  });

  it.each([
    [
      'a black stretch',
      "drawbox=color=black:t=fill:enable='between(n,100,119)'",
      'frames 100 to 119 are black, those of the source are not',
    ],
    [
      'a frozen stretch',
      'split[x][y];[x][y]freezeframes=first=100:last=139:replace=100',
      'frames 100 to 139 stand still, those of the source move',
    ],
  ])('is caught by its pictures when the encoder makes %s of the right frames', async (_, fault, problem) => {
    const made = await faultyEncode(fault);
    expect(checkChunk(plan.grid, chunk, made.report.renditions)).toBeNull();
    expect(await proveIt(made.report, made)).toBe(problem);
  });

  it('is caught by its frame count when a frame is lost', async () => {
    const made = await faultyEncode("select='not(eq(n,100))',setpts=N");
    expect(checkChunk(plan.grid, chunk, made.report.renditions)).toMatch(/frames, not|ends at frame/);
    expect(await proveIt(made.report, made)).toMatch(/frames can be decoded, not/);
  });

  it('is caught by its frame times when one is late', async () => {
    const made = await faultyEncode('setpts=N+gt(N\\,100)');
    expect(checkChunk(plan.grid, chunk, made.report.renditions)).not.toBeNull();
    expect(await proveIt(made.report, made)).toMatch(/is shown at tick/);
  });

  it('is caught by its parameter sets when another encoder made it', async () => {
    const made = await faultyEncode('null', ['-refs', '4', '-x264-params', 'cabac=0']);
    expect(checkChunk(plan.grid, chunk, made.report.renditions)).toBeNull();
    expect(await proveIt(made.report, made)).toBeNull();
    expect(checkParameterSets(initRecordOf(report.renditions), report.renditions)).toBeNull();
    expect(checkParameterSets(initRecordOf(report.renditions), made.report.renditions)).toBe(
      'h264/240p has other parameter sets than the first chunk',
    );
  });

  /** The chunk encoded again, with a fault between the point where frames are noted and the encoder of the lowest rung. */
  async function faultyEncode(fault: string, encoderArgs: string[] = []) {
    const scratch = await mkdtemp(join(folder, 'fault-'));
    for (const name of ['signatures', 'origins'])
      await copyFile(join(folder, 'chunk_1', `source.${name}`), join(scratch, `source.${name}`));
    const rung = plan.families[0]?.rungs.at(-1) as VideoRung;
    const path = join(scratch, 'faulty.mp4');
    const args = chunkArgs({
      sourceUrl: run.sourcePath,
      plan,
      family: H264,
      familyPlan: {},
      chunk,
      outputs: [{ rung, path }],
      captures: null,
      proof: null,
    });
    const spoilt = args.map((arg) => (arg.startsWith('[0:') ? arg.replace('[v0]', `,${fault}[v0]`) : arg));
    await runTool({ tool: tools.ffmpeg, args: [...spoilt.slice(0, -1), ...encoderArgs, path] });
    const cut = join(scratch, LOWEST);
    await mkdir(cut);
    await runTool({
      tool: tools.packager,
      args: packagerVideoArgs({ family: H264, inputs: [{ path, folder: cut }], grid: plan.grid, chunk }),
    });
    const rendition = await collectRendition(cut, {
      ref: videoRef('h264', { name: LOWEST }),
      codec: H264,
      offsetTicks: chunk.startFrame * plan.grid.frameRate.den,
      recipe: recipeOf(plan),
    });
    return { report: { ...report, renditions: [rendition] }, scratch, folder: cut };
  }
});

const NOISE = 'nullsrc=s=320x180';
const COLOURED = "geq=lum='random(1)*255':cb='random(2)*255':cr='random(3)*255'";

describe('a source proves every chunk of itself:', () => {
  const rate = { frameRate: { num: 30_000, den: 1001 }, frameCount: 400, audioDelaySeconds: null };
  const generated =
    (name: string, outputArgs: string[] = [], pictureFilter = 'null') =>
    async () =>
      makeBarcodeSource({ ffmpeg: tools.ffmpeg, folder, name, ...rate, outputArgs, pictureFilter });
  const blackAndFrozen =
    "drawbox=color=black:t=fill:enable='between(n,60,119)',split[x][y];[x][y]freezeframes=first=200:last=300:replace=200";
  const clip =
    (...path: string[]) =>
    async () =>
      join(projectRoot(), ...path);

  it.each([
    ['milliseconds of Matroska', generated('source.mkv')],
    ['a transport stream that starts late', generated('source.ts', ['-muxdelay', '10'])],
    ['the frame ticks of AVI', generated('source.avi', ['-bf', '0'])],
    ['black and frozen stretches of its own', generated('black-and-frozen.mp4', [], blackAndFrozen)],
    ['real footage', clip('apps', 'e2e', 'clips', 'bottle-detection.mp4')],
    ['real footage at 12.5', clip('apps', 'e2e', 'clips', 'car-detection.mp4')],
    ['a film with a black start and cuts', clip('infra', 'stack', 'media', 'big-buck-bunny-480p.mp4')],
  ])('%s', async (_, make) => provesItself(await make(), H264));

  /** Without bits an encoder shows a picture again for the next ones, which is no fault of its own. */
  it.each<[string, string, Family]>([
    ['noise in HEVC', `${NOISE}:r=25:d=2,geq='random(1)*255:128:128'`, HEVC],
    ['noise at a high frame rate in HEVC', `${NOISE}:r=50:d=1,${COLOURED}`, HEVC],
    ['noise at a high frame rate in AV1', `${NOISE}:r=50:d=3,${COLOURED}`, AV1],
    ['a cellular automaton in HEVC', 'life=s=320x180:r=25:mold=10:death_color=red:life_color=white:ratio=0.4:seed=1,trim=duration=2', HEVC],
  ])('%s, more than its cap holds', async (name, picture, family) => {
    const sourcePath = join(folder, `${name.replaceAll(' ', '-')}.mp4`);
    const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-pix_fmt', 'yuv420p'];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-f', 'lavfi', '-i', picture, ...encoder, sourcePath] });
    await provesItself(sourcePath, family);
  });

  async function provesItself(sourcePath: string, family: Family): Promise<void> {
    const run = { tools, sourcePath, folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 2, families: [family] };
    const plan = await planSource(run);
    expect(plan.source.video.cadence).toBe('constant');
    for (const chunk of plan.chunks) {
      const { renditions } = await runChunk(run, plan, chunk);
      const rendition = renditions.at(-1) as RenditionReport;
      const scratch = join(run.folder, `chunk_${chunk.index}`);
      expect(tellsOfDamage(await readFile(join(scratch, DECODER_WORDS), 'utf8'))).toBe(false);
      const made = { scratch, folder: chunkFolder(run, chunk.index, rendition.ref.name) };
      expect(await proveFrames(proofOf({ plan, chunk, rendition, ...made }))).toBeNull();
      expect((await readFile(proofFiles(scratch, 'output').originsPath, 'utf8')).trim().split('\n')).toHaveLength(
        chunk.endFrame - chunk.startFrame,
      );
    }
  }
});
