import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '../../infra/object-store/object-store';
import { Failure } from '../../temporal/contract/failures';
import { firstFamilyOf } from '../../temporal/contract/media/families';
import type { Plan } from '../../temporal/contract/media/plan';
import type { RenditionReport } from '../../temporal/contract/media/reports';
import { clearPlace } from '../../temporal/contract/object-keys';
import { MODEL_PICTURE_BYTES, MODEL_PICTURES_NAME, sampleArgs } from '../../workflows/planning/moderation/sample-args';
import { samplingStep, type SampleBatch } from '../../workflows/planning/moderation/sampling';
import { joinSegments } from '../renditions/join-segments';
import { loadVideo } from '../renditions/load-presentation';
import type { TaskContext } from '../task/run-task';

const BATCH_NAME = 'batch.mp4';

/** What shows the whole title at the least cost: the smallest rendition of the family that is published first. */
export async function smallestRendition(objects: ObjectStore, plan: Plan): Promise<RenditionReport> {
  const first = firstFamilyOf(plan.families.map(({ family }) => family));
  const video = (await loadVideo(objects, plan)).filter(({ rendition }) => rendition.ref.family === first);
  const [smallest] = video.sort((one, other) => one.rung.width * one.rung.height - other.rung.width * other.rung.height);
  if (!smallest) throw new Failure('PlanInvalid', 'The plan of this video has no rendition.');
  return smallest.rendition;
}

/**
 * Decodes a batch and leaves its samples as JPEGs in the scratch folder. Resolves to the raw pictures for the model, and the bytes that
 * were read. Throws `OutputInvalid` when a segment is gone or does not have the frames of the plan.
 */
export async function sampleBatch(
  ffmpeg: string,
  task: TaskContext,
  { plan, rendition, batch }: { plan: Plan; rendition: RenditionReport; batch: SampleBatch },
): Promise<{ pictures: Uint8Array; bytesIn: number }> {
  const path = join(task.scratch, BATCH_NAME);
  const bytesIn = await joinSegments(task.objects, { place: clearPlace(plan), rendition, range: batch, path });
  await task.tool({ tool: ffmpeg, args: sampleArgs(BATCH_NAME, batch, samplingStep(plan.grid)) });
  const pictures = await readFile(join(task.scratch, MODEL_PICTURES_NAME));
  await rm(path);
  if (pictures.length !== batch.sampledFrames.length * MODEL_PICTURE_BYTES) {
    throw new Failure('OutputInvalid', 'The finished segments do not have the frames of the plan; retry from the transcode step.');
  }
  return { pictures, bytesIn };
}
