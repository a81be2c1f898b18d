import { randomBytes } from 'node:crypto';
import { GetBucketCorsCommand, GetBucketLifecycleConfigurationCommand, GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { ensureBuckets } from './buckets';
import { createS3Client } from './s3-client';
import { s3OfEnvironment } from './testing/s3-of-environment';

const suffix = randomBytes(4).toString('hex');
const buckets = { originals: `originals-${suffix}`, segments: `segments-${suffix}`, transcoded: `transcoded-${suffix}` };
const client = s3OfEnvironment();

afterAll(() => client.destroy());

it('makes the buckets and their rules, also when several processes do so at once, and again', async () => {
  const warnings: string[] = [];
  const ensure = () => ensureBuckets(client, buckets, (message) => warnings.push(message));
  await Promise.all([ensure(), ensure(), ensure()]);
  await ensure();
  expect(warnings).toEqual([]);

  expect(await client.send(new GetBucketVersioningCommand({ Bucket: buckets.originals }))).toMatchObject({ Status: 'Enabled' });
  const cors = await client.send(new GetBucketCorsCommand({ Bucket: buckets.originals }));
  expect(cors.CORSRules?.[0]).toMatchObject({ ExposeHeaders: ['ETag'] });
  const rulesOf = async (bucket: string) =>
    (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))).Rules?.map((rule) => rule.ID);
  expect(await rulesOf(buckets.segments)).toEqual(expect.arrayContaining(['expire-segments']));
  expect((await rulesOf(buckets.originals)) ?? []).not.toContain('expire-segments');
});

it('rejects when the store does not answer', async () => {
  const nowhere = createS3Client({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b' });
  await expect(ensureBuckets(nowhere, buckets, () => undefined)).rejects.toMatchObject({ type: 'StorageUnavailable' });
});
