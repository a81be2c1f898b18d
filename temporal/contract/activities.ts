import type { CodecFamily } from './media/families';
import type { HardwareEncoder } from './media/hardware';
import type { ModerationRuling } from './messages';
import type { PictureOrder } from './media/pictures';
import type { Walk } from './pipeline';
import type { Step, VideoStatus } from './steps';
import type { ChunkResult, CleanUpResult, FamilyPlanned, MissingChunks, NotYet, ProbeResult, SplitResult, TaskResult } from './results';

/** Names one run of the pipeline over one video. */
export interface RunRef {
  videoId: string;
  generation: number;
}

/** Names a recorded plan; the hash refuses a plan that changed under the key. */
export interface PlanRef extends RunRef {
  planSha256: string;
  /** The plan is that of a family that joins the published title; that of the title when it is left out. */
  joins?: CodecFamily;
}

/** A codec family of one generation that joins the published title, or leaves it. */
export interface FamilyRef extends RunRef {
  family: CodecFamily;
}

/** A text track of a video. */
export interface SubtitleRef {
  videoId: string;
  subtitleId: string;
}

/** The recorded plan of a family that joins. */
export interface FamilyPlanRef extends PlanRef {
  joins: CodecFamily;
}

/** How the work on a family ended without success. */
export interface FamilyEnd extends FamilyRef {
  state: 'failed' | 'cancelled';
  failureType?: string;
  message?: string;
}

/** A run that is about to be planned. */
export interface SplitRef extends RunRef {
  /** The steps of the run, recorded with its plan; `FIRST_WALK` when it is left out. */
  walk?: Walk;
}

/** Why the original of a video could not be pulled; the message is shown to the user. */
export interface IngestFailure {
  videoId: string;
  failureType: string;
  message: string;
}

export interface PackageRef extends PlanRef {
  /** A later step of the walk verifies the output; without one, packaging does. */
  verifiedLater?: boolean;
}

export interface AudioRef extends PlanRef {
  /** Encode finished audio again, unless players already have it. */
  redo: boolean;
}

export interface ChunkRef extends PlanRef {
  family: CodecFamily;
  chunkIndex: number;
  chunkCount: number;
  /** 0-based segments, numbered within the title, that are encoded by themselves. */
  cuts?: number[];
}

/** A segment that viewers wait for, and how its chunk is cut. */
export interface ExpressRef extends Omit<ChunkRef, 'chunkCount'> {
  segment: number;
}

/** A range of a family's chunks with an exclusive end. */
export interface FamilyChunks extends PlanRef {
  family: CodecFamily;
  firstChunk: number;
  endChunk: number;
}

/** 0-based segments of a family that viewers wait for, the latest asked for first. */
export interface WantedSegments extends PlanRef {
  family: CodecFamily;
  segments: number[];
}

export interface BroughtForward {
  chunks: number[];
  /** Segments to make before their chunks, the first one first; absent where none can be, and in results of first releases. */
  express?: ExpressSegment[];
}

export interface ExpressSegment extends Pick<ExpressRef, 'chunkIndex' | 'segment'> {
  /** Comes behind one that viewers wait for. */
  isAhead?: true;
}

/** A family whose hardware encoder failed, with its failure. */
export interface GpuEnd extends PlanRef {
  family: CodecFamily;
  failureType: string;
  message: string;
}

export interface FailureRecord extends RunRef {
  step: Step;
  failureType: string;
  message: string;
}

export interface WarningRecord extends RunRef {
  step: Step;
  message: string;
}

/** The decision about one generation of a held video. */
export interface ModerationRulingRecord extends RunRef, ModerationRuling {}

/** Results of a run that a retry can reuse. */
export interface RunRemains {
  /** An object that later steps depend on was stored and is gone, so the run starts over. */
  lost: boolean;
  /** The recorded plan; null when there is none yet. */
  split: SplitResult | null;
  /** The walk that was recorded with the plan; left out when there is no plan yet. */
  walk?: Walk;
  /** Steps whose results are still there. */
  completedSteps: Step[];
}

export interface ReopenRequest extends RunRef {
  /** The generation to go on with: the same one, or the next for a new plan. */
  nextGeneration: number;
  /** Null leaves the status of a video alone that lacks optional steps only. */
  status: VideoStatus | null;
  /** Steps that are done again. */
  rerun: Step[];
  /** The walk of the next generation when it is another one; left out for one of `FIRST_WALK`. */
  walk?: Walk;
}

/** Consecutive MPEG-TS segments of all rungs. */
export interface TsPieceRef extends RunRef {
  pieceIndex: number;
}

/** Renditions that are encrypted: those of a generation's title, or of one family that joins it. */
export interface ProtectionRef extends RunRef {
  joins?: CodecFamily;
}

/** Renditions that are encrypted together: all rungs of a codec family, or all sound. */
export type ProtectionGroup = CodecFamily | 'audio';

/** Consecutive segments of all renditions of a group. */
export interface PieceRef extends ProtectionRef {
  group: ProtectionGroup;
  pieceIndex: number;
}

export interface ProtectionPlanned {
  groups: { group: ProtectionGroup; pieceCount: number }[];
}

/** Every activity the workflows call. Inputs and results stay under 1 KB. */
export interface PipelineActivities {
  /** Pulls the original of a video into the store; the pipeline starts behind it. */
  ingest(video: { videoId: string }): Promise<TaskResult>;
  recordIngestFailure(failure: IngestFailure): Promise<void>;
  probe(run: RunRef): Promise<ProbeResult>;
  split(run: SplitRef): Promise<SplitResult>;
  findMissingChunks(range: FamilyChunks): Promise<MissingChunks>;
  /** Which chunks make the segments, in their order; those that wait in the queue are brought forward. */
  bringForward(wanted: WantedSegments): Promise<BroughtForward>;
  transcodeChunk(chunk: ChunkRef): Promise<ChunkResult>;
  /** Makes a segment in the smallest rungs, with those that are encoded with it; does nothing where the rungs of the family do not allow it. */
  transcodeExpress(segment: ExpressRef): Promise<void>;
  audio(audio: AudioRef): Promise<TaskResult>;
  /** Makes subtitles of what is said. */
  recogniseSpeech(plan: PlanRef): Promise<TaskResult>;
  thumbnails(plan: PlanRef): Promise<TaskResult>;
  /** Makes a chosen poster or other thumbnails of a published title. */
  remakePictures(order: PictureOrder): Promise<TaskResult>;
  /** Text tracks of the source. */
  subtitles(plan: PlanRef): Promise<TaskResult>;
  /** Takes text tracks into the published manifests, or out of them. */
  publishText(video: { videoId: string }): Promise<void>;
  /** Deletes the objects of a removed text track. */
  removeText(ref: SubtitleRef): Promise<void>;
  /** Scores sampled frames of the finished renditions. */
  moderate(plan: PlanRef): Promise<TaskResult>;
  /** Whether a moderator has to decide before the run is published; the row says so from then on. */
  holdForModeration(run: RunRef): Promise<{ isHeld: boolean }>;
  recordModerationRuling(ruling: ModerationRulingRecord): Promise<void>;
  packageManifests(plan: PackageRef): Promise<TaskResult>;
  verify(plan: PlanRef): Promise<TaskResult>;
  /** Which pieces the renditions are encrypted in. */
  planProtection(ref: ProtectionRef): Promise<ProtectionPlanned>;
  protectPiece(piece: PieceRef): Promise<ChunkResult>;
  /** Writes the playlists of the encrypted renditions and reads all of it back. */
  packageProtected(ref: ProtectionRef): Promise<TaskResult>;
  /** How many pieces the MPEG-TS segments of a published title are made in. */
  planTs(run: RunRef): Promise<{ pieceCount: number }>;
  muxTsPiece(piece: TsPieceRef): Promise<ChunkResult>;
  /** Reads the segments back, writes their playlists and publishes the master. */
  publishTs(run: RunRef): Promise<TaskResult>;
  /** Which families of a published clear title are encrypted with it. */
  beginProtection(run: RunRef): Promise<{ families: CodecFamily[] } | NotYet>;
  /** Replaces the published manifests by those of the encrypted renditions. */
  switchToProtected(run: RunRef): Promise<void>;
  /** Deletes what is clear of this generation and of older ones. */
  removeClear(run: RunRef): Promise<void>;
  publish(plan: PlanRef): Promise<TaskResult>;
  /** Which families are to be made now that the title is published. */
  joiningFamilies(run: RunRef): Promise<{ families: CodecFamily[] }>;
  planFamily(family: FamilyRef): Promise<FamilyPlanned | NotYet>;
  packageFamily(plan: FamilyPlanRef): Promise<TaskResult>;
  verifyFamily(plan: FamilyPlanRef): Promise<TaskResult>;
  /** Takes the family into the published manifests. */
  publishFamily(plan: FamilyPlanRef): Promise<TaskResult>;
  /** Takes the family out of the published manifests. */
  withdrawFamily(family: FamilyRef): Promise<void>;
  /** Plans a family for the CPU whose hardware encoder failed. Resolves to the hash of the plan that holds from now on. */
  leaveGpu(end: GpuEnd): Promise<{ planSha256: string }>;
  /** Whether a live worker has the encoder. */
  isGpuServed(encoder: HardwareEncoder): Promise<{ isServed: boolean }>;
  recordFamilyEnd(end: FamilyEnd): Promise<void>;
  /** Deletes the objects of a family that no manifest names. */
  removeFamily(family: FamilyRef): Promise<void>;
  removeOldGenerations(video: { videoId: string }): Promise<CleanUpResult>;
  recordFailure(failure: FailureRecord): Promise<void>;
  recordWarning(warning: WarningRecord): Promise<void>;
  inspectRun(run: RunRef): Promise<RunRemains>;
  reopenRun(request: ReopenRequest): Promise<void>;
  recordCancelled(run: RunRef): Promise<void>;
  /** Deletes objects that no player requests: the work of a cancelled run. */
  removeTemporary(video: { videoId: string }): Promise<void>;
  recordRemoved(video: { videoId: string }): Promise<void>;
  /** Deletes everything made from the original, never the original. */
  removeOutputs(video: { videoId: string }): Promise<void>;
}
