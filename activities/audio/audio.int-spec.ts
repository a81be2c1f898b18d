import { readFile } from 'node:fs/promises';
import type { PlanRef, RunRef } from '../../temporal/contract/activities';
import { segmentsKeys } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { LEVEL_MS } from '../../workflows/planning/source/sound/sound-levels';
import { probe } from '../probe/probe';
import { split } from '../split/split';
import { openActivityStand, type ActivityStand } from '../test-media/activity-stand';
import { ZooKit } from '../test-media/zoo/zoo-kit';
import { transcodeChunk } from '../transcode/transcode-chunk';
import { loadAudioReport } from '../renditions/report-store';
import { loadPlan } from '../task/plan-store';
import { audio } from './audio';

jest.setTimeout(120_000);

/** A single picture, and clicks for three chunks. */
const SOURCE = { frames: 1, audioSeconds: 30 };

let stand: ActivityStand;
let run: RunRef;

beforeAll(async () => {
  stand = await openActivityStand();
  const kit = new ZooKit(stand.deps.tools.ffmpeg, stand.folder);
  await kit.encode('one-track.mkv', SOURCE);
  await kit.remux('one-track.mkv', 'source.mkv', {
    output: ['-map', '0:v', '-map', '0:a', '-map', '0:a', '-metadata:s:a:1', 'language=deu'],
  });
  const encoding = { isStrict: false, families: {}, sound: { codecs: ['aac'], loudnessLufs: null } } as const;
  run = { videoId: await stand.addVideo({ encoding }, await readFile(kit.path('source.mkv'))), generation: 1 };
});
afterAll(() => stand.close());

async function planned(generation: number): Promise<PlanRef> {
  await stand.setRow(run.videoId, { generation, status: 'uploaded' });
  await stand.run(probe, { ...run, generation });
  return { ...run, generation, planSha256: (await stand.run(split, { ...run, generation })).planSha256 };
}

it('is proved against what the probe stored, and so are the frames that hold the last picture', async () => {
  const ref = await planned(1);
  const plan = await stand.deps.objects.getJson<Plan>('segments', segmentsKeys.plan(run.videoId, 1));
  expect(plan?.grid.frameCount).toBe(750);
  expect(plan?.chunks.map(({ heldSlot }) => heldSlot)).toEqual([undefined, 0, 0]);
  await stand.run(audio, { ...ref, redo: false });
  for (const chunkIndex of [0, 1, 2]) await stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex, chunkCount: 3 });
  expect(await stand.deps.objects.get('segments', segmentsKeys.audioReport(run.videoId, 1))).not.toBeNull();
});

it('is OutputInvalid and leaves no report when it is not in step with the packets of the source', async () => {
  const ref = await planned(2);
  await moveSource(2, 0);
  await expect(stand.run(audio, { ...ref, redo: false })).rejects.toMatchObject({
    type: 'OutputInvalid',
    message: 'The finished audio did not pass its check: the sound is 32 ms late at 0.5 s.',
  });
  expect(await stand.deps.objects.get('segments', segmentsKeys.audioReport(run.videoId, 2))).toBeNull();
});

it('leaves a track out that is not the default one, with a warning, and the title has the others', async () => {
  const ref = await planned(3);
  await moveSource(3, 1);
  await stand.run(audio, { ...ref, redo: false });
  const plan = await loadPlan(stand.deps.objects, ref);
  expect(plan.audio.map(({ name, sourceTrack }) => [name, sourceTrack])).toEqual([
    ['aac_64k', 0],
    ['aac_64k_de', 1],
  ]);
  const report = await loadAudioReport(stand.deps.objects, ref);
  expect(report).toMatchObject({ leftOut: [1], renditions: [{ ref: { name: 'aac_64k' } }] });
  const { warnings } = (await stand.deps.videos.find(run.videoId)) ?? {};
  expect(warnings).toMatchObject([
    {
      ...{ code: 'TrackLeftOut', step: 'audio' },
      message: 'Audio track 2 was left out. The finished audio did not pass its check: the sound is 32 ms late at 0.5 s.',
    },
  ]);
});

/** Makes what the probe measured of a track earlier than it was. */
async function moveSource(generation: number, track: number): Promise<void> {
  const key = segmentsKeys.soundLevels(run.videoId, generation, track);
  const levels = (await stand.deps.objects.get('segments', key)) as Uint8Array;
  const early = Buffer.concat([levels.subarray(32 / LEVEL_MS), Buffer.alloc(32 / LEVEL_MS)]);
  await stand.deps.objects.put('segments', key, early, { contentType: 'application/octet-stream' });
}
