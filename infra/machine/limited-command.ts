import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Bounds on one run of a tool. A hostile file must not keep a worker busy, fill its memory or its disk. */
export interface ToolLimits {
  wallMs: number;
  /** CPU time over all threads. */
  cpuSeconds: number;
  /** What it may write to: heap, stacks and private mappings, whether used yet or not (setrlimit(2), RLIMIT_DATA). */
  memoryBytes: number;
  /** Each file that is written. */
  fileBytes: number;
  /** How far behind this process it comes at the processor (nice(1)); {@link TOOL_NICENESS} when left out. */
  niceness?: number;
}

/** Below interactive work, so that heartbeats and the loopback gateway stay alive beside encoders. */
export const TOOL_NICENESS = 5;

const SEARCH_PATH = ['/usr/bin', '/bin', '/usr/local/bin'];

/**
 * The command that runs a tool under its limits, as far as the system has the means: both helpers replace themselves by
 * the tool, so its process id and group stay those of the child that was started.
 */
export function limitedCommand(tool: string, args: readonly string[], limits: ToolLimits | undefined): { file: string; args: string[] } {
  if (!limits) return { file: tool, args: [...args] };
  const nice = find('nice');
  const prlimit = find('prlimit');
  const { cpuSeconds, memoryBytes, fileBytes, niceness = TOOL_NICENESS } = limits;
  const words = [
    ...(nice ? [nice, '-n', String(niceness)] : []),
    ...(prlimit ? [prlimit, `--cpu=${cpuSeconds}`, `--data=${memoryBytes}`, `--fsize=${fileBytes}`, '--core=0', '--'] : []),
    tool,
    ...args,
  ];
  return { file: words[0] as string, args: words.slice(1) };
}

function find(name: string): string | null {
  return SEARCH_PATH.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
