import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Throws the error of the file system. `mkdir` with `recursive` never returns where a
 * file system answers ENOENT below a folder that exists, as /proc does.
 */
export function makeFolder(path: string, mode?: number): void {
  try {
    makeLast(path, mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path), mode);
    makeLast(path, mode);
  }
}

/** Another process may have made it meanwhile. */
function makeLast(path: string, mode?: number): void {
  try {
    mkdirSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
}
