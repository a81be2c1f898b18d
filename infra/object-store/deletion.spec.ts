import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const FOLDERS = ['activities', 'apps', 'infra', 'temporal', 'workflows'];

/** What takes objects, their versions or a bucket away, and what lets a store do so later. */
const DELETING = /\b(DeleteObjectsCommand|DeleteObjectCommand|DeleteBucketCommand|PutBucketLifecycleConfigurationCommand)\b/;

it('leaves deletion to the one class that makes every prefix itself, and expiry to the rules of the buckets', () => {
  const deleting = FOLDERS.flatMap((folder) => sources(join(ROOT, folder))).filter((path) => DELETING.test(readFileSync(path, 'utf8')));
  expect(deleting.map((path) => relative(ROOT, path)).sort()).toEqual([
    'infra/object-store/buckets.ts',
    'infra/object-store/generation-remover.ts',
  ]);
});

it('gives that class no bucket of originals', () => {
  const uses = FOLDERS.flatMap((folder) => sources(join(ROOT, folder))).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/new GenerationRemover\(([^)]*)\)/g)].map((match) => match[1] ?? ''),
  );
  expect(uses.length).toBeGreaterThan(0);
  for (const use of uses) expect(use).not.toMatch(/originals/);
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/spec\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
