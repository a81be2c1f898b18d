import type { HousekeepingWork } from './housekeeping-dependencies';

const SEPARATOR = ' ';

/** A task made of several listings, one after the other. The cursor names the listing and where it stopped. */
export function inPasses(passes: readonly (readonly [name: string, work: HousekeepingWork])[]): HousekeepingWork {
  return async (deps, { cursor, signal }) => {
    const [name, ...rest] = cursor === null ? [passes[0]?.[0]] : cursor.split(SEPARATOR);
    const index = passes.findIndex(([candidate]) => candidate === name);
    const work = passes[index]?.[1];
    if (!work) throw new RangeError(`no pass is called ${name}`);
    const result = await work(deps, { cursor: rest.length > 0 ? rest.join(SEPARATOR) : null, signal });
    const next = passes[index + 1]?.[0] ?? null;
    return { ...result, cursor: result.cursor === null ? next : `${name}${SEPARATOR}${result.cursor}` };
  };
}
