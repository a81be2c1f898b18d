import type { FamilyRef, PlanRef, ProtectionRef, RunRef, SubtitleRef } from './activities';
import type { CodecFamily } from './media/families';
import type { HardwareKind } from './media/hardware';
import type { Walk } from './pipeline';
import type { Priority } from './steps';

export interface ProcessVideoInput extends RunRef {
  creatorId: string;
  priority: Priority;
  /** The steps of the run; `FIRST_WALK` when it is left out. */
  walk?: Walk;
  /** The run begins by waiting for an update, such as a retry after the run before has ended. */
  startsParked?: boolean;
  /** How long a failed run waits for a retry; seven days when it is left out. */
  retryWindowMs?: number;
}

export interface ProcessVideoResult {
  status: 'ready' | 'removed';
  warnings: number;
}

/** A codec family of a published title that is made and taken into the manifests. */
export type JoinFamilyInput = FamilyRef;

/** A codec family that is taken out of the manifests; its objects go a day later. */
export type LeaveFamilyInput = FamilyRef;

/** Renditions to encrypt. */
export type ProtectInput = ProtectionRef;

/** A published clear title that gets MPEG-TS segments. */
export type MuxTsInput = RunRef;

/** A published clear title that is encrypted as its row asks, and never published clear again. */
export type ProtectTitleInput = RunRef;

/** A text track that was added, or removed. */
export interface ChangeTextInput extends SubtitleRef {
  isRemoved: boolean;
}

/** A video whose original is pulled; `attempt` counts from 1. */
export interface IngestInput {
  videoId: string;
  attempt: number;
}

export interface CleanUpInput {
  videoId: string;
}

export interface TranscodeFamilyInput extends PlanRef {
  family: CodecFamily;
  chunkCount: number;
  /** The hardware that encodes the family; the CPU does when it is left out. */
  encoder?: HardwareKind;
  /** Keeps the chunks that have a report for this plan, as a retry does. */
  resume: boolean;
  /** Chunks before it are done. Set by a run that goes on where the one before it stopped. */
  firstChunk?: number;
  /** How many of the first chunks go into the queue one after the other, since players wait for them; one where it is true, as first releases wrote. */
  leads?: number | true;
  /** Viewers wait for segments: the activities of chunks have names, so that one which waits in the queue can be brought forward. */
  takesWishes?: true;
  /** Chunks that viewers wait for, the newest wish first. Set by a run that goes on where the one before it stopped. */
  wishes?: number[];
  /** Segments that are encoded by themselves, by the number of their chunk. Set by a run that goes on where the one before it stopped. */
  cuts?: Record<number, number[]>;
  /** Chunks to keep in the queue until ends of chunks tell better; as many as there may be when it is left out. */
  chunkWindow?: number;
}
