/** When the last of `slots` slots is done if each takes the next piece of work as soon as it is free, in the unit of `lengths`. */
export function busyUntil(lengths: readonly number[], slots: number): number {
  const freeAt = new Float64Array(slots);
  for (const length of lengths) {
    // A plan asks this for many shapes, so the slot that is free first is found without copying the list.
    let next = 0;
    for (let slot = 1; slot < slots; slot++) if ((freeAt[slot] ?? 0) < (freeAt[next] ?? 0)) next = slot;
    freeAt[next] = (freeAt[next] ?? 0) + length;
  }
  return freeAt.reduce((latest, at) => Math.max(latest, at), 0);
}
