import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkPlan, FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { recipeOf } from '../../temporal/contract/media/recipe';
import { videoRef } from '../../temporal/contract/media/renditions';
import type { SoundRequest } from '../../temporal/contract/media/sound';
import type { ChunkReport, RenditionReport } from '../../temporal/contract/media/reports';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import type { DrawnMark } from '../../workflows/planning/encode/watermark/draw-watermark';
import { DEFAULT_FAMILIES, type Family } from '../../workflows/planning/families/family';
import { packagerVideoArgs } from '../../workflows/planning/encode/packager-args';
import { planVideo } from '../../workflows/planning/plan/plan-video';
import { makeTrack, type MadeSound } from '../audio/make-track';
import { collectRendition } from '../renditions/collect-rendition';
import { runTool, type ToolRun } from '../media-tools/run-tool';
import { MEDIA_TOOL_LIMITS } from '../media-tools/tool-limits';
import { examineSource } from '../probe/examine-source';
import { proofFiles } from '../transcode/prove-chunk';
import type { ToolPaths } from './tool-paths';
import { USUAL_WALK } from '../../temporal/testing/usual-walk';

const LIMITS = { durationSeconds: 43_200, width: 8192, height: 8192, framesPerSecond: 240, streams: 64, sizeBytes: 200e9 };

/** File beside a chunk's segments with what ffmpeg said about the source. */
export const DECODER_WORDS = 'decoder.txt';

/** One source on its way through the plan and the tools, in one folder and without a store or a workflow. */
export interface PipelineRun {
  tools: ToolPaths;
  sourcePath: string;
  folder: string;
  transcodeSlots: number;
  /** The first one is encoded; `DEFAULT_FAMILIES` when left out. */
  families?: readonly Family[];
  /** How the sound is made; as releases before made it when left out. */
  sound?: SoundRequest;
  /** Drawn on the renditions. */
  mark?: DrawnMark;
  /** Changes the command line of an encode. */
  encodeAs?: (args: string[]) => string[];
}

/** Examines and plans a source as the first two steps do; its audio is left in `audio.mka`. */
export async function planSource(run: PipelineRun): Promise<Plan> {
  const {
    facts: source,
    frameTimes,
    soundLevels,
  } = await examineSource({
    tools: run.tools,
    tool: (tool) => runTool({ limits: MEDIA_TOOL_LIMITS, ...tool }),
    scratch: run.folder,
    sourceUrl: run.sourcePath,
    sizeBytes: 1,
    limits: LIMITS,
  });
  for (const [track, levels] of soundLevels.entries()) await writeFile(soundLevelsPath(run, track), levels);
  const { transcodeSlots, families = DEFAULT_FAMILIES, sound } = run;
  const encoding = { isStrict: false, families: {}, ...(sound ? { sound } : {}) };
  const named = { walk: USUAL_WALK, videoId: 'test', generation: 1, originalKey: 'test' };
  return planVideo({ ...named, source, frameTimes, transcodeSlots, families, encoding });
}

/** Encodes and cuts one chunk of the first family; its segments and what they are proved against are left in `chunk_{index}/`. */
export async function runChunk(run: PipelineRun, plan: Plan, chunk: ChunkPlan, { withProof } = { withProof: true }): Promise<ChunkReport> {
  const familyPlan = plan.families[0] as FamilyPlan;
  const family = (run.families ?? DEFAULT_FAMILIES)[0] as Family;
  const work = join(run.folder, `chunk_${chunk.index}`);
  const files = familyPlan.rungs.map((rung) => ({ rung, path: join(work, `${rung.name}.mp4`), folder: join(work, rung.name) }));
  await Promise.all(files.map(({ folder }) => mkdir(folder, { recursive: true })));
  const sourceUrl = plan.source.mezzanine ? join(run.folder, 'mezzanine.mkv') : run.sourcePath;
  const args = chunkArgs({
    sourceUrl,
    plan,
    family,
    familyPlan,
    chunk,
    outputs: files,
    captures: null,
    mark: run.mark ?? null,
    proof: withProof ? proofFiles(work, 'source') : null,
  });
  const { encodeAs = (same) => same } = run;
  const { stderrTail } = await runTool({ tool: run.tools.ffmpeg, args: encodeAs(args), limits: MEDIA_TOOL_LIMITS });
  await writeFile(join(work, DECODER_WORDS), stderrTail);
  await runTool({ tool: run.tools.packager, args: packagerVideoArgs({ family, inputs: files, grid: plan.grid, chunk }) });
  const offsetTicks = chunk.startFrame * plan.grid.frameRate.den;
  const recipe = recipeOf(plan);
  const renditions = await Promise.all(
    files.map(({ rung, folder }) => collectRendition(folder, { ref: videoRef(family.name, rung), codec: family, offsetTicks, recipe })),
  );
  return {
    formatVersion: 1,
    planSha256: createHash('sha256').update(JSON.stringify(plan)).digest('hex'),
    family: family.name,
    chunkIndex: chunk.index,
    startFrame: chunk.startFrame,
    endFrame: chunk.endFrame,
    renditions,
  };
}

/** Where {@link planSource} leaves how loud a track is when. */
function soundLevelsPath(run: PipelineRun, track: number): string {
  return join(run.folder, `sound-levels_${track}.bin`);
}

/** Encodes, cuts and proves the first rendition of the extracted audio; its segments are left in `audio/`. Throws `OutputInvalid`. */
export async function runAudio(run: PipelineRun, plan: Plan): Promise<RenditionReport> {
  const [made] = await runSound(run, { ...plan, audio: plan.audio.slice(0, 1) });
  if (!made) throw new Error('the plan has no audio');
  await rename(made.folder, join(run.folder, 'audio'));
  return made.report;
}

/** Encodes, cuts and proves every rendition of the sound, track by track. Throws `OutputInvalid`. */
export async function runSound(run: PipelineRun, plan: Plan): Promise<MadeSound[]> {
  const made: MadeSound[] = [];
  for (const sourceTrack of new Set(plan.audio.map((one) => one.sourceTrack))) {
    const work = {
      ...{ tools: run.tools, plan, scratch: run.folder, inputPath: join(run.folder, 'audio.mka') },
      tool: (tool: Pick<ToolRun, 'tool' | 'args'>) => runTool({ ...tool, cwd: run.folder }),
      track: plan.audio.filter((one) => one.sourceTrack === sourceTrack),
      levels: await readFile(soundLevelsPath(run, sourceTrack)),
    };
    made.push(...(await makeTrack(work)));
  }
  return made;
}

/** Joins the init segment and all media segments of a rendition as a player does. Resolves to the path of the file. */
export async function joinRendition(initPath: string, segmentPaths: readonly string[], outPath: string): Promise<string> {
  const parts = await Promise.all([initPath, ...segmentPaths].map((path) => readFile(path)));
  await writeFile(outPath, Buffer.concat(parts));
  return outPath;
}

/** Folder in which {@link runChunk} leaves a rendition of a chunk. */
export function chunkFolder(run: PipelineRun, chunkIndex: number, rungName: string): string {
  return join(run.folder, `chunk_${chunkIndex}`, rungName);
}

/** Paths of a merged rendition's segments, in the folders where {@link runChunk} left them. */
export function segmentPaths(run: PipelineRun, reports: readonly ChunkReport[], rungName: string): string[] {
  return reports.flatMap((report) => {
    const rendition = report.renditions.find(({ ref }) => ref.name === rungName);
    return (rendition?.segments ?? []).map((segment) => join(chunkFolder(run, report.chunkIndex, rungName), segment.name));
  });
}
