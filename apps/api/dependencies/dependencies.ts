import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { sql } from 'kysely';
import pRetry from 'p-retry';
import pTimeout from 'p-timeout';
import { ContentKeys } from '../../../infra/content-keys/content-keys';
import { database, type Database } from '../../../infra/database/database';
import { migrate } from '../../../infra/database/migrate';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { workflowService } from '../../../temporal/client';
import { checkSetup, serverWarnings } from '../../../temporal/setup';
import { describeForLog } from '../problems/describe-error';
import { DATABASE, TEMPORAL_CLIENT } from './tokens';

const RETRY_INTERVAL_MS = 1_000;
const CHECK_DEADLINE_MS = 2_000;

export type DependencyName = 'mysql' | 'object_store' | 'temporal';
export type DependencyState = 'up' | 'down' | 'preparing';

interface Dependency {
  /** Makes schema and buckets, or finds that set-up is missing; can run again. */
  prepare(): Promise<unknown>;
  /** Rejects when the dependency does not answer. */
  check(): Promise<unknown>;
  prepared: boolean;
}

/** Brings the dependencies into shape in the background, however long they take to come up, and tells how they are. */
@Injectable()
export class Dependencies implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Dependencies');
  private readonly stop = new AbortController();
  private readonly all: Record<DependencyName, Dependency>;
  private preparations: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(DATABASE) db: Database,
    @Inject(TEMPORAL_CLIENT) temporal: Client,
    store: ObjectStore,
    private readonly contentKeys: ContentKeys,
  ) {
    const { namespace } = temporal.options;
    this.all = {
      mysql: {
        prepare: async () => {
          await migrate(db);
          for (const message of await this.contentKeys.lost()) this.logger.warn(message);
        },
        check: () => database(() => sql`select 1`.execute(db)),
        prepared: false,
      },
      object_store: {
        prepare: () => store.prepare((message) => this.logger.warn(message)),
        check: () => store.check(),
        prepared: false,
      },
      temporal: {
        prepare: async () => {
          const warn = (message: string) => this.logger.warn(message);
          await checkSetup(temporal, warn);
          (await serverWarnings(temporal)).forEach(warn);
        },
        check: () => workflowService(temporal, () => temporal.workflowService.describeNamespace({ namespace })),
        prepared: false,
      },
    };
  }

  onApplicationBootstrap(): void {
    const names = Object.keys(this.all) as DependencyName[];
    this.preparations = Promise.all(names.map((name) => this.prepare(name)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.preparations;
  }

  /** The state of each dependency now; takes two seconds at most. */
  async states(): Promise<Record<DependencyName, DependencyState>> {
    const entries = Object.entries(this.all).map(async ([name, dependency]) => [name, await stateOf(dependency)] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<DependencyName, DependencyState>;
  }

  /** Whether each key provider is set up; the service is ready without, since only protected videos need one. */
  keyProviders(): Record<string, 'usable' | 'unusable'> {
    const states = this.contentKeys
      .problems()
      .map(({ provider, problem }) => [provider, problem === null ? 'usable' : 'unusable'] as const);
    return Object.fromEntries(states);
  }

  private async prepare(name: DependencyName): Promise<void> {
    const dependency = this.all[name];
    const { signal } = this.stop;
    let lastMessage = '';
    const attempt = async () => {
      await dependency.prepare().catch((cause: unknown) => {
        throw new Error(describeForLog(cause), { cause });
      });
      dependency.prepared = true;
      this.logger.log(`${name} is ready`);
    };
    const onFailedAttempt = ({ error: { message } }: { error: Error }) => {
      // Once per reason: a dependency that comes up slowly says the same every second.
      if (message !== lastMessage) this.logger.warn(`${name} is not ready: ${message}`);
      lastMessage = message;
    };
    const forever = { retries: Infinity, minTimeout: RETRY_INTERVAL_MS, factor: 1 };
    await pRetry(attempt, { ...forever, signal, onFailedAttempt }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

function stateOf(dependency: Dependency): Promise<DependencyState> {
  const check = dependency.check().then(
    () => (dependency.prepared ? 'up' : 'preparing'),
    () => 'down' as const,
  );
  return pTimeout(check, { milliseconds: CHECK_DEADLINE_MS, fallback: () => 'down' });
}
