import { z } from 'zod';
import { SERVED_QUEUES, type Queue } from '../../temporal/contract/queues';
import { listed } from './setting-types';

/** Variables of a worker process that the autoscaler, which starts such processes, reads too. */
export const workerProcessSettings = {
  WORKER_QUEUES: z
    .string()
    .transform(parseQueues)
    .meta({
      description: `Queues that the process serves, as queue:slots pairs with commas between. Queues: ${SERVED_QUEUES.join(', ')}.`,
      unit: 'tasks at a time',
      example:
        'pipeline:20,ingest:4,probe:2,split:2,transcode-cpu:1,audio:1,thumbnail:1,subtitle:1,speech:1,moderation:1,package:4,verify:2,drm:2,ts:1,notify:1',
    }),
  SCRATCH_DIR: z
    .string()
    .min(1)
    .meta({ description: 'Folder for files of running tasks, best on a disk of its own.', example: '/var/tmp/sprocket' }),
};

/** "transcode-cpu:2,package:4"; a queue alone has one slot. */
function parseQueues(text: string, context: z.RefinementCtx): ReadonlyMap<Queue, number> {
  const queues = new Map<Queue, number>();
  for (const entry of listed(text)) {
    const [name = '', slots = '1'] = entry.split(':');
    const queue = SERVED_QUEUES.find((known) => known === name);
    if (!queue || !/^[1-9]\d{0,2}$/.test(slots)) {
      context.addIssue({
        code: 'custom',
        message: `must be queue:slots pairs with commas between; queues are ${SERVED_QUEUES.join(', ')}`,
      });
    } else queues.set(queue, Number(slots));
  }
  if (queues.size === 0) context.addIssue({ code: 'custom', message: 'must name at least one queue' });
  return queues;
}
