import { ulid } from 'ulid';
import { PIPELINE } from '../../../temporal/contract/pipeline';
import type { Database } from '../database';
import { FamiliesRepository } from '../families-repository';
import { HousekeepingRepository } from '../housekeeping-repository';
import { migrate } from '../migrate';
import { ModerationRepository } from '../moderation/moderation-repository';
import { SubtitlesRepository } from '../subtitles/subtitles-repository';
import { createEmptyDatabase, type EmptyDatabase } from '../testing/empty-database';
import { newVideo } from '../testing/new-video';
import { VideosRepository } from '../videos-repository';

let empty: EmptyDatabase;
let db: Database;
let videos: VideosRepository;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  videos = new VideosRepository(db);
  await migrate(db);
});
afterAll(() => empty.drop());

async function uploadedVideo(): Promise<{ videoId: string; generation: number }> {
  const video = newVideo({});
  await videos.create(video);
  await videos.setUploaded(video.videoId, PIPELINE);
  return { videoId: video.videoId, generation: 1 };
}

async function typesOf(videoId: string): Promise<string[]> {
  const rows = await db.selectFrom('videoEvents').select('type').where('videoId', '=', videoId).orderBy('sequence').execute();
  return rows.map(({ type }) => type);
}

it('tells of every state of a video once, also when calls are repeated', async () => {
  const run = await uploadedVideo();
  const { videoId } = run;
  const twice = async (call: () => Promise<unknown>) => [await call(), await call()];
  await twice(() => videos.advance(run, 'probing'));
  await twice(() => new ModerationRepository(db).hold(run));
  await twice(() => videos.setReady(run, { manifestKey: `${videoId}/manifest.m3u8` }));
  expect(await videos.setFailed(run, { step: 'publish', failureType: 'EncodeFailed', message: 'late' })).toBe(false);
  const { subtitleId } = await addTrack(videoId);
  await twice(() => new SubtitlesRepository(db).remove({ videoId, subtitleId }));
  await twice(() => videos.setRemoved(videoId));
  expect(await typesOf(videoId)).toEqual([
    ...['video.uploaded', 'video.moderation_required', 'video.playable', 'video.ready'],
    ...['video.updated', 'video.updated', 'video.removed'],
  ]);
});

it('tells of failures and of each retry that ends', async () => {
  const run = await uploadedVideo();
  const failure = { step: 'probe', failureType: 'SourceUnreadable', message: 'no' } as const;
  await videos.setFailed(run, failure);
  await videos.reopen(run, { nextGeneration: 1, status: 'probing', rerun: ['probe'] });
  const row = (await videos.find(run.videoId))!;
  expect(await new HousekeepingRepository(db).failUnchanged(row, failure)).toBe(true);
  await videos.setCancelled(run);
  expect(await typesOf(run.videoId)).toEqual(['video.uploaded', 'video.failed', 'video.failed', 'video.cancelled']);
});

it('tells of a codec family that joins and leaves, once for each revision', async () => {
  const run = await uploadedVideo();
  const families = new FamiliesRepository(db);
  const av1 = { ...run, family: 'av1' } as const;
  await videos.setReady(run, { manifestKey: 'm' });
  await families.ask(av1);
  const publish = async () => {
    await families.move(av1, { from: ['pending', 'ready'], state: 'joining' });
    await families.move(av1, { from: ['joining'], state: 'ready' });
  };
  await publish();
  await publish();
  await families.move(av1, { from: ['ready'], state: 'leaving' });
  await families.move(av1, { from: ['leaving'], state: 'removed' });
  const rows = await db
    .selectFrom('videoEvents')
    .select('body')
    .where('videoId', '=', run.videoId)
    .where('cause', 'is not', null)
    .execute();
  const changes = rows.map(({ body }) => (JSON.parse(body) as { data: { change: unknown } }).data.change);
  expect(changes).toEqual(['added', 'removed'].map((action) => ({ kind: 'family', action, family: 'av1' })));
});

it('writes no event of a change that is rolled back', async () => {
  const run = await uploadedVideo();
  await expect(addTrack(run.videoId, 'x'.repeat(300))).rejects.toThrow(/too long/i);
  await videos.setReady(run, { manifestKey: 'm' });
  const before = await typesOf(run.videoId);
  await expect(addTrack(run.videoId, 'x'.repeat(300))).rejects.toThrow(/too long/i);
  expect(await typesOf(run.videoId)).toEqual(before);
});

async function addTrack(videoId: string, label = 'English'): Promise<{ subtitleId: string }> {
  const subtitleId = ulid();
  const row = { origin: 'uploaded', generation: null, sourceTrack: null, language: 'en', label, kind: 'subtitles', cueCount: 1 } as const;
  await new SubtitlesRepository(db).add({ subtitleId, videoId, ...row, createdAt: new Date(), removedAt: null });
  return { subtitleId };
}
