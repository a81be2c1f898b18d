import { createHash } from 'node:crypto';
import type { VideoSource } from '../../infra/database/ingest/ingest-repository';
import type { Video } from '../../infra/database/video';
import { Failure } from '../../temporal/contract/failures';
import type { IngestFailure } from '../../temporal/contract/activities';
import { walkOf } from '../../temporal/contract/pipeline';
import type { TaskResult } from '../../temporal/contract/results';
import type { ActivityBinding } from '../activity-binding';
import { staleRun } from '../task/activity-failure';
import { runTask, type TaskContext } from '../task/run-task';
import { copyObject } from './copy-object';
import { HttpSource } from './http-source';
import type { PullDependencies } from './ingest-dependencies';
import { pullHttp, storedBase, type Pull } from './pull-http';

/** Of every pull: no run is there yet. */
const GENERATION = 1;

/** Pulls the original of a video into the store, checks it, and hands the video over as an upload does. */
export async function ingest(deps: PullDependencies, { videoId }: { videoId: string }): Promise<TaskResult> {
  const ref = { videoId, generation: GENERATION, taskType: 'ingest' } as const;
  return runTask(deps, { ref, policy: 'ingest' }, async (task) => {
    const [video, source] = await Promise.all([deps.videos.find(videoId), deps.ingest.rows.find(videoId)]);
    if (!video || !source) throw staleRun();
    const outcome = (sizeBytes: number) => ({ result: { bytesOut: sizeBytes }, outputKey: video.originalS3Key, bytesOut: sizeBytes });
    if (video.status === 'uploading') {
      const sizeBytes = await pullAndCheck(deps, task, { video, source });
      await handOver(deps, video, sizeBytes);
      return { ...outcome(sizeBytes), bytesIn: sizeBytes };
    }
    if (isEnded(video)) throw staleRun();
    // The attempt before was lost behind its last statement but one.
    await deps.ingest.rows.setDone(videoId);
    return { ...outcome(video.fileSizeBytes), bytesIn: 0 };
  });
}

/** Parks the video as `failed`, from where a retry goes on; one that was cancelled or removed stays so. */
async function recordIngestFailure(deps: PullDependencies, { videoId, ...failure }: IngestFailure): Promise<void> {
  await deps.videos.setFailed({ videoId, generation: GENERATION }, { ...failure, step: null });
}

export const ingestBindings: readonly ActivityBinding[] = [
  { queue: 'ingest', bind: (deps) => ({ ingest: (video) => ingest(deps, video) }) },
  { queue: 'pipeline', bind: (deps) => ({ recordIngestFailure: (failure) => recordIngestFailure(deps, failure) }) },
];

interface Rows {
  video: Video;
  source: VideoSource;
}

/** Resolves to the size of the original in bytes. */
async function pullAndCheck(deps: PullDependencies, task: TaskContext, rows: Rows): Promise<number> {
  const { video, source } = rows;
  try {
    const sizeBytes = (await joinedBefore(deps, rows)) ?? (await pullAndJoin(deps, task, rows));
    if (source.sha256 !== null) await checkSha256(deps, task, rows);
    return sizeBytes;
  } catch (error) {
    // Parts that were under way when the upload was aborted may have come in behind it.
    const [now, current] = await Promise.all([deps.videos.find(video.videoId), deps.ingest.rows.find(video.videoId)]);
    const base = current && storedBase(current, video);
    if (base && (!now || isEnded(now))) await deps.ingest.uploads.abort(base);
    throw error;
  }
}

async function pullAndJoin(deps: PullDependencies, task: TaskContext, { video, source }: Rows): Promise<number> {
  const { signal } = task;
  const pull: Pull = { deps: deps.ingest, video, source, signal, progress: (percent) => (task.percent = percent) };
  const address = source.address ?? '';
  const isObject = address.startsWith('s3://');
  const { base, parts } = isObject
    ? await copyObject(pull, deps.objects.copies())
    : await pullHttp(pull, new HttpSource(deps.ingest, address, signal));
  signal.throwIfAborted();
  const isJoined = await deps.ingest.uploads.complete(base, parts);
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  const original = await deps.objects.head('originals', video.originalS3Key);
  if (original?.sizeBytes === sizeBytes) return sizeBytes;
  // A completion whose response was lost leaves no upload, but an original.
  if (!isJoined) throw staleRun();
  throw new Failure('StorageUnavailable', 'The stored original has another size than its parts.');
}

/** The size of an original that an attempt has joined and did not live to tell of; null where there is none. */
async function joinedBefore(deps: PullDependencies, { video, source }: Rows): Promise<number | null> {
  const base = storedBase(source, video);
  if (!base || base.bytesTotal === null || (await deps.ingest.uploads.listParts(base)) !== null) return null;
  const original = await deps.objects.head('originals', video.originalS3Key);
  return original?.sizeBytes === base.bytesTotal ? base.bytesTotal : null;
}

async function checkSha256(deps: PullDependencies, task: TaskContext, { video, source }: Rows): Promise<void> {
  const original = await deps.objects.stream('originals', video.originalS3Key, { signal: task.signal });
  const hash = createHash('sha256');
  for await (const piece of original?.body ?? []) hash.update(piece as Buffer);
  if (hash.digest('hex') === source.sha256) return;
  await deps.ingest.rows.clearBase(video.videoId);
  throw new Failure('SourceMismatch', 'The file has another SHA-256 than the request named.');
}

async function handOver({ videos, ingest: { rows } }: PullDependencies, { videoId, encoding }: Video, sizeBytes: number): Promise<void> {
  await rows.setSize(videoId, sizeBytes);
  if (!(await videos.setUploaded(videoId, walkOf(encoding)))) throw staleRun();
  await rows.setDone(videoId);
}

function isEnded({ status }: Video): boolean {
  return status === 'cancelled' || status === 'removed' || status === 'failed';
}
