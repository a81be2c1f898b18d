import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import type { FamilyPlan, Plan } from '../../temporal/contract/media/plan';
import { chunkArgs } from '../../workflows/planning/encode/chunk-args';
import { H264 } from '../../workflows/planning/families/h264';
import { packagerAudioArgs, packagerVideoArgs } from '../../workflows/planning/encode/packager-args';
import { toolCpuSeconds } from '../measure/process-usage';

export interface PlainRun {
  /** Of ffmpeg alone. */
  cpuSeconds: number;
  /** Of ffmpeg and the packager. */
  wallSeconds: number;
}

/** The run without this service: one ffmpeg for every rendition with the same settings, then the packager. */
export async function plainRun(
  tools: { ffmpeg: string; packager: string },
  work: { plan: Plan; source: string; folder: string },
): Promise<PlainRun> {
  const { plan, source, folder } = work;
  const familyPlan = plan.families[0] as FamilyPlan;
  const { rungs } = familyPlan;
  const whole = { startFrame: 0, endFrame: plan.grid.frameCount, seekUs: 0 };
  const outputs = rungs.map((rung) => ({ rung, path: join(folder, `${rung.name}.mp4`) }));
  const startedAt = performance.now();
  const cpuBefore = toolCpuSeconds(process.pid);
  await runTool({
    tool: tools.ffmpeg,
    args: [
      ...chunkArgs({ sourceUrl: source, plan, family: H264, familyPlan, chunk: whole, outputs, captures: null, proof: null }),
      ...plainAudio(plan, folder),
    ],
    onStdoutLine: () => undefined,
  });
  const cpuSeconds = toolCpuSeconds(process.pid) - cpuBefore;
  const inputs = rungs.map(({ name }) => ({ path: join(folder, `${name}.mp4`), folder: join(folder, name) }));
  await Promise.all(inputs.map((input) => mkdir(input.folder, { recursive: true })));
  await runTool({ tool: tools.packager, args: packagerVideoArgs({ family: H264, inputs, grid: plan.grid, chunk: whole }) });
  if (plan.audio.length > 0) {
    await mkdir(join(folder, 'audio'), { recursive: true });
    const input = { path: join(folder, 'audio.mp4'), folder: join(folder, 'audio') };
    await runTool({ tool: tools.packager, args: packagerAudioArgs({ input, grid: plan.grid }) });
  }
  return { cpuSeconds, wallSeconds: (performance.now() - startedAt) / 1000 };
}

function plainAudio({ audio: [audio] }: Plan, folder: string): string[] {
  if (!audio) return [];
  const { bitrateBps, channels, sampleRateHz } = audio;
  return [
    ...['-map', '0:a:0', '-c:a', 'aac', '-b:a', String(bitrateBps), '-ac', String(channels), '-ar', String(sampleRateHz)],
    join(folder, 'audio.mp4'),
  ];
}
