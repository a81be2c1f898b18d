import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../infra/machine/make-folder';

/**
 * Makes a scratch folder for this process below `root` and removes those that killed processes of this host left behind.
 * Resolves to its path. Rejects with the error of the file system where the folder cannot be made.
 */
export async function claimScratch(root: string): Promise<string> {
  makeFolder(root);
  const prefix = `${hostname()}-`;
  for (const name of await readdir(root)) {
    // Folders of other hosts on a shared disk are left to those hosts.
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(root, name), { recursive: true, force: true });
  }
  const own = join(root, `${prefix}${process.pid}`);
  makeFolder(own);
  return own;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
