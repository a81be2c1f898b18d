/** Prints progress for people. On stderr: stdout belongs to results. */
export function say(text: string): void {
  process.stderr.write(`sprocket: ${text}\n`);
}

/** `1.2 s` since `startedAt`, a value of performance.now(). */
export function secondsSince(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
