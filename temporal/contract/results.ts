import type { CodecFamily } from './media/families';
import type { FamilyPlan } from './media/plan';
import type { Step } from './steps';

/** The encoder of a planned family, as `FamilyPlan` says it. */
export type PlannedEncoder = Pick<FamilyPlan, 'encoder' | 'needsGpu'>;

export interface MissingChunks {
  /** A bit for each chunk of the range; see `workflows/planning/run/missing-chunks`. */
  missing: string;
}

export interface ProbeResult {
  durationMs: number;
  frameCount: number;
}

export interface SplitResult {
  planSha256: string;
  families: ({ family: CodecFamily; chunkCount: number } & PlannedEncoder)[];
  /** Slots that the chunks were planned for; left out when the plan does not say. */
  transcodeSlots?: number;
  /** Steps of the table that this video does not need, such as `audio` for a silent source. */
  skippedSteps: Step[];
  /** The title plays while it is encoded, once its first chunk is there. */
  opensEarly?: true;
  /** Other codec families join once the title is published. */
  hasJoiningFamilies?: boolean;
}

export interface TaskResult {
  bytesOut: number;
}

export interface ChunkResult extends TaskResult {
  /** How long the chunk had its slot; left out when it was done before, which says nothing about how busy slots are. */
  ranMs?: number;
}

export interface CleanUpResult {
  removedGenerations: number;
}

export interface FamilyPlanned extends PlannedEncoder {
  /** The family is published encrypted alone; clear when it is left out. */
  isProtected?: true;
  planSha256: string;
  chunkCount: number;
  transcodeSlots: number;
}

/** Something else has to end first; the workflow asks again. */
export interface NotYet {
  notYet: true;
}
