/** Prints a benchmark's result as one JSON object, the last line of stdout, and the same for people on stderr. */
export function report(result: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** The middle value; the mean of the two middle ones of an even number. Throws RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new RangeError('a median needs a value');
  return (upper + lower) / 2;
}

/** To three digits behind the point. */
export function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
