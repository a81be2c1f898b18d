import { statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../setup/project-root';

/** A compiled program of this project and what tells one build of it from the next. */
export function nodeProgram(name: 'api' | 'worker' | 'autoscaler' | 'setup-temporal'): { path: string; version: string } {
  const path = join(projectRoot(), 'dist', 'apps', name, 'main.js');
  return { path, version: `${process.version} ${buildStamp()}` };
}

/** Every build of the project ends with the workflow bundle. */
function buildStamp(): string {
  const stats = statSync(join(projectRoot(), 'dist', 'workflow-bundle.js'), { throwIfNoEntry: false });
  return String(stats?.mtimeMs ?? 0);
}
