import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

/** The histories of a workflow and of the runs that it continues, first run first. Throws when there is no such workflow. */
export async function historiesOf(client: Client, workflowId: string): Promise<History[]> {
  const histories: History[] = [];
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId) {
    const history: History = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return histories;
}

/** Bytes of the data of every payload in a history: inputs, results, details, memos and search attributes. */
export function payloadSizes(history: History): number[] {
  const sizes: number[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    const { data, metadata } = value as { data?: unknown; metadata?: unknown };
    if (data instanceof Uint8Array && typeof metadata === 'object') sizes.push(data.byteLength);
    else Object.values(value).forEach(visit);
  };
  visit(history.events);
  return sizes;
}
