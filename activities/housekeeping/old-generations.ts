import { generationFolder } from '../../temporal/contract/object-keys';
import { isQuiet } from '../../workflows/planning/housekeeping/temporary-objects';
import { unpublishedGenerations } from '../../workflows/planning/housekeeping/unpublished-generations';
import { isVideoId } from '../../workflows/planning/housekeeping/video-id';
import { referencedGenerations } from '../../temporal/contract/media/referenced-generations';
import { posterGenerations } from '../generations/poster-generations';
import { publishedManifests, publishedMasters } from '../generations/is-published';
import { removeOldGenerations } from '../generations/remove-old-generations';
import { videoState, type HousekeepingDependencies, type HousekeepingWork } from './housekeeping-dependencies';

const FOLDERS_PER_PART = 50;

/** Removes streams that are not played: those that a republish replaced a day ago, and those that never were published. */
export const oldGenerations: HousekeepingWork = async (deps, { cursor, signal }) => {
  const page = await deps.objects.listing('transcoded').folders({ cursor, limit: FOLDERS_PER_PART });
  const remover = deps.objects.remover('transcoded');
  const videoIds = page.names.filter(isVideoId);
  const videos = await deps.rows.findMany(videoIds);
  const counts = { replaced_generations: 0, unpublished_generations: 0, foreign_folders: page.names.length - videoIds.length };
  for (const videoId of videoIds) {
    signal.throwIfAborted();
    const row = videos.get(videoId);
    const stored = await remover.stored(videoId);
    // Most videos are ready and have the published generation only.
    if (!row || (row.status === 'ready' && stored.every((generation) => generation === row.generation))) continue;
    const options = { nowMs: deps.nowMs(), onProgress: () => undefined };
    counts.replaced_generations += (await removeOldGenerations(deps, { videoId }, options)).removedGenerations;
    for (const generation of await unpublished(deps, { videoId, stored })) {
      counts.unpublished_generations += (await remover.remove(videoId, generation, () => undefined)) > 0 ? 1 : 0;
    }
  }
  return { cursor: page.cursor, counts, examples: [] };
};

/** The row is read again, after the manifests: a run that has published meanwhile is seen in one of them. */
async function unpublished(deps: HousekeepingDependencies, { videoId, stored }: { videoId: string; stored: number[] }): Promise<number[]> {
  const [manifests, masters] = await Promise.all([publishedManifests(deps.objects, videoId), publishedMasters(deps.objects, videoId)]);
  if (await deps.isRunning(videoId)) return [];
  const [video, rows] = await Promise.all([deps.videos.find(videoId), deps.rows.findMany([videoId])]);
  const referenced = [...masters.flatMap(referencedGenerations), ...posterGenerations(video)];
  const candidates = unpublishedGenerations(
    videoState(rows.get(videoId)),
    { stored, referenced, manifests: manifests.length },
    deps.nowMs(),
  );
  const quiet = await Promise.all(
    candidates.map(async (generation) => {
      const newestMs = await deps.objects.listing('transcoded').newestWriteBelow(`${generationFolder(videoId, generation)}/`);
      return isQuiet(newestMs, deps.nowMs());
    }),
  );
  return candidates.filter((_generation, index) => quiet[index]);
}
