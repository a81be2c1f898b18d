import { cancellationDetails, cancellationSignal, heartbeat } from '@temporalio/activity';
import type { PipelineActivities } from '../temporal/contract/activities';
import type { HousekeepingActivities } from '../temporal/contract/housekeeping';
import type { Queue } from '../temporal/contract/queues';
import type { ActivityDependencies } from './task/activity-dependencies';
import type { WorkerDependencies } from './worker-dependencies';
import { workerShutdownFailure } from './task/activity-failure';
import { audio } from './audio/audio';
import { recordCancelled, recordFailure, recordRemoved, recordWarning, reopenRun } from './bookkeeping/bookkeeping';
import { findMissingChunks } from './bookkeeping/find-missing-chunks';
import { inspectRun } from './bookkeeping/inspect-run';
import { removeOutputs, removeTemporary } from './generations/remove-objects';
import { housekeepingActivities } from './housekeeping/housekeeping';
import { packageManifests } from './package/package-manifests';
import { publish } from './package/publish';
import { removeOldGenerations } from './generations/remove-old-generations';
import { probe } from './probe/probe';
import { split } from './split/split';
import { thumbnails } from './thumbnail/thumbnails';
import { transcodeChunk } from './transcode/transcode-chunk';

/** The activities that a worker of each queue offers, bound to what they stand on. */
export function activitiesByQueue(deps: WorkerDependencies): Partial<Record<Queue, Partial<PipelineActivities & HousekeepingActivities>>> {
  const bind =
    <Input, Result>(activity: (deps: ActivityDependencies, input: Input) => Promise<Result>) =>
    (input: Input) =>
      activity(deps, input);
  return {
    pipeline: {
      recordFailure: bind(recordFailure),
      recordWarning: bind(recordWarning),
      recordCancelled: bind(recordCancelled),
      recordRemoved: bind(recordRemoved),
      findMissingChunks: bind(findMissingChunks),
      inspectRun: bind(inspectRun),
      reopenRun: bind(reopenRun),
      removeTemporary: (video) => removeTemporary(deps, video, beat),
      removeOutputs: (video) => removeOutputs(deps, video, beat),
      ...housekeepingActivities(deps.housekeeping),
    },
    probe: { probe: bind(probe) },
    split: { split: bind(split) },
    'transcode-cpu': { transcodeChunk: bind(transcodeChunk) },
    audio: { audio: bind(audio) },
    thumbnail: { thumbnails: bind(thumbnails) },
    package: {
      packageManifests: bind(packageManifests),
      publish: bind(publish),
      removeOldGenerations: (video) => removeOldGenerations(deps, video, { nowMs: Date.now(), onProgress: beat }),
    },
  };
}

/** Between two parts of a long listing: tells that it goes on, and ends it when it shall not. */
function beat(): void {
  heartbeat();
  if (!cancellationSignal().aborted) return;
  throw cancellationDetails()?.workerShutdown ? workerShutdownFailure() : cancellationSignal().reason;
}
