import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ulid } from 'ulid';
import { database, isDuplicateKey, isRefused, type Database } from './database';
import { migrate } from './migrate';
import { videosAndTasks } from './migrations/0001-videos-and-tasks';
import { qualitySummary } from './migrations/0002-quality-summary';
import { views } from './migrations/0008-views';
import { projectRoot } from '../stack/setup/project-root';
import { createEmptyDatabase, type EmptyDatabase } from './testing/empty-database';
import { newVideo } from './testing/new-video';
import type { StoredTaskFailure } from './task-failures';
import { TaskReports } from './task-reports/task-reports';
import { TasksRepository } from './tasks-repository';
import { taskId, type TaskRef } from './task';
import { VideoLists } from './video-lists';
import { VideosRepository } from './videos-repository';
import { PIPELINE } from '../../temporal/contract/pipeline';

let empty: EmptyDatabase;
let db: Database;
let videos: VideosRepository;
let lists: VideoLists;
let tasks: TasksRepository;

beforeAll(async () => {
  empty = await createEmptyDatabase();
  db = empty.connect();
  videos = new VideosRepository(db);
  lists = new VideoLists(db);
  tasks = new TasksRepository(db);
});

afterAll(() => empty.drop());

describe('migrate', () => {
  it('runs each migration once when several processes start at the same time, and nothing later', async () => {
    const others = [empty.connect(), empty.connect(), db];
    const ran = await Promise.all(others.map((each) => migrate(each)));
    expect(ran.flat()).toEqual([
      '0001-videos-and-tasks',
      '0002-quality-summary',
      '0003-housekeeping',
      '0004-recorded-walks',
      '0005-idempotency-keys',
      '0006-codec-families',
      '0007-encoding-requests',
      '0008-views',
      '0009-worker-encoders',
      '0010-content-keys',
      '0011-protection',
      '0012-moderation',
      '0013-watermarks',
      '0015-subtitles',
      '0016-pictures',
      '0017-mpeg-ts',
      '0018-speech',
      '0019-access',
      '0020-task-failures',
      '0022-drm-switch',
      '0023-ingest',
      '0024-events-and-webhooks',
      '0025-video-metadata',
      '0027-early-playback',
      '0028-express',
    ]);
    expect(await migrate(db)).toEqual([]);
  });

  it('can run every migration a second time, as after a crash in the middle of one', async () => {
    for (const migration of [videosAndTasks, qualitySummary, views]) await migration.up(db);
  });

  it('has no rows about a video in a table that the page about erasing one leaves out', async () => {
    const columns = sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where table_schema = database() and column_name = 'video_id' order by table_name`;
    const tables = (await columns.execute(db)).rows.map(({ name }) => name);
    expect(tables).toContain('videos');
    const page = readFileSync(join(projectRoot(), 'docs', 'erasure.md'), 'utf8');
    expect(tables.filter((name) => !page.includes(`DELETE FROM ${name} WHERE`))).toEqual([]);
  });

  it('leaves migrations of a newer release alone, as after a roll back', async () => {
    await sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-newer-release', ${new Date().toISOString()})`.execute(db);
    expect(await migrate(db)).toEqual([]);
    await sql`delete from kysely_migration where name = '9999-of-a-newer-release'`.execute(db);
  });

  it('makes the indexes of the contract', async () => {
    const { rows } = await sql<{ name: string; columns: string }>`
      select index_name as name, group_concat(column_name order by seq_in_index) as columns
      from information_schema.statistics where table_schema = database() group by table_name, index_name`.execute(db);
    expect(rows.map((row) => row.columns)).toEqual(
      expect.arrayContaining(['status', 'creator_id,created_at', 'video_id,task_type', 'worker_id']),
    );
  });
});

describe('database()', () => {
  it('turns a server that does not answer into DatabaseUnavailable', async () => {
    const nowhere = empty.connect('mysql://root@127.0.0.1:1/none');
    await expect(new VideosRepository(nowhere).find(ulid())).rejects.toMatchObject({ type: 'DatabaseUnavailable' });
  });

  it.each([
    ['a wrong password', (url: URL) => Object.assign(url, { password: 'wrong' })],
    ['an unknown user', (url: URL) => Object.assign(url, { username: 'nobody' })],
    ['a database of others', (url: URL) => Object.assign(url, { pathname: '/mysql' })],
  ])('tells a server that refuses %s from one that is away', async (_, change) => {
    const refused = new TasksRepository(empty.connect(change(new URL(empty.url)).href));
    const error: unknown = await refused.proveAccess().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ type: 'DatabaseUnavailable', message: 'The database refuses the credentials of this process.' });
    expect(isRefused(error)).toBe(true);
    const nowhere = new TasksRepository(empty.connect('mysql://root@127.0.0.1:1/none'));
    expect(isRefused(await nowhere.proveAccess().catch((reason: unknown) => reason))).toBe(false);
  });

  it('keeps errors of the statement as they are', async () => {
    await expect(database(() => sql`select nonsense`.execute(db))).rejects.toMatchObject({ code: 'ER_BAD_FIELD_ERROR' });
  });
});

describe('VideosRepository', () => {
  it('keeps what it was given, in any language', async () => {
    const row = newVideo({ title: 'Größe 🎬 </script>', fileSizeBytes: 200e9 });
    await videos.create(row);
    expect(await videos.find(row.videoId)).toMatchObject({ ...row, status: 'uploading', generation: 1, warnings: [], sourceFacts: null });
  });

  it('refuses a second video under the idempotency key of a creator', async () => {
    const first = newVideo({ idempotencyKey: ulid() });
    await videos.create(first);
    const second = await videos.create({ ...first, videoId: ulid() }).catch((error: unknown) => error);
    expect(isDuplicateKey(second)).toBe(true);
    await videos.create({ ...first, videoId: ulid(), creatorId: 'another' });
  });

  it('pages through the videos of a creator, newest first', async () => {
    const creatorId = `creator-${ulid()}`;
    const ids = [];
    for (let day = 1; day <= 5; day++) {
      const video = newVideo({ creatorId, videoId: ulid(Date.UTC(2026, 0, day)) });
      await videos.create(video);
      ids.unshift(video.videoId);
    }
    const first = await lists.list({ creatorId, limit: 3 });
    const second = await lists.list({ creatorId, limit: 3, cursor: first.nextCursor! });
    expect([...first.videos, ...second.videos].map((video) => video.videoId)).toEqual(ids);
  });

  it('changes nothing for another generation or after the end, and repeats itself quietly', async () => {
    const { videoId } = await uploaded();
    const run = { videoId, generation: 1 };
    expect(await videos.advance({ videoId, generation: 2 }, 'probing')).toBe(false);
    expect(await videos.advance(run, 'probing')).toBe(true);
    expect(await videos.advance(run, 'probing')).toBe(true);
    const startedAt = (await videos.find(videoId))!.startedAt;
    expect(await videos.advance(run, 'transcoding')).toBe(true);
    expect((await videos.find(videoId))!.startedAt).toEqual(startedAt);
    const published = { manifestKey: `${videoId}/manifest.m3u8` };
    expect(await videos.setReady(run, published)).toBe(true);
    expect(await videos.setReady(run, published)).toBe(true);
    expect(await videos.setThumbnail(run, `${videoId}/g1/thumbnails/poster.jpg`)).toBe(true);
    expect(await videos.advance(run, 'packaging')).toBe(false);
    expect(await videos.setFailed(run, { step: 'publish', failureType: 'EncodeFailed', message: 'late' })).toBe(false);
    expect(await videos.find(videoId)).toMatchObject({
      status: 'ready',
      manifestKey: `${videoId}/manifest.m3u8`,
      thumbnailKey: `${videoId}/g1/thumbnails/poster.jpg`,
      errorMessage: null,
    });
  });

  it('reads the paths that older code stored as the keys that they lead to', async () => {
    const { videoId } = await uploaded();
    const stored = { manifestUrl: `/stream/${videoId}/manifest.m3u8`, thumbnailUrl: `/stream/${videoId}/g1/thumbnails/poster.jpg` };
    await db.updateTable('videos').set(stored).where('videoId', '=', videoId).execute();
    const keys = { manifestKey: `${videoId}/manifest.m3u8`, thumbnailKey: `${videoId}/g1/thumbnails/poster.jpg` };
    expect(await videos.find(videoId)).toMatchObject(keys);
    await videos.setReady({ videoId, generation: 1 }, { manifestKey: keys.manifestKey });
    await videos.setThumbnail({ videoId, generation: 1 }, keys.thumbnailKey);
    expect(await videos.find(videoId)).toMatchObject(keys);
    const columns = db.selectFrom('videos').select(['manifestUrl', 'thumbnailUrl']).where('videoId', '=', videoId);
    expect(await columns.executeTakeFirst()).toEqual({ manifestUrl: keys.manifestKey, thumbnailUrl: keys.thumbnailKey });
  });

  it('keeps the quality of the current run only, null until measured', async () => {
    const { videoId } = await uploaded();
    expect((await videos.find(videoId))!.qualitySummary).toBeNull();
    expect(await videos.setQuality({ videoId, generation: 1 }, { worstVmaf: 91.25, problemCount: 2 })).toBe(true);
    expect(await videos.setQuality({ videoId, generation: 2 }, { worstVmaf: null, problemCount: 0 })).toBe(false);
    expect((await videos.find(videoId))!.qualitySummary).toEqual({ worstVmaf: 91.25, problemCount: 2 });
  });

  it('adds a warning once, with quotes and all', async () => {
    const { videoId } = await uploaded();
    const run = { videoId, generation: 1 };
    const warning = { step: 'thumbnails', message: `no "sharp" frame, it's dark \\ ü` } as const;
    await videos.addWarning(run, warning);
    await videos.addWarning(run, warning);
    await videos.addWarning(run, { step: 'subtitles', message: 'no speech' });
    const coded = { code: 'SourceDamaged', step: 'probe', message: 'cut off' } as const;
    await videos.addWarning(run, coded);
    await videos.addWarning(run, coded);
    expect((await videos.find(videoId))!.warnings).toEqual([warning, { step: 'subtitles', message: 'no speech' }, coded]);
  });

  it('lists uploaded videos until their workflow has started', async () => {
    const { videoId } = await uploaded();
    const waiting = async () => (await lists.listNotStarted(1000)).map((video) => video.videoId);
    expect(await waiting()).toContain(videoId);
    await videos.setWorkflowStarted(videoId);
    expect(await waiting()).not.toContain(videoId);
  });

  it('lets either the upload or its cancellation win', async () => {
    const { videoId } = newVideo({});
    await videos.create(newVideo({ videoId }));
    const won = await Promise.all([videos.setUploaded(videoId, PIPELINE), videos.setUploadCancelled(videoId)]);
    expect(won.filter(Boolean)).toHaveLength(1);
  });
});

describe('TasksRepository', () => {
  const chunk = (videoId: string, segmentIndex: number): TaskRef => ({
    videoId,
    generation: 1,
    taskType: 'transcode',
    codec: 'h264',
    segmentIndex,
  });

  it('names a task after its place', () => {
    expect(taskId(chunk('V', 3))).toBe('V/g1/transcode/h264/3');
    expect(taskId({ videoId: 'V', generation: 2, taskType: 'probe' })).toBe('V/g2/probe');
  });

  it('plans chunks once and keeps what is under way', async () => {
    const run = { videoId: ulid(), generation: 1 };
    await tasks.planChunks(run, 'h264', 700, { inputKey: 'in' });
    await tasks.start(chunk(run.videoId, 0), { workerId: 'w1', attempt: 1 });
    await tasks.planChunks(run, 'h264', 700, { inputKey: 'in' });
    expect(await tasks.summarise(run, 'h264')).toEqual([
      expect.objectContaining({ taskType: 'transcode', total: 700, pending: 699, running: 1, completed: 0, percent: 0 }),
    ]);
  });

  it('follows a task through attempts and adds up', async () => {
    const run = { videoId: ulid(), generation: 1 };
    await tasks.planChunks(run, 'h264', 2, { inputKey: 'in' });
    const first = chunk(run.videoId, 0);
    await tasks.start(first, { workerId: 'w1', attempt: 1 });
    await tasks.progress(first, 40.7);
    await tasks.fail(first, { attempt: 1, errorMessage: 'lost', willRetry: true, stored: failure(1) });
    expect((await tasks.listForVideo(run.videoId, 1))[0]).toMatchObject({ status: 'retrying', errorMessage: 'lost' });
    await tasks.start(first, { workerId: 'w2', attempt: 2 });
    await tasks.complete(first, { outputKey: 'out', cpuMs: 1234.5, bytesIn: 10, bytesOut: 20 });
    await tasks.fail(first, { attempt: 2, errorMessage: 'from the attempt that was given up', willRetry: false });
    const [row] = await tasks.listForVideo(run.videoId, 1);
    expect(row).toMatchObject({
      status: 'completed',
      workerId: 'w2',
      retryCount: 1,
      progressPercent: 100,
      errorMessage: null,
      s3InputKey: 'in',
      s3OutputKey: 'out',
      cpuMs: 1335,
      bytesIn: 10,
      bytesOut: 20,
    });
    expect(row!.durationMs).toBeGreaterThanOrEqual(0);
    expect(JSON.parse(row!.failures ?? '')).toEqual([failure(1)]);
    expect(await tasks.summarise(run, 'h264')).toEqual([expect.objectContaining({ total: 2, completed: 1, pending: 1, percent: 50 })]);
  });

  it('keeps the last ten failures of a task, and adds up what was used by step and family', async () => {
    const run = { videoId: ulid(), generation: 1 };
    const reports = new TaskReports(db);
    const [first, second] = [chunk(run.videoId, 0), chunk(run.videoId, 1)];
    for (let attempt = 1; attempt <= 12; attempt++) {
      await tasks.start(first, { workerId: 'w1', attempt });
      await tasks.fail(first, { attempt, errorMessage: 'lost', willRetry: true, stored: failure(attempt) });
    }
    await tasks.start(second, { workerId: 'w1', attempt: 1 });
    await tasks.complete(second, { cpuMs: 50, bytesIn: 10, bytesOut: 20 });
    await tasks.plan([chunk(run.videoId, 2)]);
    const [shown] = await reports.page(run, { limit: 1 });
    expect(shown?.failures.map(({ attempt }) => attempt)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(await reports.page(run, { limit: 5, cursor: shown?.taskId })).toMatchObject([
      { segmentIndex: 1, failures: [] },
      { segmentIndex: 2 },
    ]);
    const used = { taskType: 'transcode', family: 'h264', tasks: 2, attempts: 13, cpuMs: 1_250, bytesIn: 10, bytesOut: 20 };
    expect(await reports.ofVideo(run.videoId)).toEqual([used]);
    const now = Date.now();
    expect(await reports.ofTime({ since: new Date(now - 60_000), until: new Date(now - 50_000) })).toEqual([]);
  });

  it('shows no progress of what failed or waits to be tried again', async () => {
    const run = { videoId: ulid(), generation: 1 };
    await tasks.planChunks(run, 'h264', 2, { inputKey: 'in' });
    for (const [index, willRetry] of [false, true].entries()) {
      const task = chunk(run.videoId, index);
      await tasks.start(task, { workerId: 'w1', attempt: 1 });
      await tasks.progress(task, 68);
      await tasks.fail(task, { attempt: 1, errorMessage: 'it broke', willRetry });
      await tasks.progress(task, 69);
    }
    expect(await tasks.summarise(run, 'h264')).toEqual([expect.objectContaining({ total: 2, completed: 0, percent: 0 })]);
  });

  it('tells whether others have done the like since', async () => {
    const videoId = ulid();
    const since = new Date(Date.now() - 1_000);
    const done = (videoIds: string[], change = {}, by = 'sick') =>
      tasks.completedElsewhere({ taskType: 'transcode', videoIds, since, ...change }, by);
    await tasks.start(chunk(videoId, 0), { workerId: 'healthy', attempt: 1 });
    expect(await done([videoId])).toBe(false);
    await tasks.complete(chunk(videoId, 0), { cpuMs: 1, bytesIn: 1, bytesOut: 1 });
    expect(await done([videoId, ulid()])).toBe(true);
    expect(await done([ulid()])).toBe(false);
    expect(await done([])).toBe(false);
    expect(await done([videoId], {}, 'healthy')).toBe(false);
    expect(await done([videoId], { taskType: 'audio' })).toBe(false);
    expect(await done([videoId], { since: new Date(Date.now() + 60_000) })).toBe(false);
  });

  it('proves that the table can be read and written, and changes nothing', async () => {
    const videoId = ulid();
    await tasks.start(chunk(videoId, 0), { workerId: 'w', attempt: 1 });
    await tasks.progress(chunk(videoId, 0), 40);
    await tasks.proveAccess();
    expect(await tasks.listForVideo(videoId, 1)).toMatchObject([{ progressPercent: 40 }]);
  });

  it('lets an attempt that was given up change nothing of the one that took its place', async () => {
    const task = chunk(ulid(), 0);
    await tasks.start(task, { workerId: 'late', attempt: 1 });
    await tasks.start(task, { workerId: 'w2', attempt: 2 });
    await tasks.progress(task, 40);
    await tasks.release(task, { attempt: 1 });
    await tasks.fail(task, { attempt: 1, errorMessage: 'late', willRetry: false });
    const row = async () => (await tasks.listForVideo(task.videoId, 1))[0];
    expect(await row()).toMatchObject({ status: 'retrying', workerId: 'w2', progressPercent: 40, errorMessage: null });
    await tasks.release(task, { attempt: 2 });
    expect(await row()).toMatchObject({ status: 'pending', progressPercent: 0 });
  });

  it('takes many upserts at once', async () => {
    const videoId = ulid();
    const refs = Array.from({ length: 60 }, (_, index) => chunk(videoId, index));
    await Promise.all(refs.map((ref) => tasks.start(ref, { workerId: 'w', attempt: 1 })));
    await Promise.all(refs.map((ref) => tasks.complete(ref, { cpuMs: 1, bytesIn: 1, bytesOut: 1 })));
    expect(await tasks.summarise({ videoId, generation: 1 }, 'h264')).toEqual([expect.objectContaining({ total: 60, completed: 60 })]);
  });
});

async function uploaded() {
  const video = newVideo({});
  await videos.create(video);
  expect(await videos.setUploaded(video.videoId, PIPELINE)).toBe(true);
  expect(await videos.setUploaded(video.videoId, PIPELINE)).toBe(false);
  return video;
}

function failure(attempt: number): StoredTaskFailure {
  return {
    ...{ attempt, failedAt: '2026-11-01T00:00:00.000Z', worker: 'w1', host: 'h', failureType: 'EncodeFailed', message: "It's \\ broken" },
    ...{ durationMs: 5, cpuMs: 100, tool: 'ffmpeg', exitCode: 1, lastWords: 'one\n"two"' },
  };
}
