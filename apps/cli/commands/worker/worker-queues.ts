import { SERVED_QUEUES } from '../../../../temporal/contract/queues';

const USAGE =
  'Usage: npm run worker -- --queues transcode-cpu[,package:4] [--slots 2]\n       npm run worker -- --join FILE [--queues ...] [--slots 2]\n       npm run worker -- --recommend';

/** Queues whose tasks open content keys of protected videos; without the master key such a task fails for good. */
const QUEUES_OF_CONTENT_KEYS = ['drm', 'package'];

/** `transcode-cpu,package:4` with 2 slots is `transcode-cpu:2,package:4`. Throws a usage error. */
export function workerQueues(queues: string, slots: string): string {
  const entries = queues
    .split(',')
    .filter(Boolean)
    .map((entry) => (entry.includes(':') ? entry : `${entry}:${slots}`));
  for (const entry of entries) {
    const [queue = '', count = ''] = entry.split(':');
    if (!SERVED_QUEUES.some((known) => known === queue))
      throw new Error(`Workers have no code for a queue "${queue}". Queues: ${SERVED_QUEUES.join(', ')}.\n${USAGE}`);
    if (!/^[1-9]\d{0,3}$/.test(count)) throw new Error(`"${count}" is no number of slots.\n${USAGE}`);
  }
  if (entries.length === 0) throw new Error(USAGE);
  return entries.join(',');
}

/** Those of the queues, as {@link workerQueues} returns them, that a worker without the master key must not serve. */
export function queuesWithoutMasterKey(queues: string): string[] {
  return queues
    .split(',')
    .map((entry) => entry.split(':')[0] ?? '')
    .filter((queue) => QUEUES_OF_CONTENT_KEYS.includes(queue));
}
