import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { ListingPage } from './bucket-listing';
import type { OpenUploadsMarker, OpenUploadsPage, UploadRef } from './multipart-uploads';
import { ObjectStore } from './object-store';
import { s3OfEnvironment } from './testing/s3-of-environment';

const bucket = `listing-${randomUUID()}`;
const client = s3OfEnvironment();
const objects = new ObjectStore(client, { originals: bucket, segments: 'none', transcoded: 'none' });
const listing = objects.listing('originals');
const folders = Array.from({ length: 7 }, (_, index) => `video-${index}`);

beforeAll(async () => {
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  for (const folder of folders) {
    for (const name of ['g1/a', 'g1/b', 'g10/a']) await objects.put('originals', `${folder}/${name}`, 'x', { contentType: 'text/plain' });
  }
});
afterAll(() => client.destroy());

async function everyPage(list: (cursor: string | null) => Promise<ListingPage>): Promise<{ names: string[]; largest: number }> {
  const names: string[] = [];
  let largest = 0;
  let cursor: string | null = null;
  do {
    const page: ListingPage = await list(cursor);
    names.push(...page.names);
    largest = Math.max(largest, page.names.length);
    cursor = page.cursor;
  } while (cursor !== null);
  return { names, largest };
}

it('lists each folder once, page by page', async () => {
  expect(await everyPage((cursor) => listing.folders({ cursor, limit: 3 }))).toEqual({ names: folders, largest: 3 });
});

it('lists each key once, page by page', async () => {
  const { names, largest } = await everyPage((cursor) => listing.keys({ cursor, limit: 4 }));
  expect(names).toEqual(folders.flatMap((folder) => [`${folder}/g1/a`, `${folder}/g1/b`, `${folder}/g10/a`]));
  expect(largest).toBe(4);
});

it('tells when something was last written below a prefix', async () => {
  const before = Date.now();
  await objects.put('originals', 'video-0/g1/c', 'x', { contentType: 'text/plain' });
  // Stores keep whole seconds.
  expect(await listing.newestWriteBelow('video-0/g1/')).toBeGreaterThanOrEqual(before - 1000);
  expect(await listing.newestWriteBelow('video-9/')).toBeNull();
});

it('lists uploads in progress once, page by page, until they are over', async () => {
  const uploads = objects.uploads();
  const open: UploadRef[] = [];
  for (const key of ['a/original.mp4', 'a/original.mp4', 'b/original.mp4', 'c/original.mp4', 'd/original.mp4'])
    open.push(await uploads.create(key, 'video/mp4'));
  const list = async () => {
    const seen: string[] = [];
    let from: OpenUploadsMarker | null = null;
    do {
      const page: OpenUploadsPage = await uploads.listOpen(from, 2);
      for (const upload of page.uploads) {
        seen.push(upload.uploadId);
        expect(Math.abs(upload.startedAt.getTime() - Date.now())).toBeLessThan(60_000);
      }
      from = page.next;
    } while (from !== null);
    return seen.sort();
  };
  expect(await list()).toEqual(open.map(({ uploadId }) => uploadId).sort());
  for (const upload of open) await uploads.abort(upload);
  expect(await list()).toEqual([]);
});
