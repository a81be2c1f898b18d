import { spawnSync } from 'node:child_process';

const LIMIT_MS = 5_000;

/** For the log of a process that may still write them. */
export const CORE_DUMPS_WARNING =
  'a crash may write keys to a disk: there is no prlimit(1) here, so forbid core dumps where this process is started';

/**
 * Keeps the kernel from writing the memory of this process, which may hold keys, to a disk when it crashes, and that of the processes that
 * it starts (setrlimit(2), RLIMIT_CORE). However the process was started. False where there is no prlimit(1).
 */
export function forbidCoreDumps(): boolean {
  return spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore', timeout: LIMIT_MS }).status === 0;
}
