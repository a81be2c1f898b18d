import { UPLOAD_ABANDONED_AFTER_MS } from './limits';

/** A multipart upload in progress in the bucket of originals. */
export interface OpenUpload {
  startedAtMs: number;
  /** When its last part arrived; null before the first. */
  lastPartAtMs: number | null;
}

export function isAbandoned(upload: OpenUpload, nowMs: number): boolean {
  return nowMs - Math.max(upload.startedAtMs, upload.lastPartAtMs ?? 0) >= UPLOAD_ABANDONED_AFTER_MS;
}

export interface UploadingRow {
  startedAtMs: number;
  sizeBytes: number;
}

/**
 * What to do with a video that says it is being uploaded. `upload` is null when the store has no such upload any more;
 * then the whole original shows that a client completed it and the row missed that.
 */
export function uploadVerdict(
  row: UploadingRow,
  stored: { upload: { lastPartAtMs: number | null } | null; originalBytes: number | null },
  nowMs: number,
): 'wait' | 'cancel' | 'complete' {
  if (!isAbandoned({ startedAtMs: row.startedAtMs, lastPartAtMs: stored.upload?.lastPartAtMs ?? null }, nowMs)) return 'wait';
  return stored.upload === null && stored.originalBytes === row.sizeBytes ? 'complete' : 'cancel';
}

/** Whether an upload of the store belongs to a video that still waits for it. */
export function isAwaited(upload: { uploadId: string }, row: { status: string; uploadId: string | null } | undefined): boolean {
  return row !== undefined && row.status === 'uploading' && row.uploadId === upload.uploadId;
}
