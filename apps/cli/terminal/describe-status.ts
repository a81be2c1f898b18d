import type { ServiceStatus } from '../../../infra/stack/stack';

/** One queue of one worker process, as the API tells it. */
export interface ServedQueue {
  identity: string;
  queue: string;
  state: string;
  slots_used: number;
  slots_free: number;
}

/** A line for each service with its process and ports, for each address, and for each worker with its queues. Null: the API did not tell the workers. */
export function describeStatus(
  services: readonly ServiceStatus[],
  endpoints: Readonly<Record<string, string>>,
  workers: readonly ServedQueue[] | null,
): string {
  const lines = [
    ...services.map(
      ({ service, state, pid, ports }) => `${service.padEnd(12)}${state.padEnd(11)}${String(pid ?? '').padEnd(9)}${portsText(ports)}`,
    ),
    ...Object.entries(endpoints).map(([name, address]) => `${name.padEnd(18)}${address}`),
    ...(workers === null ? [] : workerLines(workers)),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

function portsText(ports: ServiceStatus['ports']): string {
  return Object.entries(ports)
    .map(([name, port]) => `${name} ${port}`)
    .join(', ');
}

function workerLines(workers: readonly ServedQueue[]): string[] {
  const identities = [...new Set(workers.map(({ identity }) => identity))];
  return identities.map((identity) => {
    const queues = workers.filter((worker) => worker.identity === identity).map(queueText);
    return `worker ${identity}  ${queues.join(', ')}`;
  });
}

function queueText({ queue, state, slots_used: used, slots_free: free }: ServedQueue): string {
  return state === 'unfit' ? `${queue} unfit` : `${queue} ${used}/${used + free}`;
}
