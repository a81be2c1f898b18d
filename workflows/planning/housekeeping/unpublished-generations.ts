import { RETRY_WINDOW_MS } from '../../../temporal/contract/policies';
import type { VideoState } from './video-state';

export interface StoredGenerations {
  stored: readonly number[];
  /** Generations that a manifest or the poster names. */
  referenced: readonly number[];
  /** How many of the two manifests are there. */
  manifests: number;
}

/**
 * Generations newer than everything published that will never be published: an attempt that a later generation replaced,
 * or the last one of a video that was cancelled, removed or has failed for longer than it can be retried. Generations older
 * than the published one have viewers for a while and are not judged here, nor is a video whose manifests are not as they
 * should be. The caller makes sure that no workflow runs and that the objects are old.
 */
export function unpublishedGenerations(
  video: VideoState | null,
  { stored, referenced, manifests }: StoredGenerations,
  nowMs: number,
): number[] {
  if (video === null || manifests === 1 || (manifests === 0 && video.status === 'ready')) return [];
  const published = Math.max(0, ...referenced);
  const lastIsOver = currentGenerationIsOver(video, nowMs);
  return stored.filter(
    (generation) => generation > published && (generation < video.generation || (generation === video.generation && lastIsOver)),
  );
}

function currentGenerationIsOver(video: VideoState, nowMs: number): boolean {
  if (video.status === 'failed') return nowMs - video.sinceMs >= RETRY_WINDOW_MS;
  return video.status === 'cancelled' || video.status === 'removed';
}
