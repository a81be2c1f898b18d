import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { chunkFolder, joinRendition, planSource, runAudio, runChunk, type PipelineRun } from '../../activities/test-media/run-pipeline';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { proofFiles } from '../../activities/transcode/prove-chunk';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { ChunkPlan, FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { MIB } from '../../temporal/contract/units';
import { capturesOfChunk } from '../../workflows/planning/encode/captures';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import { familyOf } from '../../workflows/planning/families/family';
import { vmafArgs } from '../../workflows/planning/quality/vmaf';
import { childrenOf, peakResidentBytes } from '../measure/process-usage';
import { report } from '../measure/report';

const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');
const SAMPLE_INTERVAL_MS = 50;
/** Long enough to fill every look-ahead and reorder buffer. */
const SECONDS = 6;

const H264 = ['-c:v', 'libx264', '-preset', 'medium', '-crf', '20'];
/** The dearest input: ten bits, tone-mapped through floating point. */
const HDR10 = [
  ...['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '20', '-pix_fmt', 'yuv420p10le'],
  ...[
    '-color_primaries',
    'bt2020',
    '-color_trc',
    'smpte2084',
    '-colorspace',
    'bt2020nc',
    '-tag:v',
    'hvc1',
    '-x265-params',
    'log-level=error',
  ],
];

const SOURCES = [
  { name: 'h264_1080p', size: '1920:1080', codec: H264 },
  { name: 'h264_2160p', size: '3840:2160', codec: H264 },
  { name: 'hdr10_1080p', size: '1920:1080', codec: HDR10 },
  { name: 'hdr10_2160p', size: '3840:2160', codec: HDR10 },
] as const;

/** The most memory that the tools of one task have resident at once: what one slot of a queue needs. */
async function main(): Promise<void> {
  const tools = toolPaths();
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-slots-'));
  const peaks: Record<string, Record<string, number>> = {};
  try {
    for (const { name, size, codec } of SOURCES) {
      const sourcePath = join(folder, `${name}.mp4`);
      const picture = ['-t', String(SECONDS), '-vf', `scale=${size}:flags=lanczos`, ...codec, '-c:a', 'aac'];
      await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', '-i', CLIP, ...picture, sourcePath] });
      peaks[name] = await peaksOfSteps({ tools, sourcePath, folder: await mkdtemp(join(folder, 'run-')), transcodeSlots: 1 });
    }
    report({ benchmark: 'slots', seconds: SECONDS, peak_resident_mib: peaks });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function peaksOfSteps(run: PipelineRun): Promise<Record<string, number>> {
  const peaks: Record<string, number> = {};
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const { result, peakBytes } = await peakOfTools(work);
    peaks[name] = Math.round(peakBytes / MIB);
    return result;
  };
  const plan = await step('probe', () => planSource(run));
  const [family, chunk] = [plan.families[0] as FamilyPlan, plan.chunks[0] as ChunkPlan];
  await step('audio', () => runAudio(run, plan));
  await step('transcode', () => encodeWithCaptures(run, plan));
  const { renditions } = await runChunk(run, plan, chunk);
  const made = family.rungs.map((rung, index) => {
    const [folder, first] = [chunkFolder(run, chunk.index, rung.name), renditions[index]?.segments[0]?.name ?? ''];
    return { rung, folder, first };
  });
  const joined = await Promise.all(
    made.map(({ rung, folder, first }) =>
      joinRendition(join(folder, 'init.mp4'), [join(folder, first)], join(run.folder, `${rung.name}.joined.mp4`)),
    ),
  );
  const compared = family.rungs.map((rung, index) => ({
    rung,
    path: joined[index] ?? '',
    logPath: `${rung.name}.json`,
    signaturesPath: `${rung.name}.signatures`,
  }));
  const sample = { chunk, frames: 24 };
  await step('one_quality_sample', () =>
    runTool({
      tool: run.tools.ffmpeg,
      args: vmafArgs({ sourceUrl: run.sourcePath, plan, sample, renditions: compared, sourceSignaturesPath: 'source.signatures' }),
      cwd: run.folder,
    }),
  );
  return peaks;
}

/** As a chunk of the first family is encoded: with proof and captures. */
async function encodeWithCaptures(run: PipelineRun, plan: Plan): Promise<void> {
  const [family, chunk] = [plan.families[0] as FamilyPlan, plan.chunks[0] as ChunkPlan];
  const captures = capturesOfChunk(plan.thumbnails, chunk, run.folder);
  const outputs = family.rungs.map((rung) => ({ rung, path: join(run.folder, `${rung.name}.mp4`) }));
  const proof = proofFiles(run.folder, 'source');
  await runTool({
    tool: run.tools.ffmpeg,
    args: chunkArgs({
      sourceUrl: run.sourcePath,
      plan,
      family: familyOf(family.family),
      familyPlan: family,
      chunk,
      outputs,
      captures,
      proof,
    }),
  });
}

/** The kernel keeps the peak of each process, so looks now and then miss next to nothing. Tools that run at once are added up. */
async function peakOfTools<T>(work: () => Promise<T>): Promise<{ result: T; peakBytes: number }> {
  let peakBytes = 0;
  const look = () => {
    const running = childrenOf(process.pid).map((pid) => peakResidentBytes(pid) ?? 0);
    peakBytes = Math.max(
      peakBytes,
      running.reduce((sum, bytes) => sum + bytes, 0),
    );
  };
  const timer = setInterval(look, SAMPLE_INTERVAL_MS);
  try {
    const result = await work();
    return { result, peakBytes };
  } finally {
    clearInterval(timer);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
