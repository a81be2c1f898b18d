/** When the last of `slots` slots is done if each takes the next piece of work as soon as it is free, in the unit of `lengths`. */
export function busyUntil(lengths: readonly number[], slots: number): number {
  const freeAt = Array.from({ length: slots }, () => 0);
  for (const length of lengths) {
    const next = freeAt.indexOf(Math.min(...freeAt));
    freeAt[next] = (freeAt[next] ?? 0) + length;
  }
  return Math.max(...freeAt);
}
