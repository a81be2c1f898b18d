import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { ObjectStore } from './object-store';
import { createS3Client } from './s3-client';
import { isRefused } from './storage-call';
import { s3OfEnvironment } from './testing/s3-of-environment';

const JSON_TYPE = { contentType: 'application/json' };
const TEXT = { contentType: 'text/plain' };
/** Longer than everything that an impatient call tries by itself. */
const AWAY_MS = 6_000;

describe('a store that is away', () => {
  let port: number;
  let client: S3Client;
  let objects: ObjectStore;
  let server: Server | undefined;

  beforeEach(async () => {
    const placeholder = createServer().listen(0, '127.0.0.1');
    await once(placeholder, 'listening');
    port = (placeholder.address() as AddressInfo).port;
    placeholder.close();
    await once(placeholder, 'close');
    client = createS3Client({ endpoint: `http://127.0.0.1:${port}`, region: 'x', accessKeyId: 'x', secretAccessKey: 'x' });
    const bucket = `b-${randomUUID()}`;
    objects = new ObjectStore(client, { originals: bucket, segments: bucket, transcoded: bucket });
  });

  afterEach(() => {
    client.destroy();
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  /** Answers every request with success. */
  function comeBack(): void {
    server = createServer((request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(200, { etag: '"1"', 'content-length': 2 }).end(request.method === 'HEAD' ? '' : '{}'));
    }).listen(port, '127.0.0.1');
  }

  it('is waited for by a patient caller, whatever is asked', async () => {
    const patient = objects.patient();
    const calls = Promise.all([
      patient.put('segments', 'a.json', '{}', JSON_TYPE),
      patient.putFile('segments', 'b', __filename, JSON_TYPE),
      patient.getJson('segments', 'a.json'),
      patient.head('segments', 'a.json'),
      patient.getRange('segments', 'a.json', { offset: 0, sizeBytes: 2 }),
    ]);
    setTimeout(comeBack, AWAY_MS);
    expect(await calls).toMatchObject([2, expect.any(Number), {}, { etag: '"1"' }, Buffer.from('{}')]);
  }, 60_000);

  it('fails an impatient call', async () => {
    await expect(objects.put('segments', 'a.json', '{}', JSON_TYPE)).rejects.toMatchObject({ type: 'StorageUnavailable' });
    await expect(objects.head('segments', 'a.json')).rejects.toMatchObject({ type: 'StorageUnavailable' });
  }, 60_000);

  it('leaves no file open, however often it is asked in vain', async () => {
    const openFiles = async () => (await readdir('/proc/self/fd')).length;
    const before = await openFiles();
    await expect(objects.putFile('segments', 'b', __filename, JSON_TYPE)).rejects.toMatchObject({ type: 'StorageUnavailable' });
    // A file is closed a moment after it is told so.
    await delay(200);
    expect(await openFiles()).toBeLessThanOrEqual(before);
  }, 60_000);

  it('is waited for no longer when the caller has to end', async () => {
    const ending = new AbortController();
    const call = objects.patient(ending.signal).put('segments', 'a.json', '{}', JSON_TYPE);
    setTimeout(() => ending.abort(new Error('cancelled')), 1_500);
    await expect(call).rejects.toThrow('cancelled');
  }, 60_000);
});

it('a store that hangs is waited for no longer than callers wait', async () => {
  const hanging = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const endpoint = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
  const client = createS3Client({ endpoint, region: 'x', accessKeyId: 'x', secretAccessKey: 'x' }, { answerWithinMs: 300 });
  const objects = new ObjectStore(client, { originals: 'b', segments: 'b', transcoded: 'b' });
  const startedAt = performance.now();
  await expect(objects.head('segments', 'a')).rejects.toMatchObject({ type: 'StorageUnavailable' });
  await expect(objects.get('segments', 'a')).rejects.toMatchObject({ type: 'StorageUnavailable' });
  await expect(objects.put('segments', 'a', 'b', TEXT)).rejects.toMatchObject({ type: 'StorageUnavailable' });
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  client.destroy();
  hanging.closeAllConnections();
  hanging.close();
});

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
        store.remover('segments').proveAccess('me'),
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
    await new ObjectStore(s3, buckets).remover('segments').proveAccess('me');
    expect([...(await new ObjectStore(s3, buckets).sizesBelow('segments', '')).keys()]).toEqual(['there']);
  });
});
