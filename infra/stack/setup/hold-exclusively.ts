import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root';

/** Runs `work` while no other process runs work under this name; `onWait` is called once when it has to wait. */
export async function holdExclusively<T>(name: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  // Plain JavaScript, never compiled: the set-up needs it before there is any build.
  const module = pathToFileURL(join(projectRoot(), 'infra', 'stack', 'setup', 'exclusive.mjs')).href;
  const { exclusively } = (await import(module)) as typeof import('./exclusive.mjs');
  return exclusively(name, onWait, work);
}
