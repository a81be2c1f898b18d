import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { MadeBucket } from './bucket-names';
import { GenerationRemover } from './generation-remover';
import { ObjectStore } from './object-store';
import { createS3Client } from './s3-client';

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
    [...readFileSync(path, 'utf8').matchAll(/(?:new GenerationRemover|\.remover)\(([^)]*)\)/g)].map((match) => match[1] ?? ''),
  );
  expect(uses.length).toBeGreaterThan(0);
  for (const use of uses) expect(use).not.toMatch(/originals/);
});

// The type check of these lines is the test: without the error that is expected, they do not compile.
it('does not compile with the bucket of originals, nor with a client taken out of the store', () => {
  const client = createS3Client({ endpoint: 'http://127.0.0.1:1', region: 'x', accessKeyId: 'x', secretAccessKey: 'x' });
  const buckets = { originals: 'o', segments: 's', transcoded: 't' };
  const store = new ObjectStore(client, buckets);
  const purpose: MadeBucket[] = ['segments', 'transcoded'];
  const removers = [
    ...purpose.map((bucket) => store.remover(bucket)),
    // @ts-expect-error originals are never deleted
    store.remover('originals'),
    // @ts-expect-error originals are never deleted
    new GenerationRemover(client, buckets, 'originals'),
    // @ts-expect-error nor by the name of their bucket
    new GenerationRemover(client, buckets, buckets.originals),
    // @ts-expect-error the client of a store is its own
    new GenerationRemover(store.client, buckets, 'segments'),
  ];
  expect(removers).toHaveLength(6);
  store.destroy();
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/spec\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}
