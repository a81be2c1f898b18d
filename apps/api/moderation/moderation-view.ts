import type { RecordedRuling } from '../../../infra/database/moderation/moderation-repository';
import type { Video } from '../../../infra/database/video';
import type { ModerationReport } from '../../../temporal/contract/media/moderation';
import type { DecidedView, ModerationSummaryView, ModerationView } from './moderation-schemas';

/** How a video is moderated and how it scored, in short; null for one that did not ask. */
export function moderationSummaryOf({ encoding, moderationSummary, status, heldSince }: Video): ModerationSummaryView | null {
  if (!encoding.moderation) return null;
  return {
    ...encoding.moderation,
    highest_score: moderationSummary?.highestScore ?? null,
    scored_frames: moderationSummary?.scoredFrames ?? 0,
    flagged_frames: moderationSummary?.flaggedFrames ?? 0,
    held_since: status === 'moderating' ? (heldSince?.toISOString() ?? null) : null,
  };
}

/** Everything that a moderator sees. `pictureUrl` is the address of the 1-based flagged picture. */
export function moderationView(
  video: Video,
  { report, ruling }: { report: ModerationReport | null; ruling: RecordedRuling | null },
  pictureUrl: (number: number) => string,
): ModerationView {
  const summary = moderationSummaryOf(video) ?? {
    mode: 'off',
    threshold: 1,
    highest_score: null,
    scored_frames: 0,
    flagged_frames: 0,
    held_since: null,
  };
  const { videoId, generation, status } = video;
  return {
    video_id: videoId,
    generation,
    status,
    ...summary,
    model: report?.model ?? null,
    interval_ms: report?.intervalMs ?? null,
    scores: (report?.frames ?? []).map(({ timeMs, score }) => ({ time_ms: timeMs, score })),
    flagged: (report?.pictures ?? []).map(({ timeMs, score }, index) => ({ time_ms: timeMs, score, picture_url: pictureUrl(index + 1) })),
    decision: ruling && rulingView(ruling),
  };
}

/** A decision and where it has brought the video. */
export function decidedView({ videoId, status }: Pick<Video, 'videoId' | 'status'>, ruling: RecordedRuling): DecidedView {
  return { video_id: videoId, status, ...rulingView(ruling) };
}

function rulingView({ decision, decidedBy, decidedAt, note }: RecordedRuling) {
  return { decision, decided_by: decidedBy, decided_at: decidedAt.toISOString(), note };
}
