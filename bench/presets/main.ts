import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { planSource } from '../../activities/test-media/run-pipeline';
import { toolPaths } from '../../activities/test-media/tool-paths';
import { projectRoot } from '../../infra/stack/setup/project-root';
import type { FamilyEncoding } from '../../temporal/contract/media/encoding';
import { ASKED_FAMILY_NAMES, type AskedFamily } from '../../temporal/contract/media/families';
import type { Plan, VideoRung } from '../../temporal/contract/media/plan';
import { PRESETS, type Preset } from '../../temporal/contract/media/presets';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import { familyOf } from '../../workflows/planning/families/family';
import { planRenditions } from '../../workflows/planning/plan/ladder';
import { toolCpuSeconds } from '../measure/process-usage';
import { report, round3 } from '../measure/report';
import { EQUAL_VMAF, presetsPage, type ClipPrice, type PresetPrices } from './presets-page';

/** A film, a table with slow hands, a street with traffic: at their own sizes, which nothing has blurred. */
const CLIPS = [
  { name: 'film', path: 'infra/stack/media/big-buck-bunny-480p.mp4', fromSeconds: 8 },
  { name: 'table', path: 'apps/e2e/clips/bottle-detection.mp4', fromSeconds: 0 },
  { name: 'street', path: 'apps/e2e/clips/car-detection.mp4', fromSeconds: 0 },
] as const;

const FIGURES = join(projectRoot(), 'bench', 'presets', 'measured.json');

const CLIP_SECONDS = 4;
const FULL_HD_PIXELS = 1920 * 1080;

/** They surround the compared quality in every clip. */
const CRFS: Record<AskedFamily, readonly number[]> = {
  h264: [17, 22, 27, 32],
  hevc: [17, 22, 27, 32],
  av1: [24, 34, 44, 54],
  vp9: [18, 28, 38, 48],
};

/** Caps are far away, so that the rate is that of the quality. */
const NO_CAP_PERCENT = 1000;

interface Tools {
  ffmpeg: string;
}

interface Clip {
  name: string;
  path: string;
  plan: Plan;
}

interface Encoded {
  cpuSeconds: number;
  bps: number;
  vmaf: number;
}

/**
 * What each preset costs in each family, and what it saves: writes `docs/presets.md` and the figures beside this file. Names of presets as
 * arguments replace the figures of these alone.
 */
async function main(names: readonly string[]): Promise<void> {
  const tools = toolPaths();
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-presets-'));
  try {
    const measured = PRESETS.filter(({ name }) => names.length === 0 || names.includes(name));
    const prices = names.length === 0 ? {} : (JSON.parse(await readFile(FIGURES, 'utf8')) as PresetPrices);
    for (const clip of await makeClips(tools, folder)) {
      for (const family of ASKED_FAMILY_NAMES) await addPrices(prices, { tools, clip, family, folder }, measured);
    }
    await writeFile(FIGURES, `${JSON.stringify(prices, null, 2)}\n`);
    await writeFile(join(projectRoot(), 'docs', 'presets.md'), presetsPage(prices));
    report({ benchmark: 'presets', equal_vmaf: EQUAL_VMAF, clip_seconds: CLIP_SECONDS, prices });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Parts of the clips, decoded and stored without loss. */
async function makeClips(tools: Tools & Parameters<typeof planSource>[0]['tools'], folder: string): Promise<Clip[]> {
  const clips: Clip[] = [];
  for (const { name, path, fromSeconds } of CLIPS) {
    const part = join(folder, `${name}.mkv`);
    const window = ['-ss', String(fromSeconds), '-i', join(projectRoot(), path), '-t', String(CLIP_SECONDS), '-an'];
    await runTool({ tool: tools.ffmpeg, args: ['-v', 'error', ...window, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '0', part] });
    clips.push({ name, path: part, plan: await planSource({ tools, sourcePath: part, folder, transcodeSlots: 1 }) });
  }
  return clips;
}

interface Work {
  tools: Tools;
  clip: Clip;
  family: AskedFamily;
  folder: string;
}

/** Of the largest rendition. Rates at equal quality depend on the encoder's preset alone. */
async function addPrices(prices: PresetPrices, work: Work, presets: readonly Preset[]): Promise<void> {
  const { clip, family } = work;
  const rates = new Map<string, number>();
  for (const { name, families } of presets) {
    const encoding = families[family];
    const own = await encode(work, encoding);
    const bps = rates.get(encoding.speed) ?? rateAt(await curveOf(work, encoding), EQUAL_VMAF);
    rates.set(encoding.speed, bps);
    const { width, height } = clip.plan.source.video;
    const price: ClipPrice = {
      cpuSecondsPerSecond: round3(((own.cpuSeconds / CLIP_SECONDS) * FULL_HD_PIXELS) / (width * height)),
      kbps: Math.round(own.bps / 1000),
      vmaf: Math.round(own.vmaf * 10) / 10,
      kbpsAtEqualVmaf: Math.round(bps / 1000),
    };
    ((prices[name] ??= {})[family] ??= {})[clip.name] = price;
    process.stderr.write(`${clip.name} ${family} ${name}: ${JSON.stringify(price)}\n`);
  }
}

async function curveOf(work: Work, { speed }: FamilyEncoding): Promise<Encoded[]> {
  const curve: Encoded[] = [];
  for (const crf of CRFS[work.family]) curve.push(await encode(work, { speed, crf, capPercent: NO_CAP_PERCENT }));
  return curve;
}

async function encode({ tools: { ffmpeg }, clip, family, folder }: Work, encoding: FamilyEncoding): Promise<Encoded> {
  const { path, plan } = clip;
  const codec = familyOf(family);
  const familyPlan = planRenditions(codec, plan.source.video, { families: { [family]: encoding } });
  const rung = familyPlan.rungs[0] as VideoRung;
  const chunk = { startFrame: 0, endFrame: plan.grid.frameCount, seekUs: 0 };
  const encoded = join(folder, 'encoded.mp4');
  const cpuBefore = toolCpuSeconds(process.pid);
  const outputs = [{ rung, path: encoded }];
  const args = chunkArgs({ sourceUrl: path, plan, family: codec, familyPlan, chunk, outputs, captures: null, proof: null });
  await runTool({ tool: ffmpeg, args, onStdoutLine: () => undefined });
  const cpuSeconds = toolCpuSeconds(process.pid) - cpuBefore;
  const { size } = await stat(encoded);
  return { cpuSeconds, bps: (size * 8) / CLIP_SECONDS, vmaf: await vmafOf(ffmpeg, { encoded, reference: path, folder }) };
}

async function vmafOf(
  ffmpeg: string,
  { encoded, reference, folder }: { encoded: string; reference: string; folder: string },
): Promise<number> {
  const pair = '[0:v]settb=1/25,setpts=N[d];[1:v]settb=1/25,setpts=N,format=yuv420p[r];[d][r]';
  const graph = `${pair}libvmaf=log_fmt=json:log_path=vmaf.json:n_subsample=3`;
  await runTool({
    tool: ffmpeg,
    args: ['-v', 'error', '-i', encoded, '-i', reference, '-lavfi', graph, '-f', 'null', '-'],
    cwd: folder,
  });
  const log = JSON.parse(await readFile(join(folder, 'vmaf.json'), 'utf8')) as { pooled_metrics: { vmaf: { mean: number } } };
  return log.pooled_metrics.vmaf.mean;
}

/** Between the two nearest qualities, or beyond the last ones: the logarithm of the rate is nearly straight over VMAF. */
function rateAt(curve: readonly Encoded[], vmaf: number): number {
  const sorted = [...curve].sort((a, b) => a.vmaf - b.vmaf);
  const above = Math.min(
    Math.max(1, sorted.findIndex((one) => one.vmaf >= vmaf) + (sorted.at(-1)!.vmaf < vmaf ? sorted.length : 0)),
    sorted.length - 1,
  );
  const [low, high] = [sorted[above - 1] as Encoded, sorted[above] as Encoded];
  const share = (vmaf - low.vmaf) / (high.vmaf - low.vmaf);
  return Math.exp(Math.log(low.bps) + share * (Math.log(high.bps) - Math.log(low.bps)));
}

void main(process.argv.slice(2));
