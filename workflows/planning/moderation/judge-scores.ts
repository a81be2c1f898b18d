import type { FrameScore, ModerationDecision, ModerationRequest, ModerationSummary } from '../../../temporal/contract/media/moderation';

/** A moderator who has seen so many knows enough, and they fit on one page. */
const MOST_PICTURES = 24;
/** Neighbours show the same scene. */
const BETWEEN_PICTURES_MS = 5_000;
/** Digits of a score that mean something. */
const SCORE_DIGITS = 4;

/** The scores of a title in short. */
export function summaryOf(frames: readonly FrameScore[], threshold: number): ModerationSummary {
  return {
    threshold,
    highestScore: frames.reduce((highest, { score }) => Math.max(highest, score), 0),
    scoredFrames: frames.length,
    flaggedFrames: frames.filter(({ score }) => score >= threshold).length,
  };
}

/** The flagged frames that a moderator looks at, by time: the highest scores, {@link MOST_PICTURES} at most, not two of one scene. */
export function chosenPictures<Frame extends FrameScore>(frames: readonly Frame[], threshold: number): Frame[] {
  const chosen: Frame[] = [];
  const flagged = frames.filter(({ score }) => score >= threshold).sort((one, other) => other.score - one.score);
  for (const frame of flagged) {
    if (chosen.length === MOST_PICTURES) break;
    if (chosen.every(({ timeMs }) => Math.abs(timeMs - frame.timeMs) >= BETWEEN_PICTURES_MS)) chosen.push(frame);
  }
  return chosen.sort((one, other) => one.timeMs - other.timeMs);
}

/** Whether a run waits for a moderator. What should be held and has no scores is held: it is never published unseen. */
export function isHeld(
  request: ModerationRequest | undefined,
  summary: ModerationSummary | null,
  decided: ModerationDecision | null,
): boolean {
  if (request?.mode !== 'hold' || decided === 'approve') return false;
  return summary === null || summary.flaggedFrames > 0;
}

/** The sentence of the warning about a flagged video. */
export function flaggedSentence({ flaggedFrames, scoredFrames, highestScore, threshold }: ModerationSummary): string {
  const count = `${flaggedFrames} of ${scoredFrames} sampled pictures`;
  return `${count} score at or above the moderation threshold of ${threshold}; the highest score is ${highestScore}.`;
}

/** A score as it is stored and shown. */
export function roundedScore(score: number): number {
  return Number(score.toFixed(SCORE_DIGITS));
}
