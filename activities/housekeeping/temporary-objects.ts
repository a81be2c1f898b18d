import { isQuiet, temporaryObjectsAreOver } from '../../workflows/planning/housekeeping/temporary-objects';
import { isVideoId } from '../../workflows/planning/housekeeping/video-id';
import { videoState, type HousekeepingWork } from './housekeeping-dependencies';

const FOLDERS_PER_PART = 50;

/** Removes the temporary objects of videos that have ended and of those that are in no row. */
export const temporaryObjects: HousekeepingWork = async (deps, { cursor, signal }) => {
  const listing = deps.objects.listing('segments');
  const remover = deps.objects.remover('segments');
  const page = await listing.folders({ cursor, limit: FOLDERS_PER_PART });
  const videoIds = page.names.filter(isVideoId);
  const videos = await deps.rows.findMany(videoIds);
  const counts = { videos: 0, objects: 0, foreign_folders: page.names.length - videoIds.length };
  for (const videoId of videoIds) {
    signal.throwIfAborted();
    if (!temporaryObjectsAreOver(videoState(videos.get(videoId)), deps.nowMs())) continue;
    if (!isQuiet(await listing.newestWriteBelow(`${videoId}/`), deps.nowMs())) continue;
    // A retry of an optional step leaves a ready video ready.
    if (await deps.isRunning(videoId)) continue;
    const removed = await remover.removeGenerations(videoId, () => undefined);
    counts.objects += removed;
    counts.videos += removed > 0 ? 1 : 0;
  }
  return { cursor: page.cursor, counts, examples: [] };
};
