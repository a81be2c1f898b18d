import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { processTimes, type ProcessTimes } from '../../activities/media-tools/cpu-meter';

/** Pid of a service of the embedded stack in `home`. */
export function servicePid(home: string, service: string): number {
  const state = JSON.parse(readFileSync(join(home, 'run', `${service}.json`), 'utf8')) as { pid: number };
  return state.pid;
}

/** CPU seconds of every tool that the process has started and waited for. */
export function toolCpuSeconds(pid: number): number {
  return timesOf(pid).childrenMs / 1000;
}

/** CPU seconds of the process itself. */
export function ownCpuSeconds(pid: number): number {
  return timesOf(pid).ownMs / 1000;
}

function timesOf(pid: number): ProcessTimes {
  const times = processTimes(pid);
  if (!times) throw new Error(`there is no process ${pid} to measure`);
  return times;
}

/** Resident memory of the process itself, in bytes. */
export function residentBytes(pid: number): number {
  return statusBytes(pid, 'VmRSS');
}

/** The most memory that the process has had resident so far, in bytes; null when it is gone. */
export function peakResidentBytes(pid: number): number | null {
  try {
    return statusBytes(pid, 'VmHWM');
  } catch {
    return null;
  }
}

/** Living children of a process with one thread that starts them. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function statusBytes(pid: number, field: string): number {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}
