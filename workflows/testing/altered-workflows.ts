import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { defaultHomeFolder } from '../../infra/stack/home/stack-home';
import { projectRoot } from '../../infra/stack/setup/project-root';

/** The workflow code of this project with an altered `temporal/contract/pipeline.ts`, bundled as a release with other steps would be. */
export async function bundleWithPipeline(alter: (source: string) => string): Promise<WorkflowBundleWithSourceMap> {
  // Below the project, so that packages are found.
  const folder = mkdtempSync(join(defaultHomeFolder(), 'altered-workflows-'));
  try {
    for (const part of ['workflows', join('temporal', 'contract')]) {
      cpSync(join(projectRoot(), part), join(folder, part), { recursive: true, filter: (path) => !/spec\.ts$|histories/.test(path) });
    }
    const pipeline = join(folder, 'temporal', 'contract', 'pipeline.ts');
    const altered = alter(readFileSync(pipeline, 'utf8'));
    writeFileSync(pipeline, altered);
    return await bundleWorkflowCode({ workflowsPath: join(folder, 'workflows', 'index.ts'), logger: new DefaultLogger('ERROR') });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The source with rows at the start, in the middle and at the end of a table, and their work. Throws when it has no such table. */
export function withMoreRows(source: string, table: 'PIPELINE' | 'FIRST_WALK', required: boolean): string {
  const row = (step: string, after: string) => `  { step: '${step}', after: [${after}], required: ${required} },\n`;
  const open = `export const ${table}: Walk = [\n`;
  const start = source.indexOf(open) + open.length;
  const end = source.indexOf('];', start);
  if (start < open.length || end < 0) throw new RangeError(`the source has no table ${table}`);
  const rows = source.slice(start, end).split(/(?<=\n)/);
  const more = [row('earlier', ''), ...rows.slice(0, 4), row('beside', `'split'`), ...rows.slice(4), row('later', `'publish'`)];
  const work = ['earlier', 'beside', 'later'].map((step) => `  ${step}: { queue: 'drm', policy: 'package' },\n`).join('');
  return `${source.slice(0, start)}${more.join('')}${source.slice(end)}`.replace('export const STEP_WORK = {\n', (text) => text + work);
}
