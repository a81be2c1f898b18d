import { RETRY_WINDOW_MS } from '../../../temporal/contract/policies';
import { QUIET_BEFORE_REMOVAL_MS, READY_KEEPS_TEMPORARY_MS } from './limits';
import type { VideoState } from './video-state';

/** How long the temporary objects of a video are kept after its end; the other states are no end. */
const KEPT_AFTER_END_MS: Partial<Record<VideoState['status'], number>> = {
  ready: READY_KEEPS_TEMPORARY_MS,
  failed: RETRY_WINDOW_MS,
  cancelled: 0,
  removed: 0,
};

/** Whether the row lets the temporary objects of its video go. Without a row only their age counts. */
export function temporaryObjectsAreOver(video: VideoState | null, nowMs: number): boolean {
  if (video === null) return true;
  const keptMs = KEPT_AFTER_END_MS[video.status];
  return keptMs !== undefined && nowMs - video.sinceMs >= keptMs;
}

/** Whether the last write to a folder is so old that no writer is left. An empty folder has nothing to remove. */
export function isQuiet(newestObjectAtMs: number | null, nowMs: number): boolean {
  return newestObjectAtMs !== null && nowMs - newestObjectAtMs >= QUIET_BEFORE_REMOVAL_MS;
}
