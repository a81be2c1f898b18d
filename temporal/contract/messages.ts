import type { ModerationDecision } from './media/moderation';
import type { Walk } from './pipeline';
import type { Step } from './steps';

/** Names of the updates that the workflow of a video handles. */
export const UPDATES = { retryStep: 'retryStep', removeVideo: 'removeVideo', decideModeration: 'decideModeration' } as const;

/** Names of the signals that the workflow of a codec family handles. */
export const SIGNALS = { wantSegments: 'wantSegments' } as const;

/** Segments that viewers wait for. */
export interface SegmentWish {
  /** 0-based, the latest asked for first: a handful. */
  segments: number[];
}

/** Type of the failure with which an update is refused: the run is not one that waits for a decision. */
export const NOT_WAITING = 'NotWaiting';

/** Type of the failure with which a decision is refused: no moderator is waited for, or another one was faster. */
export const NOT_HELD = 'NotHeld';

/** What a moderator says of a held video. */
export interface ModerationRuling {
  decision: ModerationDecision;
  /** The caller of the API. */
  decidedBy: string;
  note: string | null;
}

/** The retry runs this step, every step after it in the DAG, and unfinished steps. */
export interface RetryRequest {
  fromStep: Step;
  /** The walk of a generation that the retry begins; one that goes on keeps its own. Left out by callers of the first release. */
  walk?: Walk;
}

export interface RetryAccepted {
  /** The generation that the retry works on: a new one when the plan has to be made again. */
  generation: number;
}
