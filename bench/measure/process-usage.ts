import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Kernel ticks per second in /proc (USER_HZ), fixed at 100 on Linux. */
const TICKS_PER_SECOND = 100;

/** Pid of a service of the embedded stack in `home`. */
export function servicePid(home: string, service: string): number {
  const state = JSON.parse(readFileSync(join(home, 'run', `${service}.json`), 'utf8')) as { pid: number };
  return state.pid;
}

/** CPU seconds of every tool that the process has started and waited for (`cutime` + `cstime` of proc(5)). */
export function toolCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/** CPU seconds of the process itself (`utime` + `stime` of proc(5)). */
export function ownCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of the process itself, in bytes. */
export function residentBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}
