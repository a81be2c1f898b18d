import type { IngestRepository } from '../../infra/database/ingest/ingest-repository';
import type { MultipartUploads } from '../../infra/object-store/multipart-uploads';
import type { SafeFetch } from '../../infra/safe-fetch/safe-fetch';
import type { pauseBeforeMs } from '../../workflows/planning/ingest/pull-plan';
import type { ActivityDependencies } from '../task/activity-dependencies';

/** What pulls stand on. */
export interface IngestDependencies {
  rows: IngestRepository;
  /** Of originals. */
  uploads: MultipartUploads;
  http: Pick<SafeFetch, 'request'>;
  /** Larger sources are refused. */
  maxSizeBytes: number;
  /** Silence of a source before a request is given up. */
  idleTimeoutMs: number;
  /** Of a part that is held in memory; larger where a source would have too many. The default of the plan when it is left out. */
  smallestPartBytes?: number;
  /** Requests for a part before the attempt ends. */
  requestsPerPart: number;
  /** Before a repeated request, in milliseconds. That of the plan when it is left out. */
  pauseMs?: typeof pauseBeforeMs;
}

export type PullDependencies = ActivityDependencies & { ingest: IngestDependencies };
