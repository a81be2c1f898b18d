import type { Queue } from '../../temporal/contract/queues';
import { FAMILIES, type Family } from '../../workflows/planning/families/family';
import type { MediaTools } from './media-tools';
import { runTool } from './run-tool';

interface ToolCheck {
  queues: readonly Queue[];
  tool: keyof MediaTools;
  /** A run that succeeds only when the tool can do what those queues ask of it. */
  args: readonly string[];
}

const TEST_PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25:duration=0.2'];
const TEST_TONE = ['-f', 'lavfi', '-i', 'sine=duration=0.2'];

/** Encoders are proved by encoding: a build may list one that does not work. */
const TOOL_CHECKS: readonly ToolCheck[] = [
  ...FAMILIES.map(familyCheck),
  { queues: ['probe'], tool: 'ffprobe', args: ['-v', 'error', '-version'] },
  { queues: ['audio'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_TONE, '-c:a', 'aac', '-f', 'null', '-'] },
  { queues: ['probe', 'thumbnail'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_PICTURE, '-c:v', 'mjpeg', '-f', 'null', '-'] },
  { queues: ['transcode-cpu', 'audio'], tool: 'packager', args: ['--version'] },
];

/** Proves that the tools behind `queues` work here. Throws what the first one that does not work throws. */
export async function checkTools(tools: MediaTools, queues: readonly Queue[]): Promise<void> {
  const needed = TOOL_CHECKS.filter((check) => check.queues.some((queue) => queues.includes(queue)));
  await Promise.all(needed.map((check) => runTool({ tool: tools[check.tool], args: check.args })));
}

/** The test encode of a codec family. */
export function familyCheck({ testEncodeArgs }: Pick<Family, 'testEncodeArgs'>): ToolCheck {
  return { queues: ['transcode-cpu'], tool: 'ffmpeg', args: ['-v', 'error', ...TEST_PICTURE, ...testEncodeArgs, '-f', 'null', '-'] };
}
