import type { ScorerModel } from '../../temporal/contract/media/moderation';

/** Scores pictures. Another model is another implementation; the pictures are made by `workflows/planning/moderation/sample-args`. */
export interface FrameScorer {
  readonly model: ScorerModel;
  /**
   * How likely each picture is to be unsafe for work, 0 to 1. `pictures` are raw squares of `MODEL_SIDE` pixels, blue, green and red,
   * one after the other. Throws `ModerationUnavailable`, and the reason of an aborted `signal`.
   */
  score(pictures: Uint8Array, signal: AbortSignal): Promise<number[]>;
}
