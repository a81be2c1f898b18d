import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/stack/setup/project-root';

export const CLIENT_FOLDER = join(projectRoot(), 'packages', 'client');
/** Written last by a build. */
const MARK = join(CLIENT_FOLDER, 'dist', 'package.json');

/** Does the same as `npm run client:build`, unless that was done since the sources changed. Types are checked with the whole project. */
export function buildClient(): void {
  if (isBuilt()) return;
  const tsc = join(projectRoot(), 'node_modules', 'typescript', 'bin', 'tsc');
  for (const args of [[tsc, '-p', CLIENT_FOLDER, '--noCheck'], [join(CLIENT_FOLDER, 'mark-as-module.mjs')]]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stdout + stderr);
  }
}

function isBuilt(): boolean {
  const builtAt = statSync(MARK, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = [
    join(CLIENT_FOLDER, 'tsconfig.json'),
    ...readdirSync(join(CLIENT_FOLDER, 'src')).map((name) => join(CLIENT_FOLDER, 'src', name)),
  ];
  return sources.every((source) => statSync(source).mtimeMs < builtAt);
}
