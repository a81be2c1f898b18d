import type { Logger } from '@nestjs/common';
import type { TasksRepository } from '../../infra/database/tasks-repository';
import type { VideosRepository } from '../../infra/database/videos-repository';
import type { ObjectStore } from '../../infra/object-store/object-store';
import type { SourceGateway } from '../../infra/object-store/gateway/source-gateway';
import type { SourceLimits } from '../../workflows/planning/source/source-limits';
import type { MediaTools } from '../media-tools/media-tools';
import type { ToolGroups } from '../media-tools/tool-groups';
import type { ScratchRoom } from '../scratch/scratch-room';
import type { ToolResult, ToolRun } from '../media-tools/run-tool';

/** What the activities stand on, built once by the worker process. */
export interface ActivityDependencies {
  objects: ObjectStore;
  sources: SourceGateway;
  videos: VideosRepository;
  tasks: TasksRepository;
  tools: MediaTools;
  /** Runs one of them to its end. */
  runTool(run: ToolRun): Promise<ToolResult>;
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
  logger: Pick<Logger, 'log' | 'warn' | 'error'>;
}
