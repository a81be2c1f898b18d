import type { Logger } from '@nestjs/common';
import type { ContentKeys } from '../../infra/content-keys/content-keys';
import type { FamiliesRepository } from '../../infra/database/families-repository';
import type { ProtectionRepository } from '../../infra/database/protection-repository';
import type { ModerationRepository } from '../../infra/database/moderation/moderation-repository';
import type { PicturesRepository } from '../../infra/database/pictures/pictures-repository';
import type { SubtitlesRepository } from '../../infra/database/subtitles/subtitles-repository';
import type { TasksRepository } from '../../infra/database/tasks-repository';
import type { VideosRepository } from '../../infra/database/videos-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { SourceGateway } from '../../infra/object-store/gateway/source-gateway';
import type { QualityReport } from '../../temporal/contract/media/reports';
import type { EncoderVerdict } from '../../temporal/contract/media/hardware';
import type { SourceLimits } from '../../workflows/planning/source/source-limits';
import type { MediaTools } from '../media-tools/media-tools';
import type { ToolGroups } from '../media-tools/tool-groups';
import type { FrameScorer } from '../scoring/frame-scorer';
import type { SpeechEngine } from '../speech-engines/speech-engine';
import type { ScratchRoom } from '../scratch/scratch-room';
import type { AttemptState, WorkerRef } from './attempt-state';
import type { TaskEnd } from './task-end';
import type { TaskRef } from '../../infra/database/task';
import type { ToolResult, ToolRun } from '../media-tools/run-tool';

/** What a worker process knows of its own health. */
export interface Fitness {
  me: WorkerRef;
  /** Ids of the other live workers of a queue; none when the workflow service does not tell. */
  others(queue: string): Promise<string[]>;
  /**
   * Looks for the fault in this worker after a failure that no input explains. Resolves to whether it is there: the worker then
   * leaves the queue.
   */
  isAtFault(queue: string): Promise<boolean>;
  /** Remembers a failure that is the media's as far as this worker can tell. */
  failed(queue: string, task: TaskRef, state: AttemptState): void;
}

/** What the activities stand on, built once by the worker process. */
export interface ActivityDependencies {
  objects: ObjectStore;
  sources: SourceGateway;
  videos: VideosRepository;
  tasks: TasksRepository;
  families: FamiliesRepository;
  protections: ProtectionRepository;
  subtitles: SubtitlesRepository;
  /** Keys of protected videos: they stay inside the activity that asks for them. */
  contentKeys: Pick<ContentKeys, 'keysOf'>;
  moderation: ModerationRepository;
  pictures: PicturesRepository;
  tools: MediaTools;
  /** Runs one of them to its end. */
  runTool(run: ToolRun): Promise<ToolResult>;
  frameScorer: FrameScorer;
  /** Null on a worker without one. */
  speechEngine: SpeechEngine | null;
  /** Pictures of protected titles, which are clear, are no higher than this many pixels. */
  clearPictureMaxHeight: number;
  /** Larger sources are refused. */
  sourceLimits: SourceLimits;
  /** Folder for temporary files; each task has a folder of its own below it. */
  scratchRoot: string;
  /** The room on the disk of that folder. */
  scratchRoom: ScratchRoom;
  /** Bound every run of a tool where the system permits control groups. */
  toolGroups: ToolGroups | null;
  /** Name of this process in `transcoding_tasks.worker_id`. */
  workerId: string;
  /** Transcode slots that live workers offer now. */
  countTranscodeSlots(): Promise<number>;
  /** Puts those activities of a workflow that wait in the queue before all others. */
  bringTasksForward(execution: { workflowId: string; runId: string }, activityIds: readonly string[]): Promise<void>;
  /** What the hardware encoders of each live GPU worker can do. */
  gpuWorkers(): Promise<readonly (readonly EncoderVerdict[])[]>;
  /** Left out where nothing else could do the work, as in a process that runs one task. */
  fitness?: Fitness;
  /** Told how each attempt of a task ended. */
  taskEnded?(end: TaskEnd): void;
  /** Told how good finished streams are. */
  qualityMeasured?(report: QualityReport): void;
  logger: Pick<Logger, 'log' | 'warn' | 'error'>;
}
