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
import { audio } from './audio';

jest.setTimeout(120_000);

/** A single picture, and clicks for two chunks. */
const SOURCE = { frames: 1, audioSeconds: 30 };

let stand: ActivityStand;
let run: RunRef;

beforeAll(async () => {
  stand = await openActivityStand();
  const kit = new ZooKit(stand.deps.tools.ffmpeg, stand.folder);
  await kit.encode('source.mkv', SOURCE);
  run = { videoId: await stand.addVideo({}, await readFile(kit.path('source.mkv'))), generation: 1 };
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
  expect(plan?.chunks.map(({ heldSlot }) => heldSlot)).toEqual([undefined, 0]);
  await stand.run(audio, { ...ref, redo: false });
  for (const chunkIndex of [0, 1]) await stand.run(transcodeChunk, { ...ref, family: 'h264', chunkIndex, chunkCount: 2 });
  expect(await stand.deps.objects.get('segments', segmentsKeys.audioReport(run.videoId, 1))).not.toBeNull();
});

it('is OutputInvalid and leaves no report when it is not in step with the packets of the source', async () => {
  const ref = await planned(2);
  const key = segmentsKeys.soundLevels(run.videoId, 2, 0);
  const levels = (await stand.deps.objects.get('segments', key)) as Uint8Array;
  const early = Buffer.concat([levels.subarray(32 / LEVEL_MS), Buffer.alloc(32 / LEVEL_MS)]);
  await stand.deps.objects.put('segments', key, early, { contentType: 'application/octet-stream' });
  await expect(stand.run(audio, { ...ref, redo: false })).rejects.toMatchObject({
    type: 'OutputInvalid',
    message: 'The finished audio did not pass its check: the sound is 32 ms late at 0.5 s.',
  });
  expect(await stand.deps.objects.get('segments', segmentsKeys.audioReport(run.videoId, 2))).toBeNull();
});
