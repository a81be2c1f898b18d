import type { VideoStatus } from '../../../temporal/contract/steps';

export type DriftKind =
  'original_missing' | 'original_of_another_size' | 'manifest_missing' | 'original_without_row' | 'output_without_row';

/** An upload may not have arrived, and a cancelled one never will. */
const WITHOUT_ORIGINAL: ReadonlySet<VideoStatus> = new Set(['uploading', 'cancelled']);

/** What a row says about objects, next to the objects. */
export interface RowAndObjects {
  status: VideoStatus;
  sizeBytes: number;
  /** Size of the original, or null when there is none. */
  originalBytes: number | null;
  manifests: number;
  manifestsExpected: number;
}

/** How a row and its objects differ; nothing when they agree. */
export function rowDrift(video: RowAndObjects): DriftKind[] {
  const found: DriftKind[] = [];
  if (!WITHOUT_ORIGINAL.has(video.status)) {
    if (video.originalBytes === null) found.push('original_missing');
    else if (video.originalBytes !== video.sizeBytes) found.push('original_of_another_size');
  }
  if (video.status === 'ready' && video.manifests < video.manifestsExpected) found.push('manifest_missing');
  return found;
}
