import { join, relative } from 'node:path';

/** Text of a file, or null when it cannot be read. */
export type ReadText = (path: string) => string | null;

/** Limits of the cgroups (cgroups(7), version 2) around a process; null where none is set. */
export interface GroupLimits {
  /** Processors' worth of time. */
  cpus: number | null;
  memoryBytes: number | null;
}

/** The cgroup of this process: its folder, and the folder of the hierarchy's top as far as this process sees it. */
export interface ControlGroup {
  folder: string;
  top: string;
}

/** Null where there is no version 2 hierarchy, or none that has the group of this process in it. */
export function ownControlGroup(read: ReadText): ControlGroup | null {
  const path = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1];
  const mount = (read('/proc/self/mountinfo') ?? '')
    .split('\n')
    .map(parseMount)
    .find((one) => one?.type === 'cgroup2');
  if (path === undefined || !mount) return null;
  // Without a namespace of its own, a container sees the path from the host's top and only its own part mounted.
  const below = relative(mount.root, path);
  if (below.startsWith('..')) return null;
  return { folder: join(mount.point, below), top: mount.point };
}

/** The tightest limits from the group of this process up to the top. */
export function groupLimits(read: ReadText, group: ControlGroup | null): GroupLimits {
  const limits: GroupLimits = { cpus: null, memoryBytes: null };
  for (let folder = group?.folder; group && folder; folder = folder === group.top ? undefined : join(folder, '..')) {
    limits.cpus = least(limits.cpus, parseCpuMax(read(join(folder, 'cpu.max'))));
    limits.memoryBytes = least(limits.memoryBytes, parseMemoryMax(read(join(folder, 'memory.max'))));
  }
  return limits;
}

/** "quota period" in microseconds; `max` is no limit. */
function parseCpuMax(text: string | null): number | null {
  const match = /^(\d+) (\d+)\s*$/.exec(text ?? '');
  return match ? Number(match[1]) / Number(match[2]) : null;
}

function parseMemoryMax(text: string | null): number | null {
  return /^\d+\s*$/.test(text ?? '') ? Number(text) : null;
}

function least(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

/** A line of mountinfo (proc(5)): the type stands behind a hyphen, since optional fields vary in number. */
function parseMount(line: string): { root: string; point: string; type: string } | null {
  const [before = '', after = ''] = line.split(' - ');
  const fields = before.split(' ');
  const [root, point, type] = [fields[3], fields[4], after.split(' ')[0]];
  return root && point && type ? { root, point, type } : null;
}
