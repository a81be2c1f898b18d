/** Follows how many slots are at work, to tell time lost between chunks from time lost at the end. */
export class SlotClock {
  chunks = 0;
  private running = 0;
  private changedAtMs = 0;
  /** Slot time without work so far, and when the last chunk started. */
  private idleMs = 0;
  private idleAtLastStartMs = 0;

  constructor(private readonly slots: number) {}

  /** Starts the clock: every slot waits for its first chunk. */
  start(): void {
    this.changedAtMs = performance.now();
  }

  async during(work: () => Promise<void>): Promise<void> {
    this.advance();
    this.idleAtLastStartMs = this.idleMs;
    this.running += 1;
    this.chunks += 1;
    try {
      await work();
    } finally {
      this.advance();
      this.running -= 1;
    }
  }

  /** Milliseconds that a slot waits for a chunk while there are chunks left. */
  get waitPerChunkMs(): number {
    return this.idleAtLastStartMs / this.chunks;
  }

  private advance(): void {
    const nowMs = performance.now();
    this.idleMs += (this.slots - this.running) * (nowMs - this.changedAtMs);
    this.changedAtMs = nowMs;
  }
}
