import { endMarkedProcesses } from '../../../infra/stack/processes/end-marked-processes';
import { stopDaemon } from '../../../infra/stack/processes/daemon';
import { endpointsOf } from '../../../infra/stack/home/endpoints';
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
    const started = { phases: [[SERVICES[name]]], all: Object.values(SERVICES), say: () => undefined, onReady: () => undefined };
    const { ports } = await startServices(this.context, started);
    if (JSON.stringify([endpointsOf(ports), ports.mysql]) !== JSON.stringify([endpointsOf(this.context.ports), this.context.ports.mysql]))
      throw new Error(`another process took the port of ${name} while it was down`);
    this.context = { ...this.context, ports };
  }

  /** Whatever a fault has left stopped. */
  async startAll(): Promise<void> {
    for (const name of ['mysql', 's3', 'temporal', 'api', 'worker'] as const) await this.start(name);
  }
}
