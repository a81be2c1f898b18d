import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { IngestLists } from '../../../infra/database/ingest/ingest-lists';
import { cancelIngest, startIngest } from '../../../temporal/ingest-commands';
import type { IngestInput } from '../../../temporal/contract/workflows';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG, TEMPORAL_CLIENT } from '../dependencies/tokens';
import { describeForLog } from '../problems/describe-error';

const TURN_INTERVAL_MS = 2_000;
const PULLS_PER_TURN = 100;

/**
 * Gives waiting pulls their turn: each creator has a few at a time, so one with a thousand files does not hold up the others. Turns of several
 * API processes do not overlap; what the workflow service was away for is started in a later one.
 */
@Injectable()
export class IngestStarter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('IngestStarter');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(
    @Inject(API_CONFIG) private readonly config: Pick<ApiConfig, 'ingest'>,
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly lists: IngestLists,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.turn(), TURN_INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await (this.next ?? this.running);
  }

  /** Starts what may start now. A call waits for a turn that is under way, since that may not know of its pull, and joins the one after it. Never rejects. */
  turn(): Promise<void> {
    this.next ??= this.running.then(() => {
      this.next = undefined;
      this.running = this.startAll().catch((error: unknown) => this.logger.warn(`pulls wait: ${describeForLog(error)}`));
      return this.running;
    });
    return this.next;
  }

  /** Asks a pull to stop. Throws `WorkflowUnavailable`. */
  cancel(pull: IngestInput): Promise<void> {
    return cancelIngest(this.temporal, pull);
  }

  private async startAll(): Promise<void> {
    await this.lists.admit({ perCreator: this.config.ingest.pullsPerCreator, limit: PULLS_PER_TURN });
    for (const pull of await this.lists.listAdmitted(PULLS_PER_TURN)) {
      await startIngest(this.temporal, pull, pull);
      await this.lists.setStarted(pull);
    }
  }
}
