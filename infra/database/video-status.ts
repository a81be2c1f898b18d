import { sql, type UpdateObject } from 'kysely';
import type { RunRef } from '../../temporal/contract/activities';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import { database, type Database } from './database';
import type { Schema, VideoWarning } from './schema';

/** States that no step of a run changes any more. */
export const ENDED_STATUSES = ['ready', 'failed', 'cancelled', 'removed'] as const satisfies readonly VideoStatus[];

/** Whether a run may change the state. */
export function isUnderWay(status: VideoStatus): boolean {
  return !(ENDED_STATUSES as readonly VideoStatus[]).includes(status);
}

/** A state that a video has taken. */
export interface VideoStatusChange {
  videoId: string;
  /** Left out for changes that concern every run. */
  generation?: number;
  status: VideoStatus;
  failedStep?: Step | null;
  failureType?: string | null;
}

/** New values of a row; a state and its reasons are plain values. */
export type VideoValues = Omit<UpdateObject<Schema, 'videos'>, 'status' | 'failedStep' | 'failureType'> & {
  status?: VideoStatus;
  failedStep?: Step | null;
  failureType?: string | null;
};

/** What a run has shown while it was encoded goes with the run; what is published plays on. */
export const PLAYABLE_IF_PUBLISHED = sql<Date | null>`if(manifest_url is null, null, playable_at)`;

export function playableFrom(now: Date) {
  return sql<Date>`coalesce(playable_at, ${now})`;
}

/** The warnings of a row with one more, once. */
export function warningsWith(warning: VideoWarning) {
  const code = warning.code === undefined ? sql`` : sql`'code', ${warning.code}, `;
  const family = warning.family === undefined ? sql`` : sql`'family', ${warning.family}, `;
  const entry = sql`json_object(${code}${family}'step', ${warning.step}, 'message', ${warning.message})`;
  return sql<string>`if(json_contains(warnings, ${entry}), warnings, json_array_append(warnings, '$', ${entry}))`;
}

/** Takes warnings that are over out of the row of a run. One that comes at the same time makes it wait for the next call. Throws `DatabaseUnavailable`. */
export async function dropWarnings(
  db: Database,
  { videoId, generation }: RunRef,
  isOver: (warning: VideoWarning) => boolean,
): Promise<void> {
  const found = db.selectFrom('videos').select('warnings').where('videoId', '=', videoId).where('generation', '=', generation);
  const text = (await database(() => found.executeTakeFirst()))?.warnings;
  const warnings = text ? (JSON.parse(text) as VideoWarning[]) : [];
  const kept = warnings.filter((warning) => !isOver(warning));
  if (kept.length === warnings.length) return;
  await database(() =>
    db
      .updateTable('videos')
      .set({ warnings: JSON.stringify(kept), updatedAt: new Date() })
      .where('videoId', '=', videoId)
      .where('generation', '=', generation)
      .where(sql<boolean>`json_length(warnings) = ${warnings.length}`)
      .execute(),
  );
}

/** Passes the state on that an update has set; returns whether there was one that changed a row. */
export function tellStatus(
  onStatus: (change: VideoStatusChange) => void,
  { videoId, generation }: { videoId: string; generation?: number },
  { status, failedStep, failureType }: VideoValues,
  isDone: boolean,
): boolean {
  const reason = { ...(failedStep === undefined ? {} : { failedStep }), ...(failureType === undefined ? {} : { failureType }) };
  if (isDone && status) onStatus({ videoId, ...(generation === undefined ? {} : { generation }), status, ...reason });
  return isDone;
}
