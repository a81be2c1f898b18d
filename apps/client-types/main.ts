import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { apiTypes } from './api-types';
import { offlineDocument } from './offline-document';

/** Writes the types of the client; with `--check` it only says whether they are those of the API, by its exit code. */
async function main(): Promise<void> {
  const file = join(projectRoot(), 'packages', 'client', 'src', 'api-types.ts');
  const types = await apiTypes(await offlineDocument());
  if (!process.argv.includes('--check')) writeFileSync(file, types);
  else if (readFileSync(file, 'utf8') !== types) {
    process.stderr.write('The types of packages/client are older than the API; run: npm run client:types\n');
    process.exitCode = 1;
  }
}

void main();
