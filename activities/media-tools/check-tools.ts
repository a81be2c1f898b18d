import { access, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXPRESS_QUEUE, GPU_QUEUE, type Queue } from '../../temporal/contract/queues';
import { FAMILIES, type Family } from '../../workflows/planning/families/family';
import type { MediaTools } from './media-tools';
import { runTool } from './run-tool';

interface ToolCheck {
  queues: readonly Queue[];
  tool: keyof MediaTools;
  /** A run that succeeds only when the tool can do what those queues ask of it. */
  args: readonly string[];
}

export const TEST_PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25:duration=0.2'];
const TEST_TONE = ['-f', 'lavfi', '-i', 'sine=duration=0.2'];

/** Encoders are proved by encoding: a build may list one that does not work. */
const TOOL_CHECKS: readonly ToolCheck[] = [
  ...FAMILIES.map(familyCheck),
  { queues: ['probe'], tool: 'ffprobe', args: ['-v', 'error', ...TEST_PICTURE, '-show_streams'] },
  { queues: ['audio'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_TONE, '-c:a', 'aac', '-f', 'null', '-'] },
  { queues: ['probe', 'thumbnail'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_PICTURE, '-c:v', 'mjpeg', '-f', 'null', '-'] },
  // A build without libvmaf judges nothing and publishes all the same.
  { queues: ['verify'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_PICTURE, '-f', 'null', '-'] },
  { queues: ['transcode-cpu', EXPRESS_QUEUE, GPU_QUEUE, 'audio'], tool: 'packager', args: ['--version'] },
];

/** In real time, so that a tool that dies after a while does so here, at the cost of hardly any work. */
const LONG_RUN = ['-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25:duration=6', '-f', 'null', '-'];

/** On a machine that is busy with encoders. */
const LIMIT_MS = 60_000;

/** A tool that does not do what its queues need. */
export class ToolFaultError extends Error {
  override readonly name = 'ToolFaultError';

  constructor(
    readonly tool: keyof MediaTools,
    cause: unknown,
  ) {
    super(`${tool} does not work: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * Proves that the tools behind `queues` work here, each with a run of what it is for; `folder` takes what they write. With `long` a
 * run takes six seconds. Throws {@link ToolFaultError} for the first that does not work.
 */
export async function checkTools(
  tools: MediaTools,
  queues: readonly Queue[],
  { folder, long = false }: { folder: string; long?: boolean },
) {
  const needed = TOOL_CHECKS.filter((check) => check.queues.some((queue) => queues.includes(queue)));
  const run = (tool: keyof MediaTools, args: readonly string[]) => proved(tool, () => runOnce(tools[tool], args));
  await Promise.all(needed.map(({ tool, args }) => run(tool, args)));
  if (needed.some(({ tool }) => tool === 'packager')) await proved('packager', () => packageTone(tools, folder));
  if (long && needed.some(({ tool }) => tool === 'ffmpeg')) await run('ffmpeg', LONG_RUN);
}

async function proved(tool: keyof MediaTools, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof ToolFaultError ? error : new ToolFaultError(tool, error);
  }
}

/** The packager makes nothing by itself, so it gets a short tone. */
async function packageTone(tools: MediaTools, root: string): Promise<void> {
  const folder = await mkdtemp(join(root, 'self-check-'));
  try {
    const [tone, init, segment] = [join(folder, 'tone.mp4'), join(folder, 'init.mp4'), join(folder, '$Number$.m4s')];
    await proved('ffmpeg', () => runOnce(tools.ffmpeg, ['-v', 'error', ...TEST_TONE, '-c:a', 'aac', tone]));
    await runOnce(tools.packager, [`in=${tone},stream=audio,init_segment=${init},segment_template=${segment}`, '--quiet']);
    await access(init);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runOnce(tool: string, args: readonly string[]): Promise<unknown> {
  return runTool({ tool, args, signal: AbortSignal.timeout(LIMIT_MS) });
}

/** The test encode of a codec family. */
export function familyCheck({ testEncodeArgs }: Pick<Family, 'testEncodeArgs'>): ToolCheck {
  return { queues: ['transcode-cpu'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_PICTURE, ...testEncodeArgs, '-f', 'null', '-'] };
}
