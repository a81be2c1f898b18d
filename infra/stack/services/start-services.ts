import { reservePorts } from './stack-ports';
import { ensureService, PortTakenError } from './ensure-service';
import type { Service, ServiceName, StackContext } from './service';

/** Another process may take a port again and again, but hardly by chance. */
const MOST_PLANS = 3;

export interface StartedServices {
  /** Each phase stands on the ones before. */
  phases: readonly (readonly Service[])[];
  /** Every service of the stack: what lives of them keeps its ports. */
  all: readonly Service[];
  say: (text: string) => void;
  /** Called for each service that works, again after ports were planned anew. */
  onReady: (service: ServiceName) => void;
}

/**
 * Brings the services up and waits until all of them work. A recorded port that another process has taken meanwhile is replaced, and
 * what depends on it is started again. Resolves to the stack with the ports that came out. Throws with the end of the log of a service
 * that does not come up.
 */
export async function startServices(stack: Omit<StackContext, 'ports'>, started: StartedServices): Promise<StackContext> {
  for (let plan = 1; ; plan++) {
    const context = { ...stack, ports: await reservePorts(stack.home, started.all) };
    try {
      for (const phase of started.phases) await startPhase(phase, context, started);
      return context;
    } catch (error) {
      if (!(error instanceof PortTakenError) || plan === MOST_PLANS) throw error;
      started.say(`${error.message}; another one is chosen`);
    }
  }
}

/** All of them have come to an end when it throws. */
async function startPhase(services: readonly Service[], context: StackContext, { onReady }: StartedServices): Promise<void> {
  const ensure = async (service: Service) => {
    await ensureService(service, context);
    await service.setUp?.(context);
    onReady(service.name);
  };
  const ends = await Promise.allSettled(services.map(ensure));
  const failed = ends.filter((end) => end.status === 'rejected');
  // A service that fails for another reason does so again, whatever its ports.
  const worst = failed.find(({ reason }) => !(reason instanceof PortTakenError)) ?? failed[0];
  if (worst) throw worst.reason;
}
