import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project, found upwards from this file so that sources and compiled code agree. */
export function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package-lock.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('This file is not inside the project folder.');
    folder = parent;
  }
  return folder;
}
