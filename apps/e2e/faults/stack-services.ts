import { endMarkedProcesses } from '../../../infra/stack/processes/end-marked-processes';
import { livingDaemon, stopDaemon } from '../../../infra/stack/processes/daemon';
import { isPortFree } from '../../../infra/stack/home/ports';
import { waitUntil } from '../../../infra/stack/processes/wait-until';
import { endpointsOf } from '../../../infra/stack/home/endpoints';
import { socketInodes } from '../../../infra/stack/testing/listening-ports';
import { startServices } from '../../../infra/stack/services/start-services';
import type { Service, StackContext } from '../../../infra/stack/services/service';
import { apiService } from '../../../infra/stack/services/api-service';
import { mysqlService } from '../../../infra/stack/services/mysql-service';
import { s3Service } from '../../../infra/stack/services/s3-service';
import { temporalService } from '../../../infra/stack/services/temporal-service';
import { workerService } from '../../../infra/stack/services/worker-service';
import { joinStack } from '../../../infra/stack/stack';
import { openStackHome } from '../../../infra/stack/home/stack-home';

const SERVICES = { mysql: mysqlService, s3: s3Service, temporal: temporalService, api: apiService, worker: workerService } satisfies Record<
  string,
  Service
>;

const ENDING_LIMIT_MS = 30_000;

export type StackServiceName = keyof typeof SERVICES;

/** The services of the stack under test, to be stopped and started one by one. */
export class StackServices {
  private constructor(private context: StackContext) {}

  /** Of the stack that the test runner started. */
  static async join(): Promise<StackServices> {
    const folder = process.env['SPROCKET_HOME'];
    if (!folder) throw new Error('SPROCKET_HOME is not set: the test runner starts the stack');
    return new StackServices((await joinStack(openStackHome(folder), { say: () => undefined })).context);
  }

  /** Where the stack's own worker keeps the scratch folders of its tasks. */
  get scratch(): string {
    return this.context.home.data('scratch');
  }

  /** Sockets that a service has open. */
  socketsOf(name: StackServiceName): number {
    return socketInodes(this.daemon(name).pid).length;
  }

  /** Like the kernel that is out of memory. */
  async kill(name: StackServiceName): Promise<void> {
    process.kill(this.daemon(name).pid, 'SIGKILL');
    await waitUntil(() => livingDaemon(this.context.home, name) === null, ENDING_LIMIT_MS);
  }

  private daemon(name: StackServiceName) {
    const daemon = livingDaemon(this.context.home, name);
    if (!daemon) throw new Error(`${name} does not run`);
    return daemon;
  }

  /** Like a supervisor that stops it: TERM, and KILL when its time is over. */
  async stop(name: StackServiceName): Promise<void> {
    await stopDaemon(this.context.home, name, SERVICES[name].stopWithinMs);
    await endMarkedProcesses(this.context.home, name);
  }

  /**
   * Resolves once it works; does nothing when it does already. A port that was taken meanwhile is replaced, unless the test and the
   * other services know it.
   */
  async start(name: StackServiceName): Promise<void> {
    await this.waitForOwnPorts();
    const started = { phases: [[SERVICES[name]]], all: Object.values(SERVICES), say: () => undefined, onReady: () => undefined };
    const { host, ports } = await startServices(this.context, started);
    if (
      JSON.stringify([endpointsOf({ host, ports }), ports.mysql]) !== JSON.stringify([endpointsOf(this.context), this.context.ports.mysql])
    )
      throw new Error(`another process took the port of ${name} while it was down`);
    this.context = { ...this.context, ports };
  }

  /** A service that is still ending, as when its test ran out of time, has its port and is no stranger. */
  private async waitForOwnPorts(): Promise<void> {
    const { home, ports } = this.context;
    const down = Object.values(SERVICES).filter((service) => livingDaemon(home, service.name) === null);
    const own = down.flatMap((service) => service.ports.map((name) => ports[name]));
    await waitUntil(async () => (await Promise.all(own.map(isPortFree))).every(Boolean), ENDING_LIMIT_MS);
  }

  /** Whatever a fault has left stopped. */
  async startAll(): Promise<void> {
    for (const name of ['mysql', 's3', 'temporal', 'api', 'worker'] as const) await this.start(name);
  }
}
