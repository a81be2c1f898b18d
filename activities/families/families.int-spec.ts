import { readFile } from 'node:fs/promises';
import type { FamilyPlanRef } from '../../temporal/contract/activities';
import type { CodecFamily, FamilyState } from '../../temporal/contract/media/families';
import { clearPlace, MANIFEST_NAMES, renditionKey, titleKey } from '../../temporal/contract/object-keys';
import { audio } from '../audio/audio';
import { packageManifests } from '../package/package-manifests';
import { publish } from '../package/publish';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { plannedJoining } from '../test-media/plan-joining';
import { makeBarcodeSource } from '../test-media/make-source';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { joiningFamilies, recordFamilyEnd, removeFamily, withdrawFamily } from './family-books';
import { packageJoining, planJoining, publishJoining, verifyJoining } from './make-family';

jest.setTimeout(240_000);

const RATE = { num: 25, den: 1 };
const nothing = () => undefined;

let stand: ActivityStand;
let videoId: string;

/** A title that is published in H.264. */
beforeAll(async () => {
  stand = await openActivityStand();
  const source = { ffmpeg: stand.deps.tools.ffmpeg, folder: stand.folder, name: 'source.mp4', frameRate: RATE, frameCount: 50 };
  const path = await makeBarcodeSource({ ...source, audioDelaySeconds: 0 });
  videoId = await stand.addVideo({ codecs: ['h264', 'av1'] }, await readFile(path));
  const run = { videoId, generation: 1 };
  await stand.run(probe, run);
  const { planSha256, hasJoiningFamilies } = await stand.run(split, run);
  expect(hasJoiningFamilies).toBe(true);
  const plan = { ...run, planSha256 };
  await stand.run(transcodeChunk, { ...plan, family: 'h264', chunkIndex: 0, chunkCount: 1 });
  await stand.run(audio, { ...plan, redo: false });
  await stand.run(packageManifests, plan);
  await stand.run(publish, plan);
});
afterAll(() => stand.close());

const family = (name: CodecFamily) => ({ videoId, generation: 1, family: name });
const stateOf = async (name: CodecFamily) => (await stand.deps.families.list(videoId)).find((row) => row.family === name)?.state;
const master = async () => Buffer.from((await stand.deps.objects.get('transcoded', `${videoId}/${MANIFEST_NAMES.hls}`)) ?? []).toString();
const announced = async () => [...new Set([...(await master()).matchAll(/^g1\/(\w+)\//gm)].map((match) => match[1]))];
const move = (name: CodecFamily, from: FamilyState, state: FamilyState) => stand.deps.families.move(family(name), { from: [from], state });

/** Everything but the publication. */
async function made(name: CodecFamily): Promise<FamilyPlanRef> {
  await stand.deps.families.ask(family(name));
  const { planSha256, chunkCount } = await plannedJoining(stand, family(name));
  expect(chunkCount).toBe(1);
  const ref = { videoId, generation: 1, planSha256, joins: name };
  await stand.run(transcodeChunk, { ...ref, family: name, chunkIndex: 0, chunkCount });
  await stand.run(packageJoining, ref);
  await stand.run(verifyJoining, ref);
  return ref;
}

it('asks for the families of the upload once the title is published, and not again', async () => {
  expect(await joiningFamilies(stand.deps, { videoId, generation: 1 })).toEqual({ families: ['av1'] });
  await move('av1', 'pending', 'running');
  expect(await joiningFamilies(stand.deps, { videoId, generation: 1 })).toEqual({ families: [] });
  await move('av1', 'running', 'pending');
});

it('lets two families join that are published at the same moment', async () => {
  const refs = [await made('av1'), await made('hevc')];
  expect(await announced()).toEqual(['h264']);
  await Promise.all(refs.map((ref) => stand.run(publishJoining, ref)));
  expect(await announced()).toEqual(['h264', 'hevc', 'av1']);
  expect([await stateOf('av1'), await stateOf('hevc')]).toEqual(['ready', 'ready']);
  // A repeated task changes nothing.
  const before = await master();
  await stand.run(publishJoining, refs[0] as FamilyPlanRef);
  expect(await master()).toBe(before);
});

it('keeps them when the title is published again', async () => {
  await stand.run(publish, { videoId, generation: 1, planSha256: 'f'.repeat(64) });
  expect(await announced()).toEqual(['h264', 'hevc', 'av1']);
});

it('takes one out, keeps its objects for its viewers, and deletes them afterwards', async () => {
  const init = renditionKey(
    clearPlace({ videoId, generation: 1 }),
    { kind: 'video', family: 'hevc', name: '240p', language: null, role: 'main' },
    'init.mp4',
  );
  const isStored = async () => (await stand.deps.objects.head('transcoded', init)) !== null;
  await move('hevc', 'ready', 'leaving');
  await withdrawFamily(stand.deps, family('hevc'));
  expect(await announced()).toEqual(['h264', 'av1']);
  expect([await stateOf('hevc'), await isStored()]).toEqual(['removed', true]);
  await removeFamily(stand.deps, family('hevc'), nothing);
  expect(await isStored()).toBe(false);
  // The family of the title is none that joins.
  expect(await announced()).toEqual(['h264', 'av1']);
});

it('gives other names to a family that was public and is made anew, when nothing of it is left to go on from', async () => {
  const ref = await made('hevc');
  await stand.run(publishJoining, ref);
  expect(await master()).toMatch(/^g1\/hevc\/240p_r2\/playlist\.m3u8$/m);
  await move('hevc', 'ready', 'leaving');
  await withdrawFamily(stand.deps, family('hevc'));
});

it('takes one out of the generation that is public while another is in the making, and after that was given up', async () => {
  for (const [name, status] of [
    ['hevc', 'transcoding'],
    ['av1', 'cancelled'],
  ] as const) {
    const before = await announced();
    await stand.run(publishJoining, await made(name));
    expect(await announced()).toContain(name);
    await stand.setRow(videoId, { generation: 2, status });
    await move(name, 'ready', 'leaving');
    await withdrawFamily(stand.deps, family(name));
    expect(await announced()).toEqual(before.filter((one) => one !== name));
    expect(await stateOf(name)).toBe('removed');
    // The generation in the making leaves it out.
    expect((await joiningFamilies(stand.deps, { videoId, generation: 2 })).families).not.toContain(name);
    await stand.setRow(videoId, { generation: 1, status: 'ready' });
  }
  await stand.run(publishJoining, await made('av1'));
});

it('deletes nothing of a family that came back', async () => {
  const ref = await made('hevc');
  await removeFamily(stand.deps, family('hevc'), nothing);
  await stand.run(publishJoining, ref);
  expect(await announced()).toEqual(['h264', 'hevc', 'av1']);
});

it('publishes none that was taken back meanwhile', async () => {
  const ref = await made('vp9');
  await move('vp9', 'running', 'leaving');
  await expect(stand.run(publishJoining, ref)).rejects.toMatchObject({ type: 'Cancelled' });
  await withdrawFamily(stand.deps, family('vp9'));
  expect(await announced()).toEqual(['h264', 'hevc', 'av1']);
});

it('warns of a family that failed, which can be asked for again', async () => {
  await stand.deps.families.ask(family('vp9'));
  await recordFamilyEnd(stand.deps, { ...family('vp9'), state: 'failed', failureType: 'EncodeFailed', message: 'It broke.' }, nothing);
  expect(await stateOf('vp9')).toBe('failed');
  const { warnings } = (await stand.deps.videos.find(videoId)) ?? {};
  expect(warnings).toContainEqual({
    code: 'FamilyFailed',
    family: 'vp9',
    step: 'transcode',
    message: 'There are no renditions in vp9: It broke.',
  });
  expect(await joiningFamilies(stand.deps, { videoId, generation: 1 })).toEqual({ families: [] });
  await stand.deps.families.ask(family('vp9'));
  expect(await joiningFamilies(stand.deps, { videoId, generation: 1 })).toEqual({ families: ['vp9'] });
  await stand.run(publishJoining, await made('vp9'));
  expect((await stand.deps.videos.find(videoId))?.warnings).toEqual([]);
});

it('plans a family when temporary objects are gone, and says what to do when nothing is recorded', async () => {
  const bare = await stand.addVideo();
  await stand.setRow(bare, { status: 'ready' });
  const ref = { videoId: bare, generation: 1, family: 'av1' } as const;
  await stand.deps.families.ask(ref);
  await expect(stand.run(planJoining, ref)).rejects.toMatchObject({ type: 'PlanInvalid', message: expect.stringContaining('probe') });
  const title = await stand.deps.objects.get('transcoded', titleKey(videoId, 1));
  await stand.deps.objects.put('transcoded', titleKey(bare, 1), Buffer.from(title ?? []), { contentType: 'application/json' });
  await stand.deps.families.move(ref, { from: ['running'], state: 'pending' });
  expect(await stand.run(planJoining, ref)).toMatchObject({ chunkCount: 1 });
});

it('leaves no objects of a family whose video is gone', async () => {
  await move('vp9', 'ready', 'pending');
  const ref = await made('vp9');
  await stand.deps.videos.setRemoved(videoId);
  await expect(stand.run(publishJoining, ref)).rejects.toMatchObject({ type: 'Cancelled' });
  // Its plan is gone as well, which is no failure of the family.
  await recordFamilyEnd(stand.deps, { ...family('vp9'), state: 'failed', failureType: 'PlanInvalid', message: 'It is gone.' }, nothing);
  expect(await stateOf('vp9')).toBe('cancelled');
  expect([...(await stand.deps.objects.sizesBelow('transcoded', `${videoId}/g1/vp9/`)).keys()]).toEqual([]);
});
