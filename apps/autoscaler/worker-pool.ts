import { hostname } from 'node:os';
import type { ScalableQueue } from '../../infra/machine/recommend-slots';
import { startScaledWorker, type WorkerProcess } from '../../infra/stack/processes/scaled-worker';
import type { StackHome } from '../../infra/stack/home/stack-home';
import type { WorkerState } from '../../temporal/queue-state';
import type { ScaledWorker } from './decide-scaling';

interface Member extends ScaledWorker {
  process: WorkerProcess;
}

export interface PoolEvents {
  /** `outcome`: exit code or signal. A worker that was told to drain ends with 0. */
  onEnd: (worker: ScaledWorker, outcome: number | string) => void;
}

/** The worker processes that the autoscaler has added. */
export class WorkerPool {
  private readonly members = new Map<string, Member>();
  private started = 0;

  constructor(
    private readonly home: StackHome,
    private readonly events: PoolEvents,
  ) {}

  /** Starts a worker. Resolves to its name. */
  async start(queue: ScalableQueue, slots: number): Promise<string> {
    const process = await startScaledWorker(this.home, `${queue}:${slots}`);
    const name = `${queue}-${++this.started}`;
    const member: Member = { name, queue, slots, state: 'starting', servingSinceMs: null, slotsUsed: null, process };
    this.members.set(name, member);
    void process.ended.then((outcome) => {
      this.members.delete(name);
      this.events.onEnd(member, outcome);
    });
    return name;
  }

  drain(name: string): void {
    const member = this.members.get(name);
    if (!member) return;
    member.state = 'draining';
    member.process.drain();
  }

  /** Resolves when every worker has drained and is gone. */
  async drainAll(): Promise<void> {
    const members = [...this.members.values()];
    for (const { name } of members) this.drain(name);
    await Promise.all(members.map(({ process }) => process.ended));
  }

  /** The workers as they are now; `reported` are the workers that Temporal lists. */
  look(reported: readonly WorkerState[], nowMs: number): (ScaledWorker & { pid: number })[] {
    return [...this.members.values()].map((member) => {
      const known = reported.find(({ identity, queue }) => identity === `${hostname()}-${member.process.pid}` && queue === member.queue);
      member.slotsUsed = known?.slotsUsed ?? null;
      if (member.state === 'starting' && known) {
        member.state = 'serving';
        member.servingSinceMs = nowMs;
      }
      const { process, ...worker } = member;
      return { ...worker, pid: process.pid };
    });
  }
}
