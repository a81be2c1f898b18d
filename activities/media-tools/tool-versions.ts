import { LRUCache } from 'lru-cache';
import type { ToolVersions } from '../../temporal/contract/media/reports';
import type { Family } from '../../workflows/planning/families/family';
import { TEST_PICTURE } from './check-tools';
import type { MediaTools } from './media-tools';
import type { ToolResult, ToolRun } from './run-tool';

/** A process keeps what it found first: upgraded tools need a restart of the worker, as every release does. */
const known = new LRUCache<string, Promise<ToolVersions>>({ max: 16 });

/** The versions of the tools that make chunks of a family on this worker. Throws `ToolError` when one does not say. */
export function toolVersions(
  { tools, runTool }: { tools: MediaTools; runTool: (run: ToolRun) => Promise<ToolResult> },
  family: Pick<Family, 'name' | 'testEncodeArgs' | 'encoderNameIn'>,
): Promise<ToolVersions> {
  const key = [family.name, ...family.testEncodeArgs, tools.ffmpeg, tools.packager].join('\n');
  const found = known.get(key);
  if (found) return found;
  const asked = ask();
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;

  async function ask(): Promise<ToolVersions> {
    // With a global header x264 writes its own name into the stream, and with it into the log.
    const encode = ['-hide_banner', '-nostats', ...TEST_PICTURE, ...family.testEncodeArgs, '-flags', '+global_header', '-f', 'null', '-'];
    let encoder = '';
    const onStderrLine = (line: string) => (encoder ||= family.encoderNameIn.exec(line)?.[0] ?? '');
    const [ffmpeg, packager] = await Promise.all([
      runTool({ tool: tools.ffmpeg, args: ['-version'] }),
      runTool({ tool: tools.packager, args: ['--version'] }),
      runTool({ tool: tools.ffmpeg, args: encode, onStderrLine }),
    ]);
    return { ffmpeg: firstLine(ffmpeg.stdout), packager: firstLine(packager.stdout), encoder };
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
