import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '../stack/setup/project-root';
import rows from './import-table.json';

const CHECKER = join(projectRoot(), 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const RULES = join(projectRoot(), '.dependency-cruiser.cjs');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Names of the rules that a project of these files breaks. */
function violations(files: Record<string, string>): string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const args = [
    CHECKER,
    '--config',
    RULES,
    '--output-type',
    'json',
    ...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? '')),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (stderr) throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[]; totalCruised: number } };
  expect(summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(files).length);
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const LADDER = { 'workflows/planning/plan/ladder.ts': 'export const ladder = 1;\nexport type Ladder = number;\n' };

it('tells values from types', () => {
  const values = { 'apps/api/view.ts': "import { ladder } from '../../workflows/planning/plan/ladder';\nexport const view = ladder;\n" };
  expect(violations({ ...LADDER, ...values })).toEqual(['apps/api imports']);
  const types = { 'apps/api/view.ts': "import type { Ladder } from '../../workflows/planning/plan/ladder';\nexport type View = Ladder;\n" };
  expect(violations({ ...LADDER, ...types })).toEqual([]);
});

it.each([
  ['another app', 'apps/api/a.ts', 'apps/worker/b.ts', ['apps/api imports', 'apps/api types']],
  ['activities', 'apps/autoscaler/a.ts', 'activities/task/b.ts', ['apps/autoscaler imports', 'apps/autoscaler types']],
  ['the embedded stack', 'activities/task/a.ts', 'infra/stack/b.ts', ['activities imports', 'activities types']],
  ['the client of Temporal', 'workflows/a.ts', 'temporal/b.ts', ['workflows imports', 'workflows types']],
  ['anything from the contract', 'temporal/contract/a.ts', 'temporal/b.ts', ['temporal/contract imports', 'temporal/contract types']],
  ['code for tests', 'temporal/a.ts', 'temporal/testing/b.ts', ['test code is for tests']],
])('refuses %s where the table does not have it', (_what, from, to, expected) => {
  const path = `${'../'.repeat(from.split('/').length - 1)}${to.replace('.ts', '')}`;
  expect(violations({ [from]: `import { b } from '${path}';\nexport const a = b;\n`, [to]: 'export const b = 1;\n' })).toEqual(expected);
});

it('refuses a cycle of folders whose files make none', () => {
  const files = {
    'workflows/planning/plan/a.ts': "import { b } from '../encode/b';\nexport const a = b;\n",
    'workflows/planning/encode/b.ts': 'export const b = 1;\n',
    'workflows/planning/encode/c.ts': "import type { D } from '../plan/d';\nexport type C = D;\n",
    'workflows/planning/plan/d.ts': 'export type D = 1;\n',
  };
  expect(violations(files)).toEqual(['no cycle of folders in workflows/planning']);
  expect(violations({ ...files, 'workflows/planning/encode/c.ts': 'export type C = 1;\n' })).toEqual([]);
});

it('refuses a cycle of files', () => {
  const files = {
    'infra/a.ts': "import { b } from './b';\nexport const a = () => b;\n",
    'infra/b.ts': "import { a } from './a';\nexport const b = () => a;\n",
  };
  expect(violations(files)).toEqual(['no cycle of files']);
});

it.each([
  ['activities/task/a.ts', "import { S3Client } from '@aws-sdk/client-s3';", 'S3 through infra/object-store only'],
  ['workflows/planning/plan/a.ts', "import { readFileSync } from 'node:fs';", 'pure workflows'],
])('refuses in %s %s', (path, line, rule) => {
  const client = { 'node_modules/@aws-sdk/client-s3/package.json': '{"main":"i.js"}', 'node_modules/@aws-sdk/client-s3/i.js': '' };
  for (const [name, text] of Object.entries(client)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  expect(violations({ [path]: `${line}\nexport const a = 1;\n` })).toEqual([rule]);
});

it('is the table of ARCHITECTURE.md, row by row', () => {
  const code = (folders: readonly string[]) => folders.map((one) => (one === 'everything' ? one : `\`${one}\``)).join(', ');
  const wanted = rows.map(({ folder: name, meaning, imports, types }) => {
    const allowed = [code(imports), types ? `types of ${code(types)}` : ''].filter(Boolean).join('; ');
    return `| \`${name}\` | ${meaning} | ${allowed || 'nothing'} |`;
  });
  const text = readFileSync(join(projectRoot(), 'ARCHITECTURE.md'), 'utf8');
  expect(text.split('\n').filter((line) => /^\| `(apps|activities|bench|infra|packages|temporal|workflows)/.test(line))).toEqual(wanted);
});
