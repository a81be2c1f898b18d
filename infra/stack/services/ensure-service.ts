import pTimeout from 'p-timeout';
import { fingerprintOf, livingDaemon, logTail, startDaemon, stopDaemon, type DaemonState } from '../processes/daemon';
import { endMarkedProcesses } from '../processes/end-marked-processes';
import { isSameProcess } from '../processes/process-identity';
import { isPortFree } from '../home/ports';
import type { Service, ServiceName, StackContext } from './service';
import { waitUntil } from '../processes/wait-until';

/** A service that is alive but silent for this long is started again. */
const SILENT_AFTER_MS = 5_000;
const READY_CALL_LIMIT_MS = 6_000;

/** A service did not come up, and another process has one of its ports. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(
    readonly service: ServiceName,
    readonly ports: readonly number[],
  ) {
    super(`${service} did not come up: another process listens on port ${ports.join(', ')}`);
  }
}

/** Makes sure that the service runs the current command and works. Throws {@link PortTakenError}, or an error with the end of its log. */
export async function ensureService(service: Service, stack: StackContext): Promise<void> {
  await service.prepare?.(stack);
  const command = service.command(stack);
  const living = livingDaemon(stack.home, service.name);
  if (living?.fingerprint === fingerprintOf(command) && (await becomesReady(service, stack, living, SILENT_AFTER_MS))) return;
  await stopDaemon(stack.home, service.name, service.stopWithinMs);
  // A killed service leaves its children behind, and they hold its ports and files.
  await endMarkedProcesses(stack.home, service.name);
  const started = await startDaemon(stack.home, service.name, command);
  if (await becomesReady(service, stack, started, service.readyWithinMs)) return;
  const tail = logTail(stack.home, service.name, started);
  await stopDaemon(stack.home, service.name, service.stopWithinMs);
  await endMarkedProcesses(stack.home, service.name);
  const taken = await takenPorts(service, stack);
  if (taken.length > 0) throw new PortTakenError(service.name, taken);
  throw new Error(`${service.name} did not come up; the end of its log (${stack.home.logFile(service.name)}):\n${tail}`);
}

/** False as soon as the process is gone. */
async function becomesReady(service: Service, stack: StackContext, daemon: DaemonState, deadlineMs: number): Promise<boolean> {
  let isReady = false;
  await waitUntil(async () => {
    if (!isSameProcess(daemon)) return true;
    isReady = await pTimeout(service.isReady(stack, daemon.pid), { milliseconds: READY_CALL_LIMIT_MS, fallback: () => false });
    return isReady;
  }, deadlineMs);
  return isReady;
}

async function takenPorts(service: Service, { ports }: StackContext): Promise<number[]> {
  const wanted = service.ports.map((name) => ports[name]);
  const free = await Promise.all(wanted.map(isPortFree));
  return wanted.filter((_, index) => !free[index]);
}
