import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Linux takes one change in a tenth of a second from all users but root, and refuses others with EAGAIN (sched(7)). */
const BETWEEN_CHANGES_MS = 100;
const MOST_TRIES = 10;

/**
 * Sets the niceness of a session against other sessions. Where Linux groups processes by session (autogroup, sched(7)) that of a process counts
 * only within its own, so two tools in sessions of their own get equal shares of the processor whatever their niceness is. Resolves to false where
 * there is no such group, where the process has ended, and where the system takes no change. Never throws.
 */
export async function setSessionNiceness(pid: number, niceness: number): Promise<boolean> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    try {
      await writeFile(`/proc/${pid}/autogroup`, String(niceness), { flag: 'r+' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      await sleep(BETWEEN_CHANGES_MS);
    }
  }
  return false;
}
