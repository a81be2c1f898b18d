import type { ModerationRulingRecord, RunRef } from '../../temporal/contract/activities';
import { POLICIES } from '../../temporal/contract/policies';
import { isHeld } from '../../workflows/planning/moderation/judge-scores';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { staleRun, toApplicationFailure } from '../task/activity-failure';

type Dependencies = Pick<ActivityDependencies, 'videos' | 'moderation'>;

/**
 * Whether a run waits for a moderator; its status says so from then on. An approval holds for its generation, however often that is scored.
 * Throws `Cancelled` when the run was superseded.
 */
export async function holdForModeration({ videos, moderation }: Dependencies, run: RunRef): Promise<{ isHeld: boolean }> {
  const [video, ruling] = await Promise.all([videos.find(run.videoId), moderation.ruling(run)]);
  if (!isHeld(video?.encoding.moderation, video?.moderationSummary ?? null, ruling?.decision ?? null)) return { isHeld: false };
  if (!(await moderation.hold(run))) throw toApplicationFailure(staleRun(), POLICIES.bookkeeping, 0);
  return { isHeld: true };
}

/** Keeps what a moderator decided, and by whom and when. */
export async function recordModerationRuling({ moderation }: Dependencies, ruling: ModerationRulingRecord): Promise<void> {
  await moderation.record(ruling);
}
