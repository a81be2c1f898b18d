import { watermarkKey } from '../../temporal/contract/object-keys';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { ulid } from 'ulid';
import { HOUSEKEEPING_INTERVALS, HOUSEKEEPING_TASKS, type HousekeepingTask } from '../../temporal/contract/housekeeping';
import { housekeepingScheduleId, processVideoWorkflowId, WEBHOOKS_SCHEDULE_ID } from '../../temporal/contract/ids';
import { ensureSchedules } from '../../temporal/schedules';
import { RETRY_WINDOW_MS } from '../../temporal/contract/policies';
import { DAY_MS } from '../../temporal/contract/units';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { HOUSEKEEPING_WORK } from './housekeeping';
import { HousekeepingWorld } from './testing/housekeeping-world';

const UPLOAD_BODY = 'x'.repeat(100);

let world: HousekeepingWorld;
beforeAll(() => void Runtime.install({ logger: new DefaultLogger('ERROR') }));
beforeEach(async () => {
  world = await HousekeepingWorld.create();
}, 60_000);
afterEach(() => world.close());

/** One task from its first part to its last, without a schedule. */
async function run(task: HousekeepingTask): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  let cursor: string | null = null;
  do {
    const page = await HOUSEKEEPING_WORK[task](world.dependencies(), { cursor, signal: new AbortController().signal });
    for (const [what, count] of Object.entries(page.counts)) counts[what] = (counts[what] ?? 0) + count;
    cursor = page.cursor;
  } while (cursor !== null);
  return counts;
}

async function sendPart(upload: { key: string; uploadId: string }): Promise<void> {
  const [part] = await world.uploads.signParts(upload, [{ partNumber: 1, sizeBytes: Buffer.byteLength(UPLOAD_BODY) }]);
  await fetch(part!.url, { method: 'PUT', body: UPLOAD_BODY });
}

describe('every task, run by its schedule over a store full of traps', () => {
  const removed = { segments: [] as string[], transcoded: [] as string[] };

  /** Objects that must go are put through this; all others must stay. */
  async function putDoomed(bucket: 'segments' | 'transcoded', key: string): Promise<void> {
    removed[bucket].push(key);
    await world.put(bucket, key);
  }

  /** Ended long ago in every way, with everything that can lie around. */
  async function endedVideos(): Promise<void> {
    const ready = await world.row({ status: 'ready', generation: 10, agoMs: 2 * DAY_MS });
    await world.put('transcoded', `${ready}/g11/h264/480p/segment_00001.m4s`);
    await putDoomed('transcoded', `${ready}/g1/h264/480p/segment_00001.m4s`);
    await putDoomed('transcoded', `${ready}/g2/h264/480p/segment_00001.m4s`);
    for (const name of ['g1-backup/x', 'g1x/x', 'gold/x', 'G1/x', 'g/x', 'readme.txt']) {
      await world.put('transcoded', `${ready}/${name}`);
      await world.put('segments', `${ready}/${name}`);
    }
    await world.publish(ready, 10);
    for (const generation of [1, 10]) await putDoomed('segments', `${ready}/g${generation}/plan.json`);

    const failed = await world.row({ status: 'failed', generation: 2, agoMs: RETRY_WINDOW_MS });
    await world.publish(failed, 1);
    await putDoomed('transcoded', `${failed}/g2/h264/480p/segment_00001.m4s`);
    await putDoomed('segments', `${failed}/g2/chunks/h264/chunk_00000.json`);

    const cancelled = await world.row({ status: 'cancelled', agoMs: DAY_MS });
    await putDoomed('transcoded', `${cancelled}/g1/h264/480p/segment_00001.m4s`);
    await putDoomed('segments', `${cancelled}/g1/mezzanine.mkv`);

    const gone = await world.row({ status: 'removed', agoMs: DAY_MS });
    await putDoomed('segments', `${gone}/g1/plan.json`);
    await world.publish(gone, 1);
    await world.put('originals', `${gone}/original.mov`);
  }

  /** Under way, parked, or not to be judged. */
  async function othersVideos(): Promise<void> {
    const busy = await world.row({ status: 'transcoding', generation: 3, agoMs: 5 * DAY_MS });
    const parked = await world.row({ status: 'failed', generation: 3, agoMs: 2 * RETRY_WINDOW_MS });
    const retriable = await world.row({ status: 'failed', generation: 3, agoMs: DAY_MS });
    const redoingThumbnails = await world.row({ status: 'ready', generation: 3, agoMs: 5 * DAY_MS });
    for (const videoId of [busy, parked, redoingThumbnails]) await world.startWorkflow(videoId);
    for (const videoId of [busy, parked, retriable, redoingThumbnails]) {
      await world.put('segments', `${videoId}/g3/plan.json`);
      await world.put('transcoded', `${videoId}/g3/h264/480p/segment_00001.m4s`);
    }
    await world.publish(busy, 2);
    await world.publish(redoingThumbnails, 3);

    const half = await world.row({ status: 'ready', generation: 2, agoMs: 5 * DAY_MS });
    await world.put('transcoded', `${half}/g1/h264/480p/segment_00001.m4s`);
    await world.put('transcoded', `${half}/manifest.m3u8`, '#EXTM3U\ng2/h264/480p/playlist.m3u8\n');

    const unowned = ulid();
    await world.publish(unowned, 1);
    await putDoomed('segments', `${unowned}/g1/plan.json`);
    for (const folder of ['backup', `${unowned}x`, unowned.toLowerCase()]) {
      await world.put('segments', `${folder}/g1/plan.json`);
      await world.put('transcoded', `${folder}/g1/segment.m4s`);
    }
  }

  async function originals(): Promise<void> {
    const unowned = ulid();
    const ready = await world.row({ status: 'ready', agoMs: 5 * DAY_MS });
    const cancelled = await world.row({ status: 'cancelled', agoMs: 5 * DAY_MS });
    const keys = [
      ...[unowned, ready, cancelled].flatMap((videoId) => [
        `${videoId}/original.mp4`,
        `${videoId}/g1/original.mp4`,
        `${videoId}/g1/plan.json`,
        `${videoId}/manifest.m3u8`,
      ]),
      'original.mp4',
      'g1/plan.json',
      'odd key/ünï/g1/x y+z%20.mp4',
    ];
    for (const key of keys) await world.put('originals', key);
    // An older version counts as much as the newest one.
    await world.put('originals', `${ready}/original.mp4`, 'a second version');

    for (const key of [`${unowned}/original.mp4`, `${ready}/original.mp4`, 'original.mp4'])
      await sendPart(await world.uploads.create(key, 'video/mp4'));
    const abandoned = await world.uploads.create(`${cancelled}/original.mp4`, 'video/mp4');
    await world.row({ status: 'uploading', uploadId: abandoned.uploadId, originalS3Key: abandoned.key, agoMs: 5 * DAY_MS });
  }

  it('removes what is over and nothing else, never an original, and finds nothing the second time', async () => {
    world.aheadMs = 3 * RETRY_WINDOW_MS;
    await endedVideos();
    await othersVideos();
    await originals();
    const before = {
      segments: await world.contents('segments'),
      transcoded: await world.contents('transcoded'),
      originals: await world.contents('originals'),
    };
    const versions = await world.versionsOfOriginals();
    expect(versions).toHaveLength(Object.keys(before.originals).length + 1);

    await world.runSchedules(HOUSEKEEPING_TASKS);

    expect(await world.versionsOfOriginals()).toEqual(versions);
    expect(await world.contents('originals')).toEqual(before.originals);
    for (const bucket of ['segments', 'transcoded'] as const) {
      const after = await world.contents(bucket);
      expect(
        Object.keys(before[bucket])
          .filter((key) => !(key in after))
          .sort(),
      ).toEqual(removed[bucket].sort());
      expect(before[bucket]).toMatchObject(after);
    }
    expect((await world.uploads.listOpen(null, 100)).uploads).toEqual([]);

    await world.runSchedules(HOUSEKEEPING_TASKS);
    const second = Object.fromEntries((await world.rows.lastReports()).map(({ task, counts }) => [task, counts]));
    expect(second).toMatchObject({
      'abandoned-uploads': { cancelled_videos: 0, completed_videos: 0, aborted_uploads_without_video: 0 },
      'temporary-objects': { videos: 0, objects: 0 },
      'old-generations': { replaced_generations: 0, unpublished_generations: 0 },
      'stuck-runs': { failed: 0 },
    });
    expect(await world.versionsOfOriginals()).toEqual(versions);
  }, 180_000);
});

it('gives up an upload a day after its last part, and completes one without a record', async () => {
  const start = async (differences: { agoMs: number; fileSizeBytes?: number }) => {
    const videoId = ulid();
    const upload = await world.uploads.create(`${videoId}/original.mp4`, 'video/mp4');
    await world.row({
      videoId,
      status: 'uploading',
      uploadId: upload.uploadId,
      completedAt: null,
      workflowStartedAt: null,
      ...differences,
    });
    return { videoId, upload };
  };
  const young = await start({ agoMs: DAY_MS / 2 });
  const slow = await start({ agoMs: 9 * DAY_MS });
  await sendPart(slow.upload);
  const idle = await start({ agoMs: DAY_MS + 1 });
  const unrecorded = await start({ agoMs: 9 * DAY_MS, fileSizeBytes: UPLOAD_BODY.length });
  await sendPart(unrecorded.upload);
  await world.uploads.complete(unrecorded.upload, (await world.uploads.listParts(unrecorded.upload))!);
  const foreign = await world.uploads.create(`${ulid()}/original.mp4`, 'video/mp4');

  expect(await run('abandoned-uploads')).toEqual({ cancelled_videos: 1, completed_videos: 1, aborted_uploads_without_video: 0 });
  const status = async ({ videoId }: { videoId: string }) => (await world.videos.find(videoId))!.status;
  expect(await Promise.all([young, slow, idle, unrecorded].map(status))).toEqual(['uploading', 'uploading', 'cancelled', 'uploaded']);
  const open = async () => (await world.uploads.listOpen(null, 100)).uploads.map(({ uploadId }) => uploadId).sort();
  expect(await open()).toEqual([young.upload, slow.upload, foreign].map(({ uploadId }) => uploadId).sort());

  world.aheadMs = 2 * DAY_MS;
  expect(await run('abandoned-uploads')).toEqual({ cancelled_videos: 2, completed_videos: 0, aborted_uploads_without_video: 1 });
  expect(await open()).toEqual([]);
}, 60_000);

it('keeps whatever was written today, even when nothing seems to need it', async () => {
  const cancelled = await world.row({ status: 'cancelled', agoMs: 5 * DAY_MS });
  for (const videoId of [cancelled, ulid()]) await world.put('segments', `${videoId}/g1/plan.json`);
  await world.put('transcoded', `${cancelled}/g1/h264/480p/segment_00001.m4s`);
  expect(await run('temporary-objects')).toEqual({ videos: 0, objects: 0, foreign_folders: 0 });
  expect(await run('old-generations')).toMatchObject({ replaced_generations: 0, unpublished_generations: 0 });
  world.aheadMs = 2 * DAY_MS;
  expect(await run('temporary-objects')).toEqual({ videos: 2, objects: 2, foreign_folders: 0 });
  expect(await run('old-generations')).toMatchObject({ replaced_generations: 0, unpublished_generations: 1 });
}, 60_000);

it('walks many videos part by part', async () => {
  for (let number = 0; number < 120; number++) await world.put('segments', `${ulid()}/g1/plan.json`);
  world.aheadMs = 2 * DAY_MS;
  expect(await run('temporary-objects')).toEqual({ videos: 120, objects: 120, foreign_folders: 0 });
  expect(await world.contents('segments')).toEqual({});
}, 60_000);

it('fails videos whose workflow is gone, and only those', async () => {
  const agoMs = 3_600_000;
  const lost = await world.row({ status: 'packaging', generation: 2, agoMs, completedAt: null });
  const terminated = await world.row({ status: 'probing', agoMs });
  await world.startWorkflow(terminated);
  await terminateRun(world.server.client, processVideoWorkflowId(terminated));
  const running = await world.row({ status: 'transcoding', agoMs });
  await world.startWorkflow(running);
  const young = await world.row({ status: 'transcoding', agoMs: 60_000 });
  const waitsForService = await world.row({ status: 'uploaded', agoMs, workflowStartedAt: null });

  expect(await run('stuck-runs')).toEqual({ checked: 4, failed: 2 });
  expect(await world.videos.find(lost)).toMatchObject({
    status: 'failed',
    generation: 2,
    failedStep: 'package',
    failureType: 'RunLost',
    errorMessage: expect.stringContaining('Retry'),
  });
  expect(await world.videos.find(terminated)).toMatchObject({ status: 'failed', failedStep: 'probe' });
  const status = async (videoId: string) => (await world.videos.find(videoId))!.status;
  expect(await Promise.all([running, young, waitsForService].map(status))).toEqual(['transcoding', 'transcoding', 'uploaded']);
}, 60_000);

it('does not fail a run that starts while it looks', async () => {
  const videoId = await world.row({ status: 'probing', agoMs: 3_600_000 });
  const deps = world.dependencies();
  // The workflow is asked for between the reading of the row and its change.
  const isRunning = async () => {
    await world.videos.advance({ videoId, generation: 1 }, 'probing');
    return false;
  };
  const page = await HOUSEKEEPING_WORK['stuck-runs']({ ...deps, isRunning }, { cursor: null, signal: new AbortController().signal });
  expect(page.counts).toEqual({ checked: 1, failed: 0 });
  expect((await world.videos.find(videoId))!.status).toBe('probing');
}, 60_000);

it('reports how rows and objects differ, and changes nothing', async () => {
  const whole = await world.row({ status: 'ready', agoMs: DAY_MS, fileSizeBytes: 5 });
  await world.put('originals', `${whole}/original.mp4`, '12345');
  await world.publish(whole, 1);
  const imported = await world.row({ status: 'failed', originalS3Key: 'imports/film.mp4', fileSizeBytes: 5 });
  await world.put('originals', 'imports/film.mp4', '12345');
  const broken = await world.row({ status: 'ready', fileSizeBytes: 5 });
  await world.publish(broken, 1);
  const other = await world.row({ status: 'uploaded', fileSizeBytes: 5 });
  await world.put('originals', `${other}/original.mp4`, '1234');
  const bare = await world.row({ status: 'ready', fileSizeBytes: 5 });
  await world.put('originals', `${bare}/original.mp4`, '12345');
  await world.row({ status: 'uploading' });
  const unowned = ulid();
  await world.put('originals', `${unowned}/original.mp4`);
  await world.put('transcoded', `${unowned}/g1/segment.m4s`);
  await world.put('originals', watermarkKey('a'.repeat(64)));

  const before = await Promise.all((['originals', 'segments', 'transcoded'] as const).map((bucket) => world.contents(bucket)));
  expect(await run('drift-report')).toEqual({
    checked_videos: 6,
    checked_originals: 6,
    checked_outputs: 3,
    original_missing: 1,
    original_of_another_size: 1,
    manifest_missing: 1,
    original_without_row: 1,
    output_without_row: 1,
  });
  expect([...world.warnings].sort()).toEqual(
    [
      `drift: original_missing ${broken}`,
      `drift: original_of_another_size ${other}`,
      `drift: manifest_missing ${bare}`,
      `drift: original_without_row ${unowned}/original.mp4`,
      `drift: output_without_row ${unowned}`,
    ].sort(),
  );
  expect(imported).toBeDefined();
  expect(await Promise.all((['originals', 'segments', 'transcoded'] as const).map((bucket) => world.contents(bucket)))).toEqual(before);
}, 60_000);

it('makes its schedules once, keeps a pause and takes back other changes', async () => {
  const handle = world.server.client.schedule.getHandle(housekeepingScheduleId('drift-report'));
  await handle.pause('an operator looks at something');
  await ensureSchedules(world.server.client);
  const { everyMs, offsetMs } = HOUSEKEEPING_INTERVALS['drift-report'];
  const wanted = {
    spec: { intervals: [{ every: everyMs, offset: offsetMs }] },
    policies: { overlap: 'SKIP' },
    state: { paused: true, note: 'an operator looks at something' },
  };
  const first = await handle.describe();
  expect(first).toMatchObject(wanted);

  await handle.update((current) => ({
    ...current,
    spec: { intervals: [{ every: '5 seconds' }] },
    policies: { ...current.policies, overlap: 'ALLOW_ALL' },
  }));
  await Promise.all([ensureSchedules(world.server.client), ensureSchedules(world.server.client)]);
  expect(await handle.describe()).toMatchObject(wanted);
  const ids: string[] = [];
  for await (const { scheduleId } of world.server.client.schedule.list()) ids.push(scheduleId);
  expect(ids.sort()).toEqual([...HOUSEKEEPING_TASKS.map(housekeepingScheduleId), WEBHOOKS_SCHEDULE_ID].sort());
}, 60_000);
