import { WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import { removeOutputs, removeTemporary } from '../generations/remove-objects';
import type { ActivityBinding } from '../activity-binding';
import { beat } from '../task/beat';
import { recordCancelled, recordFailure, recordRemoved, recordWarning, reopenRun } from './bookkeeping';
import { bringForward } from './bring-forward';
import { holdForModeration, recordModerationRuling } from './hold-for-moderation';
import { findMissingChunks } from './find-missing-chunks';
import { inspectRun } from './inspect-run';

/** The calls of workflows between two steps: questions and notes. */
export const bookkeepingBinding: ActivityBinding = {
  queue: WORKFLOW_QUEUE,
  bind: (deps) => ({
    recordFailure: (failure) => recordFailure(deps, failure),
    recordWarning: (warning) => recordWarning(deps, warning),
    recordCancelled: (run) => recordCancelled(deps, run),
    recordRemoved: (video) => recordRemoved(deps, video),
    holdForModeration: (run) => holdForModeration(deps, run),
    recordModerationRuling: (ruling) => recordModerationRuling(deps, ruling),
    findMissingChunks: (range) => findMissingChunks(deps, range),
    bringForward: (wanted) => bringForward(deps, wanted),
    inspectRun: (run) => inspectRun(deps, run),
    reopenRun: (request) => reopenRun(deps, request),
    removeTemporary: (video) => removeTemporary(deps, video, beat),
    removeOutputs: (video) => removeOutputs(deps, video, beat),
  }),
};
