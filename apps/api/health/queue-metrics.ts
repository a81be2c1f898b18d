import { Gauge, type Registry } from 'prom-client';
import type { QueueState, WorkerState } from '../../../temporal/queue-state';
import { SERVED_QUEUES } from '../../../temporal/contract/queues';

type Worker = Pick<WorkerState, 'queue' | 'unfit' | 'slotsUsed' | 'slotsFree'>;

/** Queues and the workers that serve them. Every queue has a value, 0 where there is nothing: an alert cannot see what is absent. */
export class QueueMetrics {
  private readonly backlog: Gauge;
  private readonly backlogAge: Gauge;
  private readonly pollers: Gauge;
  private readonly slots: Gauge;
  private readonly workers: Gauge;

  constructor(registry: Registry) {
    const gauge = (name: string, help: string, ...labelNames: string[]) => new Gauge({ name, help, labelNames, registers: [registry] });
    this.backlog = gauge('sprocket_queue_backlog', 'Waiting tasks, approximately', 'queue');
    this.backlogAge = gauge('sprocket_queue_backlog_age_seconds', 'Age of the oldest waiting task', 'queue');
    this.pollers = gauge('sprocket_queue_pollers', 'Processes that ask for tasks', 'queue');
    this.slots = gauge('sprocket_queue_slots', 'Tasks that live workers can do at a time', 'queue', 'state');
    this.workers = gauge('sprocket_workers', 'Live workers: serving, or unfit for the queue', 'queue', 'state');
  }

  /** Old values stay while the workflow service is away. */
  set(queues: readonly QueueState[], workers: readonly Worker[]): void {
    for (const { queue, backlog, backlogAgeMs, pollers } of queues) {
      this.backlog.set({ queue }, backlog);
      this.backlogAge.set({ queue }, backlogAgeMs / 1000);
      this.pollers.set({ queue }, pollers);
    }
    for (const queue of SERVED_QUEUES) {
      const ofQueue = workers.filter((worker) => worker.queue === queue);
      const serving = ofQueue.filter(({ unfit }) => !unfit);
      this.slots.set({ queue, state: 'used' }, total(serving.map(({ slotsUsed }) => slotsUsed)));
      this.slots.set({ queue, state: 'free' }, total(serving.map(({ slotsFree }) => slotsFree)));
      this.workers.set({ queue, state: 'serving' }, serving.length);
      this.workers.set({ queue, state: 'unfit' }, ofQueue.length - serving.length);
    }
  }
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
