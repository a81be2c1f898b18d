import { Client, Connection, WorkflowExecutionAlreadyStartedError, type ConnectionOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { Failure } from './contract/failures';
import { processVideoWorkflowId, SEARCH_ATTRIBUTES, WORKFLOW_TYPES } from './contract/ids';
import { WORKFLOW_QUEUE } from './contract/queues';
import { PRIORITY_KEYS } from './contract/steps';
import type { ProcessVideoInput } from './contract/workflows';

const CALL_DEADLINE_MS = 5_000;
const SUMMARY_MAX_BYTES = 400;
/** gRPC status codes (grpc/status.h) of a service that is away, starting or overloaded. NOT_FOUND is a namespace on its way. */
const NOT_FOUND = 5;
const UNAVAILABLE_CODES = new Set([4, NOT_FOUND, 8, 14]);

/** Fields of a video in the Temporal UI besides its id. */
export interface AboutVideo {
  title: string;
  sizeBytes: number;
}

export interface TemporalConfig extends Pick<ConnectionOptions, 'tls' | 'metadata'> {
  /** `host:port` of the frontend. */
  address: string;
  namespace: string;
  /** Asked for at every call, so that a key can be replaced. */
  apiKey?: (() => string) | undefined;
}

/** A client that connects when first used. The caller owns it and closes `client.connection`. */
export function createTemporalClient({ address, namespace, tls, metadata, apiKey }: TemporalConfig): Client {
  const connection = Connection.lazy({ address, tls, metadata, apiKey, connectTimeout: CALL_DEADLINE_MS });
  return new Client({ connection, namespace });
}

/**
 * Runs calls to the workflow service with a deadline of five seconds.
 * Throws `WorkflowUnavailable` when it does not answer.
 */
export async function workflowService<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await client.connection.withDeadline(Date.now() + CALL_DEADLINE_MS, call);
  } catch (error) {
    if (isUnavailable(error)) {
      const message =
        grpcCode(error) === NOT_FOUND ? 'The workflow service has no such namespace.' : 'The workflow service did not answer.';
      throw new Failure('WorkflowUnavailable', message, { cause: error });
    }
    throw error;
  }
}

/**
 * Starts the workflow of an uploaded video. A workflow that runs or has succeeded already is success, so a caller
 * in doubt calls again. Throws `WorkflowUnavailable`.
 */
export async function startProcessVideo(client: Client, input: ProcessVideoInput, about: AboutVideo): Promise<void> {
  const options = { ...startOptions(input, about), workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY' } as const;
  try {
    await workflowService(client, () => client.workflow.start(WORKFLOW_TYPES.processVideo, options));
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Start options of the workflow of a video, for every caller. A run that is under way is used. */
export function startOptions(input: ProcessVideoInput, about: AboutVideo) {
  return {
    workflowId: processVideoWorkflowId(input.videoId),
    taskQueue: WORKFLOW_QUEUE,
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    staticSummary: staticSummary(about.title, about.sizeBytes),
    priority: { priorityKey: PRIORITY_KEYS[input.priority], fairnessKey: input.creatorId },
    typedSearchAttributes: [
      { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.videoStatus, 'KEYWORD'), value: 'uploaded' },
      { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.creatorId, 'KEYWORD'), value: input.creatorId },
    ],
  };
}

/** "title (12.3 MB)" within the server's limit for summaries. */
export function staticSummary(title: string, sizeBytes: number): string {
  const size = ` (${(sizeBytes / 1e6).toFixed(1)} MB)`;
  let shown = title;
  while (Buffer.byteLength(shown + size) > SUMMARY_MAX_BYTES) shown = Array.from(shown).slice(0, -1).join('');
  return shown + size;
}

function isUnavailable(error: unknown): boolean {
  const code = grpcCode(error);
  if (code !== undefined) return UNAVAILABLE_CODES.has(code);
  return error instanceof Error && /failed to connect|channel has been shut down/i.test(error.message);
}

/** The SDK wraps gRPC errors in `ServiceError` and others; the status code is in the cause. */
export function grpcCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return typeof code === 'number' ? code : grpcCode(cause);
}
