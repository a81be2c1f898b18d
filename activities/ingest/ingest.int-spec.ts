import { createHash, randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import { IngestRepository, type NewSource } from '../../infra/database/ingest/ingest-repository';
import { newVideo } from '../../infra/database/testing/new-video';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { SafeFetch } from '../../infra/safe-fetch/safe-fetch';
import { MIB } from '../../temporal/contract/units';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { ingest } from './ingest';
import type { IngestDependencies } from './ingest-dependencies';
import { OddServer } from './testing/odd-server';

const PART = 5 * MIB;
const FILE = randomBytes(3 * PART + 7);
const RANGES = ['0-5242879', '5242880-10485759', '10485760-15728639', '15728640-15728646'];

// Files of several parts pass through the store, however slow the machine is.
jest.setTimeout(60_000);

let stand: ActivityStand;
let rows: IngestRepository;
let server: OddServer;
let port: number;
let http: SafeFetch;
const s3 = s3OfEnvironment();

beforeAll(async () => {
  stand = await openActivityStand();
  rows = new IngestRepository(stand.db);
  server = new OddServer(FILE);
  port = await server.listen();
  const rules = { ports: [port], networks: ['127.0.0.1'] };
  http = new SafeFetch(rules, async () => [{ address: '127.0.0.1', family: 4 }]);
});

afterAll(async () => {
  await http.close();
  server.close();
  s3.destroy();
  await stand.close();
});

beforeEach(() => server.be({}));

describe('a pull', () => {
  it('brings the file, follows three redirects, and forgets the address with its secrets', async () => {
    server.be({ redirects: 3 });
    const videoId = await ordered();
    expect(await pull(videoId)).toEqual({ bytesOut: FILE.length });
    expect(await hasOriginal(videoId)).toBe(true);
    expect(await stand.deps.videos.find(videoId)).toMatchObject({ status: 'uploaded', fileSizeBytes: FILE.length });
    expect(await rows.find(videoId)).toMatchObject({ state: 'done', address: null, bytesReceived: FILE.length, bytesTotal: FILE.length });
    expect(server.asked.sort()).toEqual(['0-0', ...RANGES].sort());
    expect(await openUploads()).toBe(0);
    // Of a lost worker whose last word did not arrive.
    expect(await pull(videoId)).toEqual({ bytesOut: FILE.length });
  });

  it('of which a worker was lost goes on with the parts that are missing', async () => {
    server.be({ breaksFrom: 2 * PART });
    const videoId = await ordered();
    expect(await failure(videoId)).toMatchObject({ type: 'SourceUnavailable', nonRetryable: false });
    expect(await rows.find(videoId)).toMatchObject({ bytesReceived: 2 * PART, bytesTotal: FILE.length });
    server.be({});
    await pull(videoId);
    expect(server.asked.sort()).toEqual(['0-0', RANGES[2], RANGES[3]].sort());
    expect(await hasOriginal(videoId)).toBe(true);
  });

  it('starts over when the source has changed meanwhile, also while it is read', async () => {
    server.be({ breaksFrom: 2 * PART });
    const videoId = await ordered();
    await failure(videoId);
    server.be({ etag: '"later"', changesAfter: 2 });
    await pull(videoId);
    expect(server.asked.filter((range) => range === RANGES[0])).toHaveLength(2);
    expect(await hasOriginal(videoId)).toBe(true);
    expect(await openUploads()).toBe(0);
  });

  it.each([
    ['without a validator', null],
    ['with a weak one', 'W/"one"'],
  ])('of a server %s comes in one response, which is of one version', async (_, etag) => {
    server.be({ etag });
    const videoId = await ordered();
    await pull(videoId);
    expect(server.asked).toEqual(['0-0', 'whole']);
    expect(await hasOriginal(videoId)).toBe(true);
  });

  it('of a server without ranges comes in one go', async () => {
    server.be({ hasRanges: false });
    const videoId = await ordered();
    await pull(videoId);
    expect(await hasOriginal(videoId)).toBe(true);
  });

  it('waits while the server is busy', async () => {
    server.be({ refusals: { left: 2, status: 503, retryAfter: '0' } });
    const videoId = await ordered();
    await pull(videoId);
    expect(await hasOriginal(videoId)).toBe(true);
  });

  it('checks the SHA-256, and another one is asked for again', async () => {
    const sha256 = createHash('sha256').update(FILE).digest('hex');
    await pull(await ordered({ sha256 }));
    const other = await ordered({ sha256: '0'.repeat(64) });
    expect(await failure(other)).toMatchObject({ type: 'SourceMismatch', nonRetryable: true });
    expect(await rows.find(other)).toMatchObject({ uploadId: null, bytesReceived: 0 });
  });
});

describe('a source is refused', () => {
  it.each([
    ['that redirects four times', { redirects: 4 }, 'SourceRefused'],
    ['that redirects to a private address', { redirects: 1, redirectTo: 'http://127.0.0.2:PORT/' }, 'SourceRefused'],
    ['that redirects to IPv4 in IPv6', { redirects: 1, redirectTo: 'http://[::ffff:7f00:2]:PORT/' }, 'SourceRefused'],
    ['that asks for a login', { contentType: 'text/html; charset=utf-8' }, 'SourceMismatch'],
    ['that is gone', { refusals: { left: 9, status: 410 } }, 'SourceDenied'],
    ['that is forbidden', { refusals: { left: 9, status: 403 } }, 'SourceDenied'],
    ['that is endless', { isEndless: true }, 'SourceTooLarge'],
    ['that stays busy', { refusals: { left: 99, status: 503 } }, 'SourceUnavailable'],
    ['that lies about its length', { hasRanges: false, missingBytes: 9 }, 'SourceUnavailable'],
  ])('%s', async (_name, odd, type) => {
    const redirectTo = 'redirectTo' in odd ? { redirectTo: odd.redirectTo.replace('PORT', String(port)) } : {};
    server.be({ ...odd, ...redirectTo });
    const videoId = await ordered();
    const error = await failure(videoId);
    expect(error).toMatchObject({ type, nonRetryable: type !== 'SourceUnavailable' });
    expect(JSON.stringify([error.message, error.details])).not.toMatch(/sig|secret|films\.test/);
    expect((await stand.deps.videos.find(videoId))?.status).toBe('uploading');
    expect(await stand.deps.objects.head('originals', `${videoId}/original.mp4`)).toBeNull();
    await giveUp(videoId);
  });

  it('that trickles', async () => {
    server.be({ isTrickle: true });
    const videoId = await ordered();
    expect(await failure(videoId, { idleTimeoutMs: 300 })).toMatchObject({ type: 'SourceUnavailable' });
    await giveUp(videoId);
  });

  it('that is larger than the limit', async () => {
    const videoId = await ordered();
    expect(await failure(videoId, { maxSizeBytes: FILE.length - 1 })).toMatchObject({ type: 'SourceTooLarge' });
  });
});

it('a pull that was cancelled leaves no upload behind', async () => {
  server.be({ breaksFrom: PART });
  const videoId = await ordered();
  await failure(videoId);
  expect(await openUploads()).toBe(1);
  await stand.deps.videos.setCancelled({ videoId, generation: 1 });
  expect(await failure(videoId)).toMatchObject({ type: 'Cancelled' });
  await giveUp(videoId);
  expect(await openUploads()).toBe(0);
});

it('an object of the store is copied by it, while it is the same', async () => {
  const bucket = `sources-${ulid().toLowerCase()}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'in/a film+.mp4', Body: FILE }));
  const videoId = await ordered({ address: `s3://${bucket}/in/a film+.mp4` });
  await pull(videoId);
  expect(await hasOriginal(videoId)).toBe(true);
  expect(server.asked).toEqual([]);
  expect(await failure(await ordered({ address: `s3://${bucket}/in/nothing.mp4` }))).toMatchObject({ type: 'SourceDenied' });
});

async function ordered(differences: Partial<NewSource> = {}): Promise<string> {
  const video = newVideo({ uploadId: null, uploadPartSize: null, fileSizeBytes: 0 });
  const { videoId, creatorId } = video;
  const address = `http://films.test:${port}/film.mp4?sig=secret`;
  const source = { videoId, creatorId, batchId: null, address, shown: 'shown', sha256: null, requestSha256: '0'.repeat(64) };
  await rows.create({ videos: [video], sources: [{ ...source, createdAt: new Date(), ...differences }] });
  return videoId;
}

function pull(videoId: string, differences: Partial<IngestDependencies> = {}) {
  const uploads = stand.deps.objects.uploads();
  const limits = { maxSizeBytes: 4 * PART, idleTimeoutMs: 5_000, requestsPerPart: 3, smallestPartBytes: PART, pauseMs: () => 1 };
  const deps = (of: ActivityDependencies) => ({ ...of, ingest: { rows, uploads, http, ...limits, ...differences } });
  return stand.run((of: ActivityDependencies, input: { videoId: string }) => ingest(deps(of), input), { videoId });
}

function failure(videoId: string, differences?: Partial<IngestDependencies>) {
  return pull(videoId, differences).then(
    () => Promise.reject(new Error('the pull succeeded')),
    (error: { type: string; message: string; details: unknown; nonRetryable: boolean }) => error,
  );
}

async function hasOriginal(videoId: string): Promise<boolean> {
  const stored = await stand.deps.objects.get('originals', `${videoId}/original.mp4`);
  return stored !== null && FILE.equals(stored);
}

async function giveUp(videoId: string): Promise<void> {
  const source = await rows.find(videoId);
  if (source?.uploadId) await stand.deps.objects.uploads().abort({ key: `${videoId}/original.mp4`, uploadId: source.uploadId });
}

async function openUploads(): Promise<number> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: stand.deps.objects.buckets.originals }));
  return Uploads.length;
}
