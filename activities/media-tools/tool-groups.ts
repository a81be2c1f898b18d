import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOOL_NICENESS } from '../../infra/machine/limited-command';
import { ownControlGroup, type ReadText } from '../../infra/machine/control-group';
import { readText } from '../../infra/machine/machine';
import { GIB } from '../../temporal/contract/units';

/** A group may hold processes or groups with limits, not both (cgroups(7), "no internal processes"): the worker moves into this one. */
const WORKER_GROUP = 'sprocket-worker';
const TOOL_GROUP = /^sprocket-tool-(\d+)-\d+$/;
const REMOVE_ATTEMPTS = 20;
const REMOVE_RETRY_MS = 25;

/** Bounds on all processes of one run of a tool, kept by the kernel. */
export interface GroupBounds {
  memoryBytes: number;
  /** Processors' worth of time; null sets no limit, so that idle time is used. */
  cpus: number | null;
}

/** The largest picture that is accepted takes 3 GB in a whole ladder; no tool may take the machine from the others. */
const TOOL_MEMORY_BYTES = 8 * GIB;
const TOOL_MEMORY_SHARE = 0.8;

/** The memory that one run may take on a machine, unless its operator says otherwise. */
export function toolMemoryBytes(machineBytes: number): number {
  return Math.min(TOOL_MEMORY_BYTES, machineBytes * TOOL_MEMORY_SHARE);
}

/** The control group of one run of a tool. */
export interface ToolGroup {
  /** Threads included; children stay in it. */
  add(pid: number): void;
  /** Whether the kernel killed a process for its memory. */
  ranOutOfMemory(): boolean;
  /** Ends what is left in it and removes it. */
  close(): Promise<void>;
}

/**
 * Files of a group and what is written into them. Swap would only make a run out of memory slow. The niceness of a process counts in its group
 * alone, so the group has one of its own (cgroup-v2, `cpu.weight.nice`).
 */
export function groupFiles({ memoryBytes, cpus }: GroupBounds, niceness: number): [file: string, text: string, required: boolean][] {
  const period = 100_000;
  return [
    ['memory.max', String(Math.floor(memoryBytes)), true],
    ['memory.swap.max', '0', false],
    ['memory.oom.group', '1', false],
    ['cpu.weight.nice', String(niceness), false],
    ...(cpus === null ? [] : [['cpu.max', `${Math.ceil(cpus * period)} ${period}`, true] as [string, string, boolean]]),
  ];
}

/** Processes killed for memory, from the text of `memory.events`. */
export function countMemoryKills(text: string | null): number {
  return Number(/^oom_kill (\d+)$/m.exec(text ?? '')?.[1] ?? 0);
}

/** Makes a control group for each run of a tool below `base`, which must pass the controllers on. */
export class ToolGroups {
  private made = 0;

  constructor(
    readonly base: string,
    private readonly bounds: GroupBounds,
  ) {}

  /** Throws what the system answers when it does not permit a group with these bounds. */
  open(niceness = TOOL_NICENESS): ToolGroup {
    const folder = join(this.base, `sprocket-tool-${process.pid}-${++this.made}`);
    mkdirSync(folder);
    try {
      for (const [file, text, required] of groupFiles(this.bounds, niceness)) {
        if (required || existsSync(join(folder, file))) writeFileSync(join(folder, file), text);
      }
    } catch (error) {
      rmdirSync(folder);
      throw error;
    }
    return {
      add: (pid) => addProcess(folder, pid),
      ranOutOfMemory: () => countMemoryKills(readText(join(folder, 'memory.events'))) > 0,
      close: () => removeGroup(folder),
    };
  }
}

/**
 * Control groups for tools where this process may make them: a version 2 group that is its own alone, as in a container or
 * a systemd unit with `Delegate=yes`. Null elsewhere; nothing is left changed then.
 */
export async function openToolGroups(bounds: GroupBounds, read: ReadText = readText): Promise<ToolGroups | null> {
  const base = delegatedGroup(read);
  if (!base) return null;
  const own = join(base, WORKER_GROUP);
  const isFirst = !existsSync(own);
  try {
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'cgroup.procs'), String(process.pid));
    writeFileSync(join(base, 'cgroup.subtree_control'), '+memory +cpu');
    const groups = new ToolGroups(base, bounds);
    await groups.open().close();
    await removeLeftGroups(base);
    return groups;
  } catch {
    if (isFirst) await leave(base, own);
    return null;
  }
}

/** The group to work below, or null when others share it, it cannot limit memory and processors, or it is the system's own top. */
export function delegatedGroup(read: ReadText): string | null {
  const group = ownControlGroup(read);
  if (!group) return null;
  const isMoved = basename(group.folder) === WORKER_GROUP;
  const base = isMoved ? dirname(group.folder) : group.folder;
  // Only the top of the whole system has no events of its own.
  if (read(join(base, 'cgroup.events')) === null) return null;
  const controllers = (read(join(base, 'cgroup.controllers')) ?? '').trim().split(' ');
  if (!['memory', 'cpu'].every((name) => controllers.includes(name))) return null;
  const sharers = (read(join(base, 'cgroup.procs')) ?? '').split('\n').filter(Boolean).map(Number);
  return sharers.every((pid) => pid === process.pid) ? base : null;
}

async function leave(base: string, own: string): Promise<void> {
  try {
    writeFileSync(join(base, 'cgroup.procs'), String(process.pid));
    rmdirSync(own);
  } catch {
    // The process stays where it is; an empty group limits nothing.
  }
}

/** A tool that has ended already needs no bounds. */
function addProcess(folder: string, pid: number): void {
  try {
    writeFileSync(join(folder, 'cgroup.procs'), String(pid));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Groups of workers that were killed. */
async function removeLeftGroups(base: string): Promise<void> {
  for (const name of readdirSync(base)) {
    const pid = TOOL_GROUP.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) await removeGroup(join(base, name));
  }
}

/** A group can be removed once the last process in it is gone, a moment after it was killed. */
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 1; attempt <= REMOVE_ATTEMPTS; attempt++) {
    try {
      if (existsSync(join(folder, 'cgroup.kill'))) writeFileSync(join(folder, 'cgroup.kill'), '1');
      rmdirSync(folder);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      await sleep(REMOVE_RETRY_MS);
    }
  }
}
