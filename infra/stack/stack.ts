import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { ensureMasterKey, openCredentials } from './home/credentials';
import { livingDaemon, stopDaemon } from './processes/daemon';
import { endMarkedProcesses } from './processes/end-marked-processes';
import { endpointsOf, writeEndpoints, type Endpoints } from './home/endpoints';
import { ownAddresses, refuseAddress } from './fleet/refuse-address';
import { removeJoinFile, writeJoinFile } from './fleet/join-file';
import { forgetHost, isLoopback, rememberedHost, rememberHost } from './home/listen-address';
import { holdExclusively } from './setup/hold-exclusively';
import type { Service, ServiceName, StackContext } from './services/service';
import type { Ports } from './home/ports';
import { SCALED_WORKER } from './processes/scaled-worker';
import { apiService } from './services/api-service';
import { fleetDoorService } from './fleet/fleet-door-service';
import { autoscalerService } from './services/autoscaler-service';
import { mysqlService } from './services/mysql-service';
import { startServices } from './services/start-services';
import { s3Service } from './services/s3-service';
import { temporalService } from './services/temporal-service';
import { workerService } from './services/worker-service';
import { defaultHomeFolder, type StackHome } from './home/stack-home';
import { rememberedPorts } from './services/stack-ports';
import { findTools } from './tools/find-tools';
import { STACK_TOOLS, WORKER_TOOLS } from './tools/tool-table';

const BASES: readonly Service[] = [mysqlService, s3Service, temporalService];
const PROGRAMS: readonly Service[] = [apiService, workerService];
const SERVICES: readonly Service[] = [...BASES, ...PROGRAMS, autoscalerService, fleetDoorService];
/** Part of a stack only when asked for. */
const OPTIONAL: readonly Service[] = [autoscalerService, fleetDoorService];

/** Mark of workers that were started beside the embedded one. */
export const EXTRA_WORKER = 'extra-worker';

/** Progress callbacks; `done` of `total` services have changed. */
export interface StackProgress {
  say: (text: string) => void;
  advance: (done: number, total: number, service: ServiceName) => void;
}

export interface RunningStack {
  context: StackContext;
  endpoints: Endpoints;
}

export interface ServiceStatus {
  service: ServiceName;
  state: 'ready' | 'not ready' | 'stopped';
  pid: number | null;
  /** Of a service that runs. */
  ports: Partial<Ports>;
}

/** What is left out stays as it was at the last start, until the stack is stopped. */
interface WantedStack {
  autoscaled?: boolean;
  /** IPv4 address of this machine by which other machines reach the stack. */
  host?: string;
}

const MASTER_KEY_GONE =
  'the master key of protected videos is gone: restore secrets/drm-master-key from its backup, and do not make another while protected videos are left';

/**
 * Brings every service up and waits until all of them work. Services that work are left alone; dead, silent and outdated ones
 * are started again. Throws with a sentence for an address that cannot be served, and with the end of the log of a service that does not come up.
 */
export async function startStack(home: StackHome, progress: StackProgress, wanted: WantedStack = {}): Promise<RunningStack> {
  return holdingStack(home, progress, async () => {
    const host = wanted.host ?? rememberedHost(home);
    if (wanted.host !== undefined || !isLoopback(host))
      refuseAddress(host, { own: ownAddresses(), anonymous: process.env['API_ANONYMOUS'] });
    rememberHost(home, host);
    const autoscaled = wanted.autoscaled ?? wasStarted(home, autoscalerService);
    const wantedServices = [...(autoscaled ? [autoscalerService] : []), ...(isLoopback(host) ? [] : [fleetDoorService])];
    const services = [...BASES, ...PROGRAMS, ...wantedServices];
    mkdirSync(home.socketFolder, { recursive: true, mode: 0o700 });
    if (!ensureMasterKey(home)) progress.say(MASTER_KEY_GONE);
    const stack = { home, host, tools: await findStackTools(progress), credentials: openCredentials(home), autoscaled };
    const ready = new Set<ServiceName>();
    const context = await startServices(stack, {
      phases: [BASES, PROGRAMS, wantedServices],
      all: SERVICES,
      say: progress.say,
      onReady: (name) => progress.advance(ready.add(name).size, services.length, name),
    });
    const endpoints = endpointsOf(context);
    writeEndpoints(home, endpoints);
    if (isLoopback(host)) removeJoinFile(home);
    else writeJoinFile(context);
    return { context, endpoints };
  });
}

/** Stops every process of the stack: workers, the API, then their dependencies. Nothing is left running. */
export async function stopStack(home: StackHome, progress: StackProgress): Promise<void> {
  await holdingStack(home, progress, async () => {
    let done = 0;
    const stop = async (service: Service) => {
      await stopDaemon(home, service.name, service.stopWithinMs);
      await endMarkedProcesses(home, service.name, service.stopWithinMs);
      progress.advance(++done, SERVICES.length, service.name);
    };
    const drain = (mark: string) => endMarkedProcesses(home, mark, workerService.stopWithinMs);
    await Promise.all([stop(autoscalerService), stop(workerService), drain(EXTRA_WORKER), drain(SCALED_WORKER)]);
    await Promise.all([apiService, fleetDoorService].map(stop));
    await Promise.all(BASES.map(stop));
    await endMarkedProcesses(home);
    rmSync(home.socketFolder, { recursive: true, force: true });
    forgetHost(home);
    removeJoinFile(home);
  });
}

/** A stack that is up, for a process that works against it. Throws when it was never started. */
export async function joinStack(home: StackHome, progress: Pick<StackProgress, 'say'>): Promise<RunningStack> {
  const ports = rememberedPorts(home);
  if (!ports) throw new Error('There is no stack here yet. Start it with "npm run up".');
  const autoscaled = wasStarted(home, autoscalerService);
  const base = { home, host: rememberedHost(home), ports, credentials: openCredentials(home) };
  const context: StackContext = { ...base, tools: await findStackTools(progress), autoscaled };
  return { context, endpoints: endpointsOf(context) };
}

/** What a worker of this machine needs besides services. Throws {@link ToolMissingError}. */
export function findWorkerTools({ say }: Pick<StackProgress, 'say'>) {
  return findTools(WORKER_TOOLS, { folder: defaultHomeFolder(), environment: process.env, say });
}

/** The state of each service, without changing anything. */
export async function inspectStack(home: StackHome): Promise<ServiceStatus[]> {
  const ports = rememberedPorts(home);
  return Promise.all(
    SERVICES.filter((service) => !OPTIONAL.includes(service) || wasStarted(home, service)).map(
      async ({ name, isReady, ports: names }): Promise<ServiceStatus> => {
        const daemon = livingDaemon(home, name);
        if (!daemon || !ports) return { service: name, state: 'stopped', pid: null, ports: {} };
        const base = { home, host: rememberedHost(home), ports, credentials: openCredentials(home) };
        const ready = await isReady(base, daemon.pid).catch(() => false);
        const held = Object.fromEntries(names.map((port) => [port, ports[port]]));
        return { service: name, state: ready ? 'ready' : 'not ready', pid: daemon.pid, ports: held };
      },
    ),
  );
}

/** Until it is stopped, however it may have ended since. */
function wasStarted(home: StackHome, { name }: Service): boolean {
  return existsSync(home.stateFile(name));
}

function findStackTools({ say }: Pick<StackProgress, 'say'>) {
  return findTools(STACK_TOOLS, { folder: defaultHomeFolder(), environment: process.env, say });
}

/** One process changes a stack at a time. */
function holdingStack<T>(home: StackHome, progress: StackProgress, work: () => Promise<T>): Promise<T> {
  return holdExclusively(`stack ${home.folder}`, () => progress.say('waiting for another command on this stack'), work);
}
