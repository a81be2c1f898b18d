import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

const STDERR_TAIL_LINES = 40;
const KILL_AFTER_MS = 5_000;

export interface ToolRun {
  /** Absolute path of the executable. */
  tool: string;
  args: readonly string[];
  cwd?: string;
  /** Ends the tool: TERM to its process group, KILL five seconds later. */
  signal?: AbortSignal;
  /** Called for every complete line; with it, stdout is not collected. */
  onStdoutLine?: (line: string) => void;
  onStderrLine?: (line: string) => void;
}

export interface ToolResult {
  stdout: string;
  stderrTail: string;
  /** User and system time that the tool itself reported (ffmpeg `-benchmark`), else 0. */
  cpuMs: number;
  wallMs: number;
}

/** A tool ended with an error. The tail of its stderr is for logs, never for users: it may name paths and URLs. */
export class ToolError extends Error {
  override readonly name = 'ToolError';

  constructor(
    readonly tool: string,
    readonly exitCode: number | null,
    readonly exitSignal: NodeJS.Signals | null,
    readonly stderrTail: string,
  ) {
    super(`${tool} ended with ${exitSignal ?? `exit code ${exitCode}`}`);
  }
}

/**
 * Runs one tool to its end in its own process group. The only place in the project that starts a media tool.
 * Rejects with {@link ToolError} on a non-zero exit and with the signal's reason when aborted, in both cases
 * after the process is gone.
 */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  run.signal?.throwIfAborted();
  const startedAt = performance.now();
  const child = spawn(run.tool, run.args, { cwd: run.cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stdout: string[] = [];
  const stderrTail: string[] = [];
  createInterface({ input: child.stdout }).on('line', run.onStdoutLine ?? ((line) => stdout.push(line)));
  createInterface({ input: child.stderr }).on('line', (line) => {
    run.onStderrLine?.(line);
    stderrTail.push(line);
    if (stderrTail.length > STDERR_TAIL_LINES) stderrTail.shift();
  });
  const stopKilling = killOnAbort(child, run.signal);
  try {
    const { code, signal } = await closed(child);
    if (run.signal?.aborted) throw run.signal.reason;
    if (code !== 0) throw new ToolError(basename(run.tool), code, signal, stderrTail.join('\n'));
  } finally {
    stopKilling();
  }
  return {
    stdout: stdout.join('\n'),
    stderrTail: stderrTail.join('\n'),
    cpuMs: reportedCpuMs(stderrTail),
    wallMs: Math.round(performance.now() - startedAt),
  };
}

function closed(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

function killOnAbort(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let killTimer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    killGroup(child, 'SIGTERM');
    killTimer = setTimeout(() => killGroup(child, 'SIGKILL'), KILL_AFTER_MS);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  return () => {
    signal?.removeEventListener('abort', onAbort);
    clearTimeout(killTimer);
  };
}

/** The whole group goes, so that a tool's own children do not outlive it. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** ffmpeg's `-benchmark` line: `bench: utime=1.234s stime=0.056s rtime=2.345s`. */
function reportedCpuMs(stderrTail: readonly string[]): number {
  for (let i = stderrTail.length - 1; i >= 0; i--) {
    const match = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderrTail[i] ?? '');
    if (match) return Math.round((Number(match[1]) + Number(match[2])) * 1000);
  }
  return 0;
}
