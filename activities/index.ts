import type { PipelineActivities } from '../temporal/contract/activities';
import type { HousekeepingActivities } from '../temporal/contract/housekeeping';
import type { NotifyActivities } from '../temporal/contract/webhooks';
import type { Queue } from '../temporal/contract/queues';
import { audioBinding } from './audio/audio';
import { bookkeepingBinding } from './bookkeeping/bookkeeping-binding';
import { drmBindings } from './drm/drm-bindings';
import { familiesBindings } from './families/families-bindings';
import { hardwareBindings } from './hardware/leave-gpu';
import { housekeepingBinding } from './housekeeping/housekeeping';
import { ingestBindings } from './ingest/ingest';
import { moderationBinding } from './moderation/moderate';
import { notifyBinding } from './notify/deliver-webhooks';
import { packageBinding } from './package/package-binding';
import { probeBinding } from './probe/probe';
import { splitBinding } from './split/split';
import { speechBinding } from './speech/recognise-speech';
import { subtitlesBindings } from './subtitles/subtitles-bindings';
import type { ActivityBinding } from './activity-binding';
import type { WorkerDependencies } from './worker-dependencies';
import { tsBinding } from './ts/ts-binding';
import { thumbnailBinding } from './thumbnail/thumbnail-binding';
import { expressBinding } from './transcode/express/transcode-express';
import { transcodeBindings } from './transcode/transcode-chunk';
import { verifyBinding } from './verify/verify';

const BINDINGS: readonly ActivityBinding[] = [
  bookkeepingBinding,
  housekeepingBinding,
  ...ingestBindings,
  probeBinding,
  splitBinding,
  ...transcodeBindings,
  expressBinding,
  audioBinding,
  thumbnailBinding,
  ...subtitlesBindings,
  speechBinding,
  moderationBinding,
  packageBinding,
  verifyBinding,
  ...drmBindings,
  tsBinding,
  ...familiesBindings,
  ...hardwareBindings,
  notifyBinding,
];

/** The activities that a worker of each queue offers, bound to their dependencies. */
export function activitiesByQueue(
  deps: WorkerDependencies,
): Partial<Record<Queue, Partial<PipelineActivities & HousekeepingActivities & NotifyActivities>>> {
  const byQueue: ReturnType<typeof activitiesByQueue> = {};
  for (const binding of BINDINGS) byQueue[binding.queue] = { ...byQueue[binding.queue], ...binding.bind(deps) };
  return byQueue;
}
