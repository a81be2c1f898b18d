const INTERVAL_MS = 20;

/** Asks for the status of random videos 50 times a second, however long the answers take. */
export class StatusLoad {
  private readonly latenciesMs: number[] = [];
  private readonly open = new Set<Promise<void>>();
  private failed = 0;
  private timer: NodeJS.Timeout | undefined;

  /** `videoIds` are the videos to ask for at the moment. */
  constructor(
    private readonly apiUrl: string,
    private readonly videoIds: () => string[],
  ) {}

  start(): void {
    let dueMs = performance.now();
    this.timer = setInterval(() => {
      // A late timer must not thin out the load, nor hide the time that a request would have waited.
      for (; dueMs <= performance.now(); dueMs += INTERVAL_MS) this.ask(dueMs);
    }, INTERVAL_MS / 2);
  }

  /** Waits for the open requests. Resolves to latencies in milliseconds, from when a request was due. */
  async stop() {
    clearInterval(this.timer);
    await Promise.all(this.open);
    const sorted = this.latenciesMs.sort((a, b) => a - b);
    const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
    return { requests: sorted.length, failed: this.failed, p50_ms: at(0.5), p99_ms: at(0.99) };
  }

  private ask(dueMs: number): void {
    const ids = this.videoIds();
    const id = ids[Math.floor(Math.random() * ids.length)];
    if (id === undefined) return;
    const request = this.send(id, dueMs).finally(() => this.open.delete(request));
    this.open.add(request);
  }

  private async send(videoId: string, dueMs: number): Promise<void> {
    try {
      const response = await fetch(`${this.apiUrl}/api/v1/videos/${videoId}/status`);
      await response.arrayBuffer();
      if (!response.ok) this.failed += 1;
    } catch {
      this.failed += 1;
    }
    this.latenciesMs.push(performance.now() - dueMs);
  }
}
