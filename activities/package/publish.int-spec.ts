import { ObjectStore } from '../../infra/object-store/object-store';
import { s3OfEnvironment } from '../../infra/object-store/testing/s3-of-environment';
import type { VideosRepository } from '../../infra/database/videos-repository';
import { Failure } from '../../temporal/contract/failures';
import { MANIFEST_NAMES, segmentsKeys } from '../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../temporal/contract/picture-keys';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { publish } from './publish';

const client = s3OfEnvironment();
let stand: ActivityStand;
let videoId: string;

beforeAll(async () => {
  stand = await openActivityStand();
});
afterAll(async () => {
  client.destroy();
  await stand.close();
});
beforeEach(async () => {
  videoId = await stand.addVideo();
  for (const generation of [1, 2]) {
    for (const name of Object.values(MANIFEST_NAMES)) {
      await stand.deps.objects.put('segments', segmentsKeys.stagedManifest({ videoId, generation }, name), `${name} of ${generation}`, {
        contentType: 'text/plain',
      });
    }
  }
});

const ref = (generation: number) => ({ videoId, generation, planSha256: 'f'.repeat(64) });
const put = (generation: number, replaced = {}) => stand.run(publish, ref(generation), replaced);
const GENERATION_1 = { hls: 'manifest.m3u8 of 1', dash: 'manifest.mpd of 1' };
const GENERATION_2 = { hls: 'manifest.m3u8 of 2', dash: 'manifest.mpd of 2' };

async function published() {
  const text = async (name: string) => {
    const bytes = await stand.deps.objects.get('transcoded', `${videoId}/${name}`);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  return { hls: await text(MANIFEST_NAMES.hls), dash: await text(MANIFEST_NAMES.dash) };
}

/** A task that is late: `meanwhile` happens after it asked for the row for the `nth` time and before it goes on. */
function lateAfterAsking(nth: number, meanwhile: () => Promise<unknown>): { videos: VideosRepository } {
  let asked = 0;
  const { videos } = stand.deps;
  const find: VideosRepository['find'] = async (id) => {
    const row = await videos.find(id);
    if (++asked === nth) await meanwhile();
    return row;
  };
  return { videos: Object.assign(Object.create(videos) as VideosRepository, { find }) };
}

async function publishGeneration2(): Promise<void> {
  await stand.setRow(videoId, { generation: 2 });
  await put(2);
}

it('replaces both manifests, makes the video ready, and can run again', async () => {
  await put(1);
  expect(await published()).toEqual(GENERATION_1);
  await put(1);
  await stand.setRow(videoId, { generation: 2, status: 'packaging' });
  await put(2);
  expect(await published()).toEqual(GENERATION_2);
  expect(await stand.deps.videos.find(videoId)).toMatchObject({ status: 'ready', manifestKey: `${videoId}/manifest.m3u8` });
});

it.each(['before', 'after'])('shows the poster of what is published when that of a new run is made %s its publication', async (when) => {
  const poster = (generation: number) => thumbnailKeys.poster(videoId, generation);
  const shown = async () => (await stand.deps.videos.find(videoId))?.thumbnailKey;
  const makePictures = async (generation: number) => {
    const text = { contentType: 'text/plain' };
    await stand.deps.objects.put('transcoded', thumbnailKeys.spriteIndex(videoId, generation), 'index', text);
    await stand.deps.videos.setThumbnail(ref(generation), poster(generation));
  };
  await makePictures(1);
  await put(1);
  expect(await shown()).toBe(poster(1));
  await stand.setRow(videoId, { generation: 2, status: 'packaging' });
  if (when === 'before') await makePictures(2);
  expect(await shown()).toBe(poster(1));
  await put(2);
  if (when === 'after') await makePictures(2);
  expect(await shown()).toBe(poster(2));
});

it.each([
  ['before the first manifest of a video', 1, false],
  ['before the second manifest of a video', 2, false],
  ['before the first manifest that it would replace', 1, true],
  ['before the second manifest that it would replace', 2, true],
])('changes nothing when a newer generation was published in between, %s', async (_, nth, republish) => {
  if (republish)
    for (const name of Object.values(MANIFEST_NAMES))
      await stand.deps.objects.put('transcoded', `${videoId}/${name}`, 'old', { contentType: 'text/plain' });
  await expect(put(1, lateAfterAsking(nth, publishGeneration2))).rejects.toMatchObject({ type: 'Cancelled', nonRetryable: true });
  expect(await published()).toEqual(GENERATION_2);
  expect(await stand.deps.videos.find(videoId)).toMatchObject({ generation: 2, status: 'ready' });
});

it('would be replaced by a late task that puts without a condition', async () => {
  class Unconditional extends ObjectStore {
    override async putIfUnchanged(...[bucket, key, body, options]: Parameters<ObjectStore['putIfUnchanged']>): Promise<boolean> {
      await this.put(bucket, key, body, options);
      return true;
    }
  }
  const { buckets } = stand.deps.objects;
  await put(1, { ...lateAfterAsking(2, publishGeneration2), objects: new Unconditional(client, buckets) });
  expect(await published()).toEqual({ ...GENERATION_2, dash: GENERATION_1.dash });
});

it('replaces what a late task of an older generation put a moment before', async () => {
  await stand.setRow(videoId, { generation: 2, status: 'packaging' });
  const zombie = () =>
    stand.deps.objects.put('transcoded', `${videoId}/${MANIFEST_NAMES.hls}`, GENERATION_1.hls, { contentType: 'text/plain' });
  await put(2, lateAfterAsking(1, zombie));
  expect(await published()).toEqual(GENERATION_2);
});

it('leaves both manifests playable when the second cannot be stored, and finishes when it is tried again', async () => {
  await put(1);
  await stand.setRow(videoId, { generation: 2, status: 'packaging' });
  class Lost extends ObjectStore {
    override async putIfUnchanged(...args: Parameters<ObjectStore['putIfUnchanged']>): Promise<boolean> {
      if (args[1].endsWith(MANIFEST_NAMES.dash)) throw new Failure('StorageUnavailable', 'Object storage did not answer.');
      return super.putIfUnchanged(...args);
    }
  }
  const { buckets } = stand.deps.objects;
  await expect(put(2, { objects: new Lost(client, buckets) })).rejects.toMatchObject({ type: 'StorageUnavailable', nonRetryable: false });
  expect(await published()).toEqual({ hls: GENERATION_2.hls, dash: GENERATION_1.dash });
  expect(await stand.deps.videos.find(videoId)).toMatchObject({ status: 'packaging' });
  await put(2);
  expect(await published()).toEqual(GENERATION_2);
  expect(await stand.deps.videos.find(videoId)).toMatchObject({ status: 'ready' });
});

it('takes a PUT whose answer was lost for what it is', async () => {
  class AnswerLost extends ObjectStore {
    override async putIfUnchanged(...args: Parameters<ObjectStore['putIfUnchanged']>): Promise<boolean> {
      await super.putIfUnchanged(...args);
      return false;
    }
  }
  const { buckets } = stand.deps.objects;
  await put(1, { objects: new AnswerLost(client, buckets) });
  expect(await published()).toEqual(GENERATION_1);
});

it.each(['failed', 'cancelled', 'removed'] as const)('changes nothing for a run that is %s', async (status) => {
  await put(1);
  await stand.setRow(videoId, { generation: 2, status });
  await expect(put(2)).rejects.toMatchObject({ type: 'Cancelled' });
  expect(await published()).toEqual(GENERATION_1);
});

it('lets one of many writers that saw the same object win', async () => {
  const { objects } = stand.deps;
  const key = `${videoId}/race`;
  const race = async (etag: string | null) => {
    const wins = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        objects.putIfUnchanged('transcoded', key, Buffer.from(`${etag} ${index}`), { contentType: 'text/plain', etag }),
      ),
    );
    return wins.filter(Boolean).length;
  };
  expect(await race(null)).toBe(1);
  for (let round = 0; round < 5; round++) expect(await race((await objects.getWithEtag('transcoded', key))?.etag ?? '')).toBe(1);
});
