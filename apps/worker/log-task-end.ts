import type { Logger } from '@nestjs/common';
import type { TaskEnd, TaskFailure } from '../../activities/task/task-end';
import { ToolError } from '../../activities/media-tools/run-tool';

/** Writes the one line of an attempt of a task. */
export function logTaskEnd(logger: Pick<Logger, 'log' | 'warn'>, end: TaskEnd): void {
  const { ref, outcome, failure } = end;
  const line = {
    message: `${ref.taskType} ${outcome}`,
    ...{ video_id: ref.videoId, generation: ref.generation, workflow_id: end.workflowId, queue: end.queue },
    ...{ step: ref.taskType, family: ref.codec, chunk: ref.segmentIndex, attempt: end.attempt, worker: end.workerId, outcome },
    ...{ duration_ms: end.durationMs, cpu_ms: Math.round(end.cpuMs), bytes_in: end.bytesIn, bytes_out: end.bytesOut },
  };
  if (failure) logger.warn({ ...line, ...failureFields(failure) });
  else logger.log(line);
}

/** The tool's last words are in the details; of anything else the stack tells most. */
function failureFields({ type, details, error, willRetry }: TaskFailure) {
  const { tool, ended, lastWords } = details;
  const isOfTool = error instanceof ToolError;
  return {
    failure_type: type,
    will_retry: willRetry,
    ...(tool ? { tool, ended, last_words: lastWords } : {}),
    ...(isOfTool ? {} : { error }),
  };
}
