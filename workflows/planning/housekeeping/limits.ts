import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../temporal/contract/units';

/** A laptop that was shut overnight, or a phone without network for a day, resumes its upload; a longer pause means that the upload is abandoned. */
export const UPLOAD_ABANDONED_AFTER_MS = DAY_MS;

/** Something may still write for a video that is not in the database or was cancelled; a day outlasts every activity. */
export const QUIET_BEFORE_REMOVAL_MS = DAY_MS;

/** Poster and thumbnails can be made again from what the transcode left, for as long. */
export const READY_KEEPS_TEMPORARY_MS = DAY_MS;

/** Between a row that says "in progress" and its workflow may lie a start that is tried again, and a database that was away. */
export const STUCK_AFTER_MS = 10 * MINUTE_MS;

/** Any hour that has ended since the last look of the schedule of every hour, and since the one before if that was missed. */
export const VIEWS_BY_MINUTE_KEPT_MS = 3 * HOUR_MS;
