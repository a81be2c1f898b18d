import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { groupLimits, ownControlGroup, type GroupLimits, type ReadText } from './control-group';
import { makeFolder } from './make-folder';

/** Resources that workers can use on this machine. */
export interface Machine {
  /** Processors' worth of time, a fraction under a quota. */
  cores: number;
  memoryBytes: number;
  /** Free on the disk of the scratch folder. */
  scratchBytes: number;
  /** GPUs that may have encoders; none when it is left out. */
  gpus?: number;
}

/** This machine within the limits of its cgroups. Makes the scratch folder. */
export async function thisMachine(scratchFolder: string): Promise<Machine> {
  makeFolder(scratchFolder);
  const { bsize, bavail } = await statfs(scratchFolder);
  const limits = ownLimits();
  return {
    cores: Math.min(availableParallelism(), limits.cpus ?? Infinity),
    // Node knows the limits of version 1 groups; zero is none.
    memoryBytes: Math.min(totalmem(), process.constrainedMemory() || Infinity, limits.memoryBytes ?? Infinity),
    scratchBytes: bsize * bavail,
    gpus: machineGpus(),
  };
}

/** Whole cores that this process may use, at least one. */
export function machineCores(): number {
  return Math.max(1, Math.floor(Math.min(availableParallelism(), ownLimits().cpus ?? Infinity)));
}

/** GPUs whose device files this process sees; whether they encode, a worker finds out. */
export function machineGpus(): number {
  const names = (folder: string, pattern: RegExp) => (existsSync(folder) ? readdirSync(folder).filter((name) => pattern.test(name)) : []);
  // A card of NVIDIA may have a render node as well.
  return Math.max(names('/dev', /^nvidia\d+$/).length, names('/dev/dri', /^renderD\d+$/).length);
}

function ownLimits(): GroupLimits {
  return groupLimits(readText, ownControlGroup(readText));
}

export const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
