import { dataOf } from '../../../packages/client/src/sprocket-client';
import type { Session } from '../session';
import type { AddCommands } from './act';

/** `workers` and `queues`; they need the scope operate. */
export const addFleetCommands: AddCommands = (program, act) => {
  program.command('workers').description('Live workers: a line for each queue that a process serves').action(act(workers));
  program.command('queues').description('Backlog and slots of every queue').action(act(queues));
};

async function workers({ client, out }: Session): Promise<void> {
  out.list(await client.workers(), ['worker', 'queue', 'state', 'slots', 'load', 'reason'], (worker) => [
    ...[worker.identity, worker.queue, worker.state, `${worker.slots_used}/${worker.slots_used + worker.slots_free}`],
    ...[`${Math.round(100 * worker.host_cpu_load)}%`, worker.reason],
  ]);
}

async function queues({ client, out }: Session): Promise<void> {
  const { queues: all } = await dataOf(client.http.GET('/api/v1/queues'));
  out.list(all, ['queue', 'backlog', 'oldest', 'pollers', 'slots'], (queue) => [
    ...[
      queue.queue,
      queue.backlog,
      `${Math.round(queue.backlog_age_ms / 1000)} s`,
      queue.pollers,
      `${queue.slots_used}/${queue.slots_total}`,
    ],
  ]);
}
