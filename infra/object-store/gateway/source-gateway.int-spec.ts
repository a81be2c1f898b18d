import { randomBytes, randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { MIB } from '../../../temporal/contract/units';
import { ObjectStore } from '../object-store';
import { createS3Client } from '../s3-client';
import { s3OfEnvironment } from '../testing/s3-of-environment';
import { SourceGateway } from './source-gateway';

describe('SourceGateway', () => {
  const client = s3OfEnvironment();
  const bucket = `gateway-${randomUUID()}`;
  const objects = new ObjectStore(client, { originals: bucket, segments: bucket, transcoded: bucket });
  const gateway = new SourceGateway(objects);
  const content = randomBytes(5 * MIB + 17);

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    await gateway.start();
  });

  afterAll(async () => {
    await gateway.stop();
    client.destroy();
  });

  /** A key of its own, so that no block is cached from another test. */
  async function stored(): Promise<{ bucket: 'originals'; key: string }> {
    const key = randomUUID();
    await objects.put('originals', key, content, { contentType: 'video/mp4' });
    return { bucket: 'originals', key };
  }

  async function get(url: string, range?: string): Promise<{ status: number; body: Buffer; contentRange: string | null }> {
    const response = await fetch(url, { headers: range ? { range } : {} });
    return {
      status: response.status,
      body: Buffer.from(await response.arrayBuffer()),
      contentRange: response.headers.get('content-range'),
    };
  }

  it('serves the whole object and fetches each byte once', async () => {
    await gateway.use(await stored(), async (source) => {
      const { status, body } = await get(source.url);
      expect(status).toBe(200);
      expect(body.equals(content)).toBe(true);
      expect(source.bytesRead()).toBe(content.length);
      await get(source.url);
      expect(source.bytesRead()).toBe(content.length);
    });
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=262143-262145', 262_143, 262_146],
    ['bytes=5000000-', 5_000_000, 5 * MIB + 17],
    ['bytes=1-99999999', 1, 5 * MIB + 17],
  ])('serves %s', async (range, start, end) => {
    await gateway.use(await stored(), async (source) => {
      const { status, body, contentRange } = await get(source.url, range);
      expect(status).toBe(206);
      expect(body.equals(content.subarray(start, end))).toBe(true);
      expect(contentRange).toBe(`bytes ${start}-${end - 1}/${content.length}`);
    });
  });

  it('reads little for a small range', async () => {
    await gateway.use(await stored(), async (source) => {
      await get(source.url, 'bytes=3000000-3000100');
      expect(source.bytesRead()).toBeLessThan(MIB);
    });
  });

  it('refuses a range behind the end', async () => {
    await gateway.use(await stored(), async (source) => {
      expect((await get(source.url, 'bytes=99999999-')).status).toBe(416);
    });
  });

  it('serves nothing under a URL whose session is over', async () => {
    const url = await gateway.use(await stored(), async (source) => source.url);
    expect((await get(url)).status).toBe(404);
  });

  it('says that a source is missing', async () => {
    const missing = gateway.use({ bucket: 'originals', key: 'nothing' }, async () => undefined);
    await expect(missing).rejects.toMatchObject({ type: 'SourceNotFound' });
  });

  it('reports lost storage in place of what a tool made of it', async () => {
    const broken = createS3Client({ endpoint: 'http://127.0.0.1:9', region: 'x', accessKeyId: 'x', secretAccessKey: 'x' });
    const source = await stored();
    const half = new ObjectStore(client, objects.buckets);
    // The head is answered, and then storage is gone.
    half.getRange = (name, key, range) => new ObjectStore(broken, objects.buckets).getRange(name, key, range);
    half.patient = () => half;
    const own = new SourceGateway(half);
    await own.start();
    const run = own.use(source, async ({ url }) => {
      await get(url);
      throw new Error('ffmpeg ended with exit code 1');
    });
    await expect(run).rejects.toMatchObject({ type: 'StorageUnavailable' });
    await own.stop();
    broken.destroy();
  }, 60_000);
});
