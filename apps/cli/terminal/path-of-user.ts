import { resolve } from 'node:path';

/** A path as it was typed: npm runs scripts in the folder of the project, and INIT_CWD is where its user was. */
export function pathOfUser(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path);
}
