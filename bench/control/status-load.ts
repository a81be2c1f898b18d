import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface StatusClients {
  apiUrl: string;
  requestsPerSecond: number;
}

export type StatusOrder = { kind: 'videos'; ids: string[] } | { kind: 'start' } | { kind: 'stop' };

/** Latencies in milliseconds, from when a request was due. */
export interface StatusReply {
  requests: number;
  failed: number;
  p50_ms: number;
  p99_ms: number;
}

/**
 * Asks for the status of random videos so many times a second, however long the answers take. A thread of its own does so, since
 * the time this process spends on uploads is not latency of the API.
 */
export class StatusLoad {
  private readonly thread: Worker;

  constructor(clients: StatusClients) {
    this.thread = new Worker(join(__dirname, 'status-thread.js'), { workerData: clients });
  }

  /** The videos to ask for from now on. */
  readonly videos = (ids: string[]): void => this.order({ kind: 'videos', ids });

  start(): void {
    this.order({ kind: 'start' });
  }

  /** Asks no more, and waits for the answers that are still to come. */
  async stop(): Promise<StatusReply> {
    this.order({ kind: 'stop' });
    const [reply] = (await once(this.thread, 'message')) as [StatusReply];
    return reply;
  }

  async close(): Promise<void> {
    await this.thread.terminate();
  }

  private order(order: StatusOrder): void {
    this.thread.postMessage(order);
  }
}
