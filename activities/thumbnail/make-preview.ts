import { join } from 'node:path';
import type { Plan } from '../../temporal/contract/media/plan';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Preview } from '../../temporal/contract/media/pictures';
import { clearPlace } from '../../temporal/contract/object-keys';
import { PICTURES_FOLDER, PREVIEW_NAME, thumbnailKeys } from '../../temporal/contract/picture-keys';
import type { VideoPresentation } from '../../workflows/planning/manifests/presentation';
import { previewArgs, previewPieces, previewSize, segmentsOf } from '../../workflows/planning/pictures/preview';
import type { Moment } from '../../workflows/planning/pictures/watch';
import { joinSegments } from '../renditions/join-segments';
import type { TaskContext } from '../task/run-task';

/** Cuts a few seconds where something moves out of a finished rendition, and stores them as one silent file. */
export async function makePreview(
  ffmpeg: string,
  task: TaskContext,
  title: { plan: Plan; of: VideoPresentation; moments: readonly Moment[] },
): Promise<{ preview: Preview; bytesOut: number }> {
  const { plan, of, moments } = title;
  const { frameRate, framesPerSegment } = plan.grid;
  const pieces = [];
  for (const [index, piece] of previewPieces(moments, plan.grid).entries()) {
    const range = segmentsOf(piece, plan.grid);
    const path = join(task.scratch, `piece_${index}.mp4`);
    await joinSegments(task.objects, { place: clearPlace(plan), rendition: of.rendition, range, path });
    const startFrame = piece.startFrame - range.firstSegment * framesPerSegment;
    pieces.push({ path, startFrame, endFrame: startFrame + piece.endFrame - piece.startFrame });
  }
  const size = previewSize(of.rung);
  const path = join(task.scratch, PREVIEW_NAME);
  await task.tool({ tool: ffmpeg, args: previewArgs(pieces, size, path) });
  const bytesOut = await task.objects.putFile('transcoded', thumbnailKeys.preview(plan.videoId, plan.generation), path, OBJECTS.preview);
  const frames = pieces.reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
  const durationMs = Math.round((frames * frameRate.den * 1000) / frameRate.num);
  return { preview: { name: `${PICTURES_FOLDER}/${PREVIEW_NAME}`, ...size, durationMs }, bytesOut };
}
