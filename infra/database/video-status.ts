import type { UpdateObject } from 'kysely';
import type { Step, VideoStatus } from '../../temporal/contract/steps';
import type { Schema } from './schema';

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
