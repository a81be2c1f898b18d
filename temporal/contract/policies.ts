import type { FailureType } from './failures';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './units';

/**
 * How one kind of step is tried. `attempts` counts failures of the media work itself; a lost worker, a drain or a
 * dependency that does not answer costs none of them, because no input is to blame.
 */
export interface StepPolicy {
  attempts: number;
  initialIntervalMs: number;
  backoffCoefficient: number;
  maximumIntervalMs: number;
  neverRetried: readonly FailureType[];
  /** Bound on one attempt. */
  startToCloseMs: number;
}

/**
 * Cancellation reaches an activity only in the answer to a heartbeat, and the SDK sends one per 80 % of this time-out:
 * 12 s here, which with the 5 s a tool gets to end keeps a cancel under 20 s.
 */
export const HEARTBEAT_TIMEOUT_MS = 15_000;

/** Bounds attempts that never report back, such as an input that takes its worker down each time. */
export const MAX_ATTEMPTS_OF_ANY_KIND = 30;

/** How long a failed run waits for a retry before it ends: as long as the lifecycle rule keeps its temporary objects. */
export const RETRY_WINDOW_MS = 7 * DAY_MS;

const quick = { attempts: 5, initialIntervalMs: 1_000, backoffCoefficient: 2, maximumIntervalMs: 30_000 } as const;
const encode = { attempts: 3, initialIntervalMs: 5_000, backoffCoefficient: 2, maximumIntervalMs: 2 * MINUTE_MS } as const;
const finish = { attempts: 5, initialIntervalMs: 2_000, backoffCoefficient: 2, maximumIntervalMs: MINUTE_MS } as const;

export const POLICIES = {
  /** Bounded by size and line: 200 GB at 2.5 MB/s. Within an attempt each part is asked for several times. */
  ingest: {
    attempts: 5,
    initialIntervalMs: 5_000,
    backoffCoefficient: 3,
    maximumIntervalMs: 2 * MINUTE_MS,
    neverRetried: [],
    startToCloseMs: DAY_MS,
  },
  /** One pass over the packets of the source: bounded by its size, 200 GB at 50 MB/s. */
  probe: { ...quick, neverRetried: ['SourceUnreadable', 'SourceUnsupported'], startToCloseMs: 2 * HOUR_MS },
  /** Arithmetic over the facts of the source. */
  split: { ...quick, neverRetried: ['SourceUnreadable', 'SourceUnsupported'], startToCloseMs: 5 * MINUTE_MS },
  /** A chunk is at most a minute of video; a 2160p ladder on a loaded core runs near 1/60 of real time. */
  transcode: { ...encode, neverRetried: ['EncoderMissing', 'PlanInvalid'], startToCloseMs: 2 * HOUR_MS },
  /** A segment or a few in the smallest rungs. A viewer who still waits asks again, and the chunk makes them in any case. */
  express: { ...encode, attempts: 1, neverRetried: ['EncoderMissing', 'PlanInvalid'], startToCloseMs: 10 * MINUTE_MS },
  /** All tracks in one task: one in 5.1, in three renditions and limited, takes an eighth of real time on a core, and films have several. */
  audio: { ...encode, neverRetried: ['EncoderMissing', 'PlanInvalid'], startToCloseMs: 6 * HOUR_MS },
  thumbnails: { ...finish, neverRetried: ['OutputInvalid', 'KeyProviderDenied'], startToCloseMs: HOUR_MS },
  /** Text of at most some megabytes; captions inside pictures take the decoding of the whole source, an hour for a long film. */
  subtitles: { ...finish, neverRetried: ['OutputInvalid', 'KeyProviderDenied'], startToCloseMs: 2 * HOUR_MS },
  /** An engine takes a twentieth of the sound's time on a core, others up to all of it; sources are at most twelve hours long. */
  speech: { ...finish, neverRetried: ['OutputInvalid'], startToCloseMs: 12 * HOUR_MS },
  /** Decodes the smallest rendition once and scores at most an hour's worth of frames; a ladder of one 2160p rung is the slow case. */
  moderation: { ...finish, neverRetried: ['OutputInvalid', 'ToolsDiffer', 'KeyProviderDenied'], startToCloseMs: 2 * HOUR_MS },
  /** Text made from at most 500 small reports. */
  package: { ...finish, neverRetried: ['OutputInvalid', 'ToolsDiffer', 'KeyProviderDenied'], startToCloseMs: 10 * MINUTE_MS },
  /** Reads every playlist back and decodes a few samples of each rendition: minutes for a 2160p ladder on a loaded core. */
  verify: { ...finish, neverRetried: ['OutputInvalid', 'KeyProviderDenied'], startToCloseMs: HOUR_MS },
  /** A minute of media in every rung: decryption and comparison take seconds, transfers with a slow store minutes. */
  drm: { ...finish, neverRetried: ['OutputInvalid', 'KeyProviderDenied'], startToCloseMs: 30 * MINUTE_MS },
  /** A minute of media in every rung is copied in seconds; reading all of a long title back takes minutes with a slow store. */
  ts: { ...finish, neverRetried: ['OutputInvalid', 'PlanInvalid'], startToCloseMs: HOUR_MS },
  publish: { ...finish, neverRetried: ['OutputInvalid', 'KeyProviderDenied'], startToCloseMs: 5 * MINUTE_MS },
  /** An event to a webhook: twelve attempts over a day, each with ten seconds for the answer. The activity `deliverWebhooks` keeps these times itself. */
  notify: {
    ...{ attempts: 12, initialIntervalMs: 10_000, backoffCoefficient: 3, maximumIntervalMs: 5 * HOUR_MS },
    ...{ neverRetried: [], startToCloseMs: 10_000 },
  },
  /** The dispatcher of webhooks, which ends by itself after ten minutes. */
  dispatch: { ...quick, attempts: MAX_ATTEMPTS_OF_ANY_KIND, neverRetried: [], startToCloseMs: 12 * MINUTE_MS },
  /** A listing and at most a few thousand deletions; no user waits for it. */
  cleanUp: { ...finish, neverRetried: [], startToCloseMs: 30 * MINUTE_MS },
  /** One row in the database; tried until it is written, since only the row tells the user. */
  bookkeeping: {
    attempts: MAX_ATTEMPTS_OF_ANY_KIND,
    initialIntervalMs: 1_000,
    backoffCoefficient: 2,
    maximumIntervalMs: MINUTE_MS,
    neverRetried: [],
    startToCloseMs: 30_000,
  },
} as const satisfies Record<string, StepPolicy>;

export type PolicyName = keyof typeof POLICIES;
