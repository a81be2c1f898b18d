import { readFileSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { groupLimits, ownControlGroup, type GroupLimits, type ReadText } from './control-group';

/** Resources that workers can use on this machine. */
export interface Machine {
  /** Processors' worth of time, a fraction under a quota. */
  cores: number;
  memoryBytes: number;
  /** Free on the disk of the scratch folder. */
  scratchBytes: number;
}

/** This machine within the limits of its cgroups. Makes the scratch folder. */
export async function thisMachine(scratchFolder: string): Promise<Machine> {
  await mkdir(scratchFolder, { recursive: true });
  const { bsize, bavail } = await statfs(scratchFolder);
  const limits = ownLimits();
  return {
    cores: Math.min(availableParallelism(), limits.cpus ?? Infinity),
    // Node knows the limits of version 1 groups; zero is none.
    memoryBytes: Math.min(totalmem(), process.constrainedMemory() || Infinity, limits.memoryBytes ?? Infinity),
    scratchBytes: bsize * bavail,
  };
}

/** Whole cores that this process may use, at least one. */
export function machineCores(): number {
  return Math.max(1, Math.floor(Math.min(availableParallelism(), ownLimits().cpus ?? Infinity)));
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
