import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { GenerationRemover } from './generation-remover';
import { ObjectStore } from './object-store';
import { createS3Client } from './s3-client';
import { isRefused } from './storage-call';
import { s3OfEnvironment } from './testing/s3-of-environment';

const TEXT = { contentType: 'text/plain' };

describe('a store that does not take the credentials', () => {
  const bucket = `refused-${randomUUID()}`;
  const buckets = { originals: 'none', segments: bucket, transcoded: bucket };
  let s3: S3Client;
  const refused: S3Client[] = [];

  beforeAll(async () => {
    s3 = s3OfEnvironment();
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await new ObjectStore(s3, buckets).put('segments', 'there', 'x', TEXT);
  });

  afterAll(() => [s3, ...refused].forEach((client) => client.destroy()));

  function withCredentials(change: { accessKeyId?: string; secretAccessKey?: string }): S3Client {
    const endpoint = process.env['S3_ENDPOINT'] ?? '';
    const right = { accessKeyId: process.env['S3_ACCESS_KEY_ID'] ?? '', secretAccessKey: process.env['S3_SECRET_ACCESS_KEY'] ?? '' };
    const client = createS3Client({ endpoint, region: 'us-east-1', ...right, ...change });
    refused.push(client);
    return client;
  }

  it.each([
    ['secret', { secretAccessKey: 'wrong' }],
    ['key', { accessKeyId: 'wrong' }],
  ])(
    'is the service that is not available, at once and for patient callers too: %s',
    async (_, change) => {
      const store = new ObjectStore(withCredentials(change), buckets).patient();
      const calls: Promise<unknown>[] = [
        store.put('segments', 'a', 'x', TEXT),
        store.putFile('segments', 'b', __filename, TEXT),
        store.get('segments', 'there'),
        store.head('segments', 'there'),
        store.sizesBelow('segments', ''),
        new GenerationRemover(store.client, bucket).proveAccess('me'),
      ];
      for (const outcome of await Promise.all(calls.map((call) => call.catch((error: unknown) => error)))) {
        expect(outcome).toMatchObject({ type: 'StorageUnavailable' });
        expect(isRefused(outcome)).toBe(true);
      }
    },
    30_000,
  );

  it('is told from one that has no such object or is away', async () => {
    expect(await new ObjectStore(s3, buckets).head('segments', 'nowhere')).toBeNull();
    const away = createS3Client({ endpoint: 'http://127.0.0.1:1', region: 'x', accessKeyId: 'x', secretAccessKey: 'x' });
    refused.push(away);
    const error: unknown = await new ObjectStore(away, buckets).head('segments', 'there').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ type: 'StorageUnavailable' });
    expect(isRefused(error)).toBe(false);
  }, 30_000);

  it('is proved to take them by what is written, read and deleted', async () => {
    await new GenerationRemover(s3, bucket).proveAccess('me');
    expect([...(await new ObjectStore(s3, buckets).sizesBelow('segments', '')).keys()]).toEqual(['there']);
  });
});
