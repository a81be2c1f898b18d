import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { workflowService } from './client';
import { parseUnfitQueue, type Queue, QUEUES, type UnfitReason, WORKFLOW_QUEUE } from './contract/queues';
import { MINUTE_MS } from './contract/units';

/** A worker that missed this many heartbeats is gone, even if the server still lists it. */
const MISSED_HEARTBEATS = 3;
/** Interval of the heartbeats of a worker, which its second one tells. */
export const WORKER_HEARTBEAT_INTERVAL_MS = 10_000;
const WORKERS_PAGE_SIZE = 200;
/** A poller that has not asked for this long belongs to a process that is gone; a long poll lasts about a minute. */
const POLLER_GONE_AFTER_MS = 1.5 * MINUTE_MS;

const { TaskQueueType, WorkerStatus } = temporal.api.enums.v1;

export interface QueueState {
  queue: Queue;
  backlog: number;
  /** Age of the oldest waiting task. */
  backlogAgeMs: number;
  pollers: number;
}

export interface WorkerState {
  /** Changes with every start of the process. */
  workerId: string;
  /** `pid@host` unless the worker names itself. */
  identity: string;
  queue: string;
  /** Why it has left the queue, and until when is its own to judge; null while it serves. */
  unfit: UnfitReason | null;
  hostName: string;
  slotsUsed: number;
  slotsFree: number;
  /** Of the whole host, 0 to 1. */
  hostCpuLoad: number;
  startedAt: Date | null;
  seenAt: Date | null;
}

/** Backlog and pollers of every queue. Throws `WorkflowUnavailable`. */
export async function describeQueues(client: Client): Promise<QueueState[]> {
  return workflowService(client, () => Promise.all(QUEUES.map((queue) => describeQueue(client, queue))));
}

/** Live workers with their slots, one entry for each queue that a process serves or has left because it is unfit. Throws `WorkflowUnavailable`. */
export async function listWorkers(client: Client): Promise<WorkerState[]> {
  return workflowService(client, () => queryWorkers(client, ''));
}

/** Ids of the live workers that serve a queue. Throws `WorkflowUnavailable`. */
export async function servingWorkers(client: Client, queue: Queue): Promise<string[]> {
  const workers = await workflowService(client, () => queryWorkers(client, `TaskQueue="${queue}"`));
  return workers.map(({ identity }) => identity);
}

/** Slots that live workers offer on a queue. Falls back on the number of pollers, as new workers poll before they report. */
export async function countTranscodeSlots(client: Client, queue: Queue): Promise<number> {
  return workflowService(client, async () => {
    const workers = await queryWorkers(client, `TaskQueue="${queue}"`);
    const slots = workers.reduce((sum, worker) => sum + worker.slotsUsed + worker.slotsFree, 0);
    return slots > 0 ? slots : (await describeQueue(client, queue)).pollers;
  });
}

async function describeQueue(client: Client, queue: Queue): Promise<QueueState> {
  const { stats, pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: queue === WORKFLOW_QUEUE ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    reportStats: true,
  });
  const live = (pollers ?? []).filter((poller) => isRecent(poller.lastAccessTime, POLLER_GONE_AFTER_MS));
  return {
    queue,
    backlog: Number(stats?.approximateBacklogCount ?? 0),
    backlogAgeMs: toMs(stats?.approximateBacklogAge),
    pollers: new Set(live.map((poller) => poller.identity)).size,
  };
}

async function queryWorkers(client: Client, query: string): Promise<WorkerState[]> {
  const workers: WorkerState[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await client.workflowService.listWorkers({
      namespace: client.options.namespace,
      pageSize: WORKERS_PAGE_SIZE,
      query,
      ...(nextPageToken ? { nextPageToken } : {}),
    });
    for (const { workerHeartbeat } of page.workersInfo ?? []) {
      if (workerHeartbeat && isLive(workerHeartbeat)) workers.push(toWorkerState(workerHeartbeat));
    }
    nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
  } while (nextPageToken);
  return workers;
}

function isLive(heartbeat: temporal.api.worker.v1.IWorkerHeartbeat): boolean {
  const intervalMs = toMs(heartbeat.elapsedSinceLastHeartbeat) || WORKER_HEARTBEAT_INTERVAL_MS;
  return heartbeat.status === WorkerStatus.WORKER_STATUS_RUNNING && isRecent(heartbeat.heartbeatTime, MISSED_HEARTBEATS * intervalMs);
}

function toWorkerState(heartbeat: temporal.api.worker.v1.IWorkerHeartbeat): WorkerState {
  const polled = heartbeat.taskQueue ?? '';
  const left = parseUnfitQueue(polled);
  const slots = polled === WORKFLOW_QUEUE ? heartbeat.workflowTaskSlotsInfo : heartbeat.activityTaskSlotsInfo;
  return {
    workerId: heartbeat.workerInstanceKey ?? '',
    identity: heartbeat.workerIdentity ?? '',
    queue: left?.queue ?? polled,
    unfit: left?.reason ?? null,
    hostName: heartbeat.hostInfo?.hostName ?? '',
    slotsUsed: left ? 0 : (slots?.currentUsedSlots ?? 0),
    slotsFree: left ? 0 : (slots?.currentAvailableSlots ?? 0),
    hostCpuLoad: heartbeat.hostInfo?.currentHostCpuUsage ?? 0,
    startedAt: toDate(heartbeat.startTime),
    seenAt: toDate(heartbeat.heartbeatTime),
  };
}

/** A protobuf Timestamp or Duration; 64-bit fields arrive as Long. */
type ProtoTime = { seconds?: unknown; nanos?: number | null } | null | undefined;

function isRecent(time: ProtoTime, withinMs: number): boolean {
  return Date.now() - toMs(time) < withinMs;
}

function toDate(time: ProtoTime): Date | null {
  return time ? new Date(toMs(time)) : null;
}

function toMs(time: ProtoTime): number {
  return time ? Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6) : 0;
}
