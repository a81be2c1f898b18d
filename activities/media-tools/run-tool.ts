import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { closeSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { MIB } from '../../temporal/contract/units';
import { CpuMeter } from './cpu-meter';
import { tellsOfRefusedMemory } from './refused-memory';
import { openNameless, withoutSecrets } from './secret-input';
import { toolEnvironment } from './tool-environment';
import type { ToolGroup, ToolGroups } from './tool-groups';
import { limitedCommand, TOOL_NICENESS, type ToolLimits } from '../../infra/machine/limited-command';
import { setSessionNiceness } from '../../infra/machine/session-niceness';

const STDERR_TAIL_LINES = 40;
const STDERR_LINE_CHARACTERS = 2_000;
const KILL_AFTER_MS = 5_000;

/** A description of a file is a few kilobytes; what is longer is made to fill memory. */
const LONGEST_STDOUT_CHARACTERS = 32 * MIB;

export interface ToolRun {
  /** Absolute path of the executable. */
  tool: string;
  args: readonly string[];
  cwd?: string;
  /**
   * What the tool reads as `/dev/stdin`: secrets that no list of processes, environment or file of a name may show. Hexadecimal numbers are left
   * out of what such a run says of itself.
   */
  secretInput?: string;
  /** Ends the tool: TERM to its process group, KILL five seconds later. */
  signal?: AbortSignal;
  /** For every tool that reads what users send. */
  limits?: ToolLimits;
  /** Control groups that bound the run together with its children, where the system permits them. */
  groups?: ToolGroups | null;
  /** Called for every complete line; with it, stdout is not collected. */
  onStdoutLine?: (line: string) => void;
  onStderrLine?: (line: string) => void;
}

export interface ToolResult {
  stdout: string;
  stderrTail: string;
  /** User and system time, up to its last fifth of a second; 0 where there is no /proc. */
  cpuMs: number;
  wallMs: number;
}

/** A tool ended with an error. The tail of its stderr is for logs, never for users: it may name paths and URLs. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  /** User and system time that it had used. */
  cpuMs = 0;

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
 * Rejects with {@link ToolError} on a non-zero exit, beyond a limit or when it was refused memory, and with the signal's
 * reason when aborted, in every case after the process is gone.
 */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  run.signal?.throwIfAborted();
  const startedAt = performance.now();
  const { file, args } = limitedCommand(run.tool, run.args, run.limits);
  const group = openGroup(run);
  const input = run.secretInput === undefined ? null : openNameless(run.secretInput);
  const child = spawnWith(input, { file, args, cwd: run.cwd });
  if (child.pid !== undefined) admit(child.pid, run, group);
  const ending = new Ending(child, run);
  const cpu = new CpuMeter(child.pid);
  const stdout: string[] = [];
  const stderrTail: string[] = [];
  let stdoutLength = 0;
  let wasRefusedMemory = false;
  const collect = (line: string) => {
    stdoutLength += line.length;
    if (stdoutLength > LONGEST_STDOUT_CHARACTERS) ending.exceeded('its output');
    else stdout.push(line);
  };
  createInterface({ input: child.stdout }).on('line', run.onStdoutLine ?? collect);
  createInterface({ input: child.stderr }).on('line', (said) => {
    const line = input === null ? said : withoutSecrets(said);
    run.onStderrLine?.(line);
    // What follows from it may push the line out of the tail.
    wasRefusedMemory ||= tellsOfRefusedMemory(line);
    stderrTail.push(line.slice(0, STDERR_LINE_CHARACTERS));
    if (stderrTail.length > STDERR_TAIL_LINES) stderrTail.shift();
  });
  try {
    const { code, signal } = await closed(child);
    if (run.signal?.aborted) throw run.signal.reason;
    if (wasRefusedMemory || group?.ranOutOfMemory()) ending.limit ??= 'its memory';
    if (ending.limit) stderrTail.push(`ended because ${ending.limit} went beyond the limit`);
    if (code !== 0 || ending.limit)
      throw Object.assign(new ToolError(basename(run.tool), code, signal, stderrTail.join('\n')), { cpuMs: cpu.ms });
  } finally {
    ending.forget();
    cpu.stop();
    await group?.close();
  }
  return {
    stdout: stdout.join('\n'),
    stderrTail: stderrTail.join('\n'),
    cpuMs: cpu.ms,
    wallMs: Math.round(performance.now() - startedAt),
  };
}

type ToolProcess = ChildProcessByStdio<null, Readable, Readable>;

function spawnWith(input: number | null, { file, args, cwd }: { file: string; args: string[]; cwd: string | undefined }): ToolProcess {
  try {
    return spawn(file, args, { cwd, env: toolEnvironment(), stdio: [input ?? 'ignore', 'pipe', 'pipe'], detached: true }) as ToolProcess;
  } finally {
    if (input !== null) closeSync(input);
  }
}

/** Tools of our own, without limits, need no group. */
function openGroup({ groups, limits }: ToolRun): ToolGroup | undefined {
  return limits ? groups?.open(limits.niceness) : undefined;
}

/** A tool leads a session of its own, which gets as much as those of other programs unless it is nicer than usual. */
function admit(pid: number, { limits }: ToolRun, group: ToolGroup | undefined): void {
  group?.add(pid);
  if (limits) void setSessionNiceness(pid, (limits.niceness ?? TOOL_NICENESS) - TOOL_NICENESS);
}

/** Ends a tool when it is aborted or goes beyond a limit: TERM to its group, KILL later. */
class Ending {
  /** What went beyond its limit. */
  limit: string | undefined;
  private killTimer: NodeJS.Timeout | undefined;
  private readonly wallTimer: NodeJS.Timeout | undefined;
  private readonly end = () => {
    killGroup(this.child, 'SIGTERM');
    this.killTimer ??= setTimeout(() => killGroup(this.child, 'SIGKILL'), KILL_AFTER_MS);
  };

  constructor(
    private readonly child: ChildProcess,
    private readonly run: ToolRun,
  ) {
    run.signal?.addEventListener('abort', this.end, { once: true });
    if (run.limits) this.wallTimer = setTimeout(() => this.exceeded('its time'), run.limits.wallMs);
  }

  exceeded(limit: string): void {
    this.limit ??= limit;
    this.end();
  }

  forget(): void {
    this.run.signal?.removeEventListener('abort', this.end);
    clearTimeout(this.killTimer);
    clearTimeout(this.wallTimer);
  }
}

function closed(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

/** The whole group goes, so that a tool's own children do not outlive it, even when it has ended before them. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
