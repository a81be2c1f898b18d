import type { VideoSummary } from '../../infra/database/housekeeping-repository';
import type { OpenUploadEntry, OpenUploadsMarker, UploadedPart, UploadRef } from '../../infra/object-store/multipart-uploads';
import { walkOf } from '../../temporal/contract/pipeline';
import { isAbandoned, isAwaited, uploadVerdict } from '../../workflows/planning/housekeeping/abandoned-uploads';
import { UPLOAD_ABANDONED_AFTER_MS } from '../../workflows/planning/housekeeping/limits';
import { folderOf } from '../../workflows/planning/housekeeping/video-id';
import type { HousekeepingDependencies, HousekeepingWork } from './housekeeping-dependencies';
import { inPasses } from './in-passes';

/** Each costs a listing of its parts. */
const ROWS_PER_PART = 100;
const UPLOADS_PER_PART = 100;

/** Videos that say they are being uploaded. Their rows come first: a client that completes one just now wins. */
const rows: HousekeepingWork = async (deps, { cursor, signal }) => {
  const before = new Date(deps.nowMs() - UPLOAD_ABANDONED_AFTER_MS);
  const page = await deps.rows.listUnchanged(['uploading'], before, { after: cursor ?? '', limit: ROWS_PER_PART });
  const counts = { cancelled_videos: 0, completed_videos: 0 };
  for (const row of page) {
    signal.throwIfAborted();
    const verdict = await judge(deps, row);
    if (verdict === 'complete' && (await setUploaded(deps, row))) counts.completed_videos += 1;
    if (verdict === 'cancel' && (await deps.videos.setUploadCancelled(row.videoId))) {
      counts.cancelled_videos += 1;
      const upload = uploadOf(row);
      if (upload) await deps.uploads.abort(upload);
    }
  }
  return { cursor: page.length < ROWS_PER_PART ? null : page.at(-1)!.videoId, counts, examples: [] };
};

/** Uploads in the store that no video waits for. */
const store: HousekeepingWork = async (deps, { cursor, signal }) => {
  const from = cursor === null ? null : (JSON.parse(cursor) as OpenUploadsMarker);
  const { uploads, next } = await deps.uploads.listOpen(from, UPLOADS_PER_PART);
  const videos = await deps.rows.findMany([...new Set(uploads.map(({ key }) => folderOf(key)))]);
  let aborted = 0;
  for (const upload of uploads) {
    signal.throwIfAborted();
    if (isAwaited(upload, videos.get(folderOf(upload.key))) || !(await isOver(deps, upload))) continue;
    await deps.uploads.abort(upload);
    aborted += 1;
  }
  return { cursor: next && JSON.stringify(next), counts: { aborted_uploads_without_video: aborted }, examples: [] };
};

/** Aborts abandoned uploads, and frees their parts. */
export const abandonedUploads = inPasses([
  ['rows', rows],
  ['store', store],
]);

async function setUploaded({ videos }: HousekeepingDependencies, { videoId }: VideoSummary): Promise<boolean> {
  const video = await videos.find(videoId);
  return video !== null && videos.setUploaded(videoId, walkOf(video.encoding));
}

async function judge(deps: HousekeepingDependencies, row: VideoSummary): Promise<'wait' | 'cancel' | 'complete'> {
  const upload = uploadOf(row);
  const parts = upload && (await deps.uploads.listParts(upload));
  const original = parts ? null : await deps.objects.head('originals', row.originalS3Key);
  return uploadVerdict(
    { startedAtMs: row.createdAt.getTime(), sizeBytes: row.fileSizeBytes },
    { upload: parts && { lastPartAtMs: lastPartAtMs(parts) }, originalBytes: original?.sizeBytes ?? null },
    deps.nowMs(),
  );
}

/** The parts are listed for old uploads only. */
async function isOver(deps: HousekeepingDependencies, upload: OpenUploadEntry): Promise<boolean> {
  const startedAtMs = upload.startedAt.getTime();
  if (!isAbandoned({ startedAtMs, lastPartAtMs: null }, deps.nowMs())) return false;
  const parts = await deps.uploads.listParts(upload);
  return parts !== null && isAbandoned({ startedAtMs, lastPartAtMs: lastPartAtMs(parts) }, deps.nowMs());
}

function uploadOf(row: VideoSummary): UploadRef | null {
  return row.uploadId === null ? null : { key: row.originalS3Key, uploadId: row.uploadId };
}

function lastPartAtMs(parts: readonly UploadedPart[]): number | null {
  return parts.length === 0 ? null : Math.max(...parts.map(({ storedAt }) => storedAt.getTime()));
}
