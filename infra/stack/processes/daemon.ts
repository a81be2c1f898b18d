import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { identify, isSameProcess } from './process-identity';
import type { StackHome } from '../home/stack-home';
import { STACK_MARK, SERVICE_MARK } from './stray-processes';
import { waitUntil } from './wait-until';

const LOG_LIMIT_BYTES = 20_000_000;
const KILL_WAIT_MS = 5_000;

export interface DaemonCommand {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Changes when the program behind the same command changes. */
  version: string;
}

const daemonStateSchema = z.object({
  pid: z.number().int(),
  startId: z.string(),
  /** Hash of the command: a living daemon with another one is out of date. */
  fingerprint: z.string(),
  logOffset: z.number().int(),
});

export type DaemonState = z.infer<typeof daemonStateSchema>;

/** The daemon as the home folder remembers it, when that very process still lives. */
export function livingDaemon(home: Pick<StackHome, 'stateFile'>, name: string): DaemonState | null {
  const file = home.stateFile(name);
  if (!existsSync(file)) return null;
  try {
    const state = daemonStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isSameProcess(state) ? state : null;
  } catch {
    // A state file cut short by a crash says nothing about a living process; the sweep finds that by its mark.
    return null;
  }
}

/** Starts a detached process that outlives this one, with its output appended to the log. Throws when it cannot be started. */
export async function startDaemon(home: StackHome, name: string, command: DaemonCommand): Promise<DaemonState> {
  const { log, logOffset } = openLog(home.logFile(name));
  const env = { ...process.env, ...command.env, [STACK_MARK]: home.folder, [SERVICE_MARK]: name };
  const child = withoutOthers(() =>
    spawn(command.file, command.args, { cwd: home.folder, env, detached: true, stdio: ['ignore', log, log] }),
  );
  closeSync(log);
  const pid = await startedPid(child);
  child.unref();
  const state = { pid, startId: identify(pid)?.startId ?? 'gone', fingerprint: fingerprintOf(command), logOffset };
  writeFileSync(home.stateFile(name), JSON.stringify(state));
  return state;
}

/** TERM, then KILL for the process and its group after `graceMs`. Resolves when it is gone; false when it had to be killed. */
export async function stopDaemon(home: StackHome, name: string, graceMs: number): Promise<boolean> {
  const state = livingDaemon(home, name);
  let endedItself = true;
  if (state) {
    signal(state.pid, 'SIGTERM');
    endedItself = await waitUntil(() => !isSameProcess(state), graceMs);
    if (!endedItself) {
      signal(-state.pid, 'SIGKILL');
      await waitUntil(() => !isSameProcess(state), KILL_WAIT_MS);
    }
  }
  rmSync(home.stateFile(name), { force: true });
  return endedItself;
}

export function fingerprintOf(command: DaemonCommand): string {
  return createHash('sha256').update(JSON.stringify(command)).digest('hex');
}

/** What the daemon wrote since it started, its last lines only. */
export function logTail(home: StackHome, name: string, state: DaemonState | null): string {
  if (!existsSync(home.logFile(name))) return '';
  const text = readFileSync(home.logFile(name))
    .subarray(state?.logOffset ?? 0)
    .toString('utf8');
  return text.trimEnd().split('\n').slice(-20).join('\n');
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Files and sockets that the process makes are for its own user only: some servers put sockets into the shared /tmp. */
function withoutOthers<T>(start: () => T): T {
  const umask = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(umask);
  }
}

function startedPid(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
}

/** Opens a log to write on; `logOffset` is its size so far. */
export function openLog(path: string): { log: number; logOffset: number } {
  const logOffset = rotateLog(path);
  return { log: openSync(path, 'a'), logOffset };
}

/** Keeps one older log. Returns the size of the log that is written on. */
function rotateLog(path: string): number {
  if (!existsSync(path)) return 0;
  const { size } = statSync(path);
  if (size < LOG_LIMIT_BYTES) return size;
  renameSync(path, `${path}.1`);
  return 0;
}
