/** What may import what; see ARCHITECTURE.md, whose table is made of the same rows. */
const ROWS = require('./infra/import-rules/import-table.json');

const SOURCES = '^(apps|activities|bench|infra|packages|temporal|workflows)/';
/** What only tests import. Tests themselves are left out of the graph: they may import everything. */
const FOR_TESTS = ['/testing/', '^activities/test-media/', '^apps/e2e/'];

/** A folder without those below it that have rows of their own. */
function filesOf(folder) {
  const below = ROWS.map((row) => row.folder).filter((other) => other.startsWith(`${folder}/`));
  const names = below.map((other) => other.slice(folder.length + 1));
  return names.length === 0 ? `^${folder}/` : `^${folder}/(?!(${names.join('|')})/)`;
}

/** A row without its types is about values only where it has types. */
function rulesOf({ folder, imports, types = [] }) {
  if (imports.includes('everything')) return [];
  const from = { path: filesOf(folder), pathNot: FOR_TESTS };
  const outside = (allowed) => ({ path: SOURCES, pathNot: [folder, ...allowed].map(filesOf) });
  return [
    { name: `${folder} imports`, severity: 'error', from, to: { ...outside(imports), dependencyTypesNot: ['type-only'] } },
    { name: `${folder} types`, severity: 'error', from, to: outside([...imports, ...types]) },
  ];
}

module.exports = {
  forbidden: [
    ...ROWS.flatMap(rulesOf),
    { name: 'no cycle of files', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    ...['workflows/planning', 'activities', 'infra/stack'].map((parent) => ({
      name: `no cycle of folders in ${parent}`,
      severity: 'error',
      scope: 'folder',
      from: { path: `^${parent}/[^/]+`, pathNot: ['/testing', '^activities/test-media'] },
      to: { circular: true },
    })),
    {
      name: 'test code is for tests',
      severity: 'error',
      from: { pathNot: ['^bench/', ...FOR_TESTS] },
      to: { path: FOR_TESTS },
    },
    {
      name: 'S3 through infra/object-store only',
      comment: 'A raw client can delete originals.',
      severity: 'error',
      from: { path: '^(apps|activities)/', pathNot: FOR_TESTS },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'pure workflows',
      severity: 'error',
      from: { path: '^workflows/', pathNot: FOR_TESTS },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: ['node_modules/@temporalio/(common|workflow)/', 'node_modules/zod/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^(dist|packages/[^/]+/dist|\\.sprocket)/', '[.-]spec\\.ts$'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json', '.d.mts'] },
  },
};
