import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** When the process started, in whatever unit the system gives; compared, never computed with. */
  startId: string;
}

/** The identity of a living process, or null when there is none (a zombie counts as gone). */
export function identify(pid: number): ProcessIdentity | null {
  const startId = process.platform === 'linux' ? startIdFromProc(pid) : startIdFromPs(pid);
  return startId === null ? null : { pid, startId };
}

/** True while the very process that was identified lives. */
export function isSameProcess(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startId === identity.startId;
}

/**
 * Start time and state from the text of `/proc/PID/stat` (proc(5)): the command name may hold blanks and parentheses,
 * so fields count from the last parenthesis. Null for a zombie.
 */
export function parseProcStat(text: string): string | null {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  const startTicks = fields[19];
  return startTicks === undefined || state === 'Z' || state === 'X' ? null : startTicks;
}

function startIdFromProc(pid: number): string | null {
  try {
    const startTicks = parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return startTicks === null ? null : `${bootId()}:${startTicks}`;
  } catch {
    return null;
  }
}

/** Start ticks count from boot, so two boots can give two processes the same pid and ticks. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function startIdFromPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
