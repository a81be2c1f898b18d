import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateBucketCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { MIB } from '../../temporal/contract/units';
import { ObjectStore } from './object-store';
import { s3OfEnvironment } from './testing/s3-of-environment';

const TYPE = { contentType: 'video/x-matroska' };

const bucket = `files-${randomUUID()}`;
const client = s3OfEnvironment();
const objects = new ObjectStore(client, { originals: 'none', segments: bucket, transcoded: 'none' });
let folder: string;
let large: string;
const content = Buffer.concat(Array.from({ length: 5 }, () => randomBytes(16 * MIB)));

beforeAll(async () => {
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  folder = await mkdtemp(join(tmpdir(), 'send-file-'));
  large = join(folder, 'large');
  await writeFile(large, content);
});

afterAll(async () => {
  client.destroy();
  await rm(folder, { recursive: true });
});

it('stores a large file in parts, byte for byte', async () => {
  expect(await objects.putFile('segments', 'large', large, TYPE)).toBe(content.length);
  const stored = await objects.getWithEtag('segments', 'large');
  expect(createHash('sha256').update(stored!.bytes).digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  expect(stored!.etag).toMatch(/-5"$/);
  expect(await objects.head('segments', 'large')).toMatchObject({ contentType: TYPE.contentType });
});

it('leaves nothing behind when the task has to end in the middle', async () => {
  const ending = new AbortController();
  const sending = objects.patient(ending.signal).putFile('segments', 'given-up', large, TYPE);
  while ((await uploads()) === 0) await delay(1);
  ending.abort(new Error('cancelled'));
  await expect(sending).rejects.toThrow('cancelled');
  while ((await uploads()) > 0) await delay(20);
  expect(await objects.head('segments', 'given-up')).toBeNull();
});

async function uploads(): Promise<number> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  return Uploads.length;
}
