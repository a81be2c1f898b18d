import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import { OLD_GENERATION_GRACE_MS } from '../../workflows/planning/housekeeping/removable-generations';
import { removeOldGenerations } from './remove-old-generations';

const bucket = `generations-${randomUUID()}`;
const client = s3OfEnvironment();
// The other buckets do not exist: reaching for them would fail the test.
const objects = new ObjectStore(client, { originals: 'no-originals', segments: 'no-segments', transcoded: bucket });
const afterGrace = () => ({ nowMs: Date.now() + OLD_GENERATION_GRACE_MS + 2000, onProgress: () => undefined });
const put = (key: string, body = 'x') => objects.put('transcoded', key, body, { contentType: 'text/plain' });
const videos = { find: async () => null };
let videoId: string;

beforeAll(async () => {
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
});
beforeEach(async () => {
  videoId = randomUUID();
  for (const generation of [1, 2, 3])
    for (const name of ['init.mp4', 'segment_00001.m4s']) await put(`${videoId}/g${generation}/h264/480p/${name}`);
});
afterAll(() => client.destroy());

async function publish(generation: number): Promise<void> {
  await put(`${videoId}/manifest.m3u8`, `#EXTM3U\ng${generation}/h264/480p/playlist.m3u8\n`);
  await put(`${videoId}/manifest.mpd`, `<SegmentTemplate initialization="g${generation}/h264/480p/init.mp4"/>`);
}

const stored = async () =>
  [...(await objects.sizesBelow('transcoded', `${videoId}/`)).keys()]
    .filter((name) => name.startsWith('g'))
    .map((name) => name.slice(0, 2));

it('removes what is older than the published generation, once the grace is over, and can run again', async () => {
  await publish(2);
  expect(await removeOldGenerations({ objects, videos }, { videoId }, { nowMs: Date.now(), onProgress: () => undefined })).toEqual({
    removedGenerations: 0,
  });
  expect(await removeOldGenerations({ objects, videos }, { videoId }, afterGrace())).toEqual({ removedGenerations: 1 });
  expect(await stored()).toEqual(['g2', 'g2', 'g3', 'g3']);
  expect(await removeOldGenerations({ objects, videos }, { videoId }, afterGrace())).toEqual({ removedGenerations: 0 });
});

it('removes nothing while the manifests name different generations, one is missing, or the poster is old', async () => {
  await removeOldGenerations({ objects, videos }, { videoId }, afterGrace());
  await publish(3);
  await put(`${videoId}/manifest.mpd`, '<SegmentTemplate initialization="g1/h264/480p/init.mp4"/>');
  await removeOldGenerations({ objects, videos }, { videoId }, afterGrace());
  await publish(3);
  const withPoster = { find: async () => ({ thumbnailKey: `${videoId}/g1/thumbnails/poster.jpg` }) as never };
  await removeOldGenerations({ objects, videos: withPoster }, { videoId }, afterGrace());
  expect(await stored()).toEqual(['g1', 'g1', 'g2', 'g2', 'g3', 'g3']);
});
