import type { RunRef } from '../../temporal/contract/activities';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { clearPlace, EARLY_NAMES } from '../../temporal/contract/object-keys';
import type { Plan } from '../../temporal/contract/media/plan';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { earlyPresentation } from '../../workflows/planning/manifests/early-presentation';
import { masterPlaylist } from '../../workflows/planning/manifests/hls';
import { renditionsOf } from '../../workflows/planning/manifests/presentation';
import { publishedManifests } from '../generations/is-published';
import { loadAudio } from '../renditions/load-presentation';
import { loadChunkReport, loadLeadReport } from '../renditions/report-store';
import { writeMediaPlaylist } from '../renditions/write-manifests';
import type { ActivityDependencies } from '../task/activity-dependencies';
import type { TaskContext } from '../task/run-task';

/**
 * Opens a title to players while it is encoded, once its sound and the first chunk of its first family are there, or the smallest rungs of that;
 * does nothing before, and for a title that is not to open or has something published. The tasks of both call it when these are stored, so the
 * later one opens, and the whole chunk writes the manifests once more, with what its encoders say of themselves. Media
 * playlists get their final text under their final names; the masters have names of their own. Throws `StorageUnavailable`, `DatabaseUnavailable`.
 */
export async function openEarly(
  { videos }: Pick<ActivityDependencies, 'videos'>,
  { objects }: Pick<TaskContext, 'objects'>,
  { run, plan }: { run: RunRef & { planSha256: string }; plan: Plan },
): Promise<void> {
  const [family] = plan.families;
  if (!plan.opensEarly || !family) return;
  const { videoId, generation } = run;
  const [chunk, lead, audio] = await Promise.all([
    loadChunkReport(objects, { videoId, generation, family: family.family, chunkIndex: 0 }),
    loadLeadReport(objects, { videoId, generation, family: family.family, segment: 0 }),
    loadAudio(objects, plan),
  ]);
  const report = [chunk, lead].find((one) => one?.planSha256 === run.planSha256);
  if (!report || !audio) return;
  if ((await publishedManifests(objects, videoId)).length > 0) return;
  const presentation = earlyPresentation(plan, report, audio);
  if (!presentation) return;
  const place = clearPlace(plan);
  await Promise.all(renditionsOf(presentation).map((rendition) => writeMediaPlaylist(objects, place, { rendition })));
  await Promise.all([
    objects.put('transcoded', `${videoId}/${EARLY_NAMES.hls}`, masterPlaylist(presentation), OBJECTS.earlyHls),
    objects.put('transcoded', `${videoId}/${EARLY_NAMES.dash}`, dashManifest(presentation), OBJECTS.earlyDash),
  ]);
  await videos.setPlayable(run);
}
