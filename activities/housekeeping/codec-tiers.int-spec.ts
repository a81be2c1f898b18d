import { DefaultLogger, Runtime } from '@temporalio/worker';
import { joinFamilyWorkflowId, WORKFLOW_TYPES } from '../../temporal/contract/ids';
import type { Tier } from '../../temporal/contract/media/encoding';
import type { CodecFamily, FamilyState } from '../../temporal/contract/media/families';
import { PRIORITY_KEYS } from '../../temporal/contract/steps';
import { HOUR_MS, MINUTE_MS } from '../../temporal/contract/units';
import { startJoinFamily } from '../../temporal/family-commands';
import { terminateRun } from '../../temporal/testing/terminate-run';
import { codecTiers } from './codec-tiers';
import { HousekeepingWorld } from './testing/housekeeping-world';

let world: HousekeepingWorld;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  world = await HousekeepingWorld.create();
}, 60_000);
afterAll(() => world.close());

/** No video of one test counts in another. */
afterEach(async () => {
  await world.db.deleteFrom('videoViews').execute();
  world.aheadMs = 0;
});

const look = async () => (await codecTiers(world.dependencies(), { cursor: null, signal: new AbortController().signal })).counts;

const watch = (videoId: string, count: number, minutesAgo = 0) =>
  world.views.add({ videoId, count, atMs: world.nowMs() - minutesAgo * MINUTE_MS }, null);

const statesOf = async (videoId: string) =>
  Object.fromEntries((await world.families.list(videoId)).map(({ family, state }) => [family, state]));

/** Every workflow that has ever made a family of a video, with its priority. */
async function joins(videoId: string): Promise<[CodecFamily, number][]> {
  const found: [CodecFamily, number][] = [];
  for (const family of ['h264', 'hevc', 'av1', 'vp9'] as const) {
    for (const generation of [1, 2]) {
      const handle = world.server.client.workflow.getHandle(joinFamilyWorkflowId(videoId, generation, family));
      const run = await handle.describe().catch(() => null);
      if (run) found.push([family, run.priority?.priorityKey ?? 0]);
    }
  }
  return found;
}

const LOW = PRIORITY_KEYS.low;

it('takes the thresholds that were recorded with a video', async () => {
  const [own, none] = [await world.row({ status: 'ready' }), await world.row({ status: 'ready' })];
  const record = (videoId: string, tiers: readonly Tier[]) =>
    world.db
      .updateTable('videos')
      .set({ encoding: JSON.stringify({ isStrict: false, families: {}, tiers }) })
      .where('videoId', '=', videoId)
      .execute();
  await record(own, [{ family: 'vp9', aboveViewsPerHour: 20 }]);
  await record(none, []);
  await watch(own, 21);
  await watch(none, 100_000);
  expect(await look()).toEqual({ watched_videos: 2, added_families: 1 });
  expect(await Promise.all([own, none].map(joins))).toEqual([[['vp9', LOW]], []]);
});

it('adds the HDR set of a codec along with it', async () => {
  const videoId = await world.row({ status: 'ready' });
  const colour = { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc', range: 'limited' };
  const facts = JSON.stringify({ video: { colour } });
  await world.db.updateTable('videos').set({ sourceFacts: facts }).where('videoId', '=', videoId).execute();
  await watch(videoId, 101);
  expect(await look()).toEqual({ watched_videos: 1, added_families: 2 });
  expect(await statesOf(videoId)).toEqual({ hevc: 'pending', 'hevc-hdr': 'pending' });
  expect(await look()).toEqual({ watched_videos: 1, added_families: 0 });
});

it('adds a family above its threshold, at low priority, and once', async () => {
  const [few, many, most, again] = [
    await world.row({ status: 'ready' }),
    await world.row({ status: 'ready' }),
    await world.row({ status: 'ready' }),
    await world.row({ status: 'transcoding', generation: 2 }),
  ];
  await watch(few, 100);
  await watch(many, 101);
  await watch(most, 10_001);
  await watch(again, 10_001);
  expect(await look()).toEqual({ watched_videos: 4, added_families: 3 });
  expect(await Promise.all([few, many, most, again].map(joins))).toEqual([
    [],
    [['hevc', LOW]],
    [
      ['hevc', LOW],
      ['av1', LOW],
    ],
    [],
  ]);
  expect(await look()).toEqual({ watched_videos: 4, added_families: 0 });
  world.aheadMs = HOUR_MS;
  await watch(many, 5_000);
  expect(await look()).toEqual({ watched_videos: 4, added_families: 0 });
  expect(await statesOf(most)).toEqual({ av1: 'pending', hevc: 'pending' });
});

it('sees an hour on both sides of a full hour, of its last look, and of the one before', async () => {
  const [ended, split, older, apart] = [
    await world.row({ status: 'ready' }),
    await world.row({ status: 'ready' }),
    await world.row({ status: 'ready' }),
    await world.row({ status: 'ready' }),
  ];
  for (const [videoId, ...minutes] of [
    [ended, 61, 119],
    [split, 50, 70],
    [older, 110, 160],
    [apart, 10, 71],
  ] as const) {
    for (const minute of minutes) await watch(videoId, 60, minute);
  }
  expect(await look()).toMatchObject({ added_families: 3 });
  expect(await statesOf(apart)).toEqual({});
});

it('lets a decision stand: removed, failed, cancelled, asked for or there', async () => {
  const states: FamilyState[] = ['removed', 'leaving', 'failed', 'cancelled', 'running', 'joining', 'ready'];
  for (const state of states) {
    for (const generation of [1, 2]) {
      const videoId = await world.row({ status: 'ready', generation: 2 });
      await world.families.ask({ videoId, generation, family: 'hevc' });
      await world.families.move({ videoId, generation, family: 'hevc' }, { from: ['pending'], state });
      await watch(videoId, 101);
      expect(await look()).toMatchObject({ added_families: 0 });
      expect([await statesOf(videoId), await joins(videoId)]).toEqual([{ hevc: state }, []]);
    }
  }
  const asked = await world.row({ status: 'ready' });
  await world.db.updateTable('videos').set({ codecs: '["h264","hevc"]' }).where('videoId', '=', asked).execute();
  await watch(asked, 101);
  expect(await look()).toMatchObject({ added_families: 0 });
  expect(await statesOf(asked)).toEqual({});
});

it('adds each family once in two runs at the same moment', async () => {
  const videoIds = await Promise.all(Array.from({ length: 10 }, () => world.row({ status: 'ready' })));
  for (const videoId of videoIds) await watch(videoId, 10_001);
  const counts = await Promise.all([look(), look()]);
  expect(counts.reduce((sum, each) => sum + each['added_families']!, 0)).toBe(2 * videoIds.length);
  for (const videoId of videoIds) expect(await joins(videoId)).toHaveLength(2);
});

it('begins what a run asked for that ended in between, and nothing a second time', async () => {
  const [lost, begun] = [await world.row({ status: 'ready' }), await world.row({ status: 'ready' })];
  for (const videoId of [lost, begun]) {
    await world.families.ask({ videoId, generation: 1, family: 'hevc' });
    await watch(videoId, 101);
  }
  const ref = { videoId: begun, generation: 1, family: 'hevc' } as const;
  await startJoinFamily(world.server.client, ref, { creatorId: 'anna', priority: 'high' });
  await terminateRun(world.server.client, joinFamilyWorkflowId(begun, 1, 'hevc'));
  expect(await look()).toEqual({ watched_videos: 2, added_families: 0 });
  expect(await joins(lost)).toEqual([['hevc', LOW]]);
  const run = await world.server.client.workflow.getHandle(joinFamilyWorkflowId(begun, 1, 'hevc')).describe();
  expect([run.status.name, run.type]).toEqual(['TERMINATED', WORKFLOW_TYPES.joinFamily]);
});

it('is run by its schedule, and the views of old minutes go into the totals', async () => {
  const videoId = await world.row({ status: 'ready' });
  await watch(videoId, 101, 5);
  await watch(videoId, 7, 200);
  await world.runSchedules(['codec-tiers', 'old-views']);
  expect((await world.families.list(videoId)).map(({ family }) => family)).toEqual(['hevc']);
  const reports = Object.fromEntries((await world.rows.lastReports()).map(({ task, counts }) => [task, counts]));
  expect(reports).toEqual({ 'codec-tiers': { watched_videos: 1, added_families: 1 }, 'old-views': { rows: 1 } });
  expect((await world.views.counts([videoId], world.nowMs())).get(videoId)).toEqual({ total: 108, lastHour: 101 });
}, 60_000);
