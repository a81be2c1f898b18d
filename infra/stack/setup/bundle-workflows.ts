import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { projectRoot } from './project-root';

/** Writes the workflow code as one file, so that a worker starts without a bundler. */
async function bundleWorkflows(): Promise<void> {
  const bundle = await bundleWorkflowCode({
    workflowsPath: join(projectRoot(), 'workflows', 'index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  const target = join(projectRoot(), 'dist', 'workflow-bundle.js');
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bundle.code);
}

bundleWorkflows().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
