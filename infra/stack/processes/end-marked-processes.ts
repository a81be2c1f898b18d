import { signal } from './daemon';
import type { StackHome } from '../home/stack-home';
import { markedProcesses } from './stray-processes';
import { waitUntil } from './wait-until';

const TERM_GRACE_MS = 5_000;
const KILL_WAIT_MS = 5_000;

/** Ends what carries the mark of this stack, or of one service of it: TERM, then KILL. `graceMs` lies between. */
export async function endMarkedProcesses(home: StackHome, service?: string, graceMs = TERM_GRACE_MS): Promise<void> {
  const isGone = () => markedProcesses(home.folder, service).length === 0;
  for (const pid of markedProcesses(home.folder, service)) signal(pid, 'SIGTERM');
  if (await waitUntil(isGone, graceMs)) return;
  for (const pid of markedProcesses(home.folder, service)) signal(pid, 'SIGKILL');
  await waitUntil(isGone, KILL_WAIT_MS);
}
