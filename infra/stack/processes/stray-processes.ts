import { readdirSync, readFileSync } from 'node:fs';

/** Environment variables that every process of a stack inherits: they find what a killed parent left behind. */
export const STACK_MARK = 'SPROCKET_STACK';
export const SERVICE_MARK = 'SPROCKET_SERVICE';

/**
 * Pids of the living processes of this stack, or of one service of it, other than this process.
 * Needs /proc; elsewhere none are found and only the recorded processes can be stopped.
 */
export function markedProcesses(stackFolder: string, service?: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => pid !== process.pid && hasMarks(pid, stackFolder, service));
}

/** True when the NUL-separated environment text carries the marks. */
export function carriesMarks(environment: string, stackFolder: string, service?: string): boolean {
  const entries = environment.split('\0');
  return entries.includes(`${STACK_MARK}=${stackFolder}`) && (service === undefined || entries.includes(`${SERVICE_MARK}=${service}`));
}

function hasMarks(pid: number, stackFolder: string, service: string | undefined): boolean {
  try {
    return carriesMarks(readFileSync(`/proc/${pid}/environ`, 'utf8'), stackFolder, service);
  } catch {
    // Gone meanwhile, or another user's process.
    return false;
  }
}
