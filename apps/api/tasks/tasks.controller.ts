import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import type { StoredTaskFailure } from '../../../infra/database/task-failures';
import { TaskReports, type ReportedTask } from '../../../infra/database/task-reports/task-reports';
import { API_PREFIX } from '../api-prefix';
import { CallerParam, type Caller } from '../auth/caller.decorator';
import { RequireScope } from '../auth/scope.decorator';
import { pageOf } from '../http/page-of';
import { VideoAccess } from '../videos/video-access';
import { ListTasksDto, TasksDto } from './task-schemas';

/** For operators: every unit of work of a video, where it ran and why it failed. */
@ApiTags('videos')
@Controller(`${API_PREFIX}/videos`)
export class TasksController {
  constructor(
    private readonly access: VideoAccess,
    private readonly reports: TaskReports,
  ) {}

  @Get(':id/tasks')
  @RequireScope('operate')
  @ApiOperation({
    operationId: 'listVideoTasks',
    summary: 'Tasks of a video with their attempts, workers, durations and the last words of tools that failed',
  })
  @ZodResponse({ status: 200, type: TasksDto })
  async tasks(@CallerParam() caller: Caller, @Param('id') id: string, @Query() query: ListTasksDto): Promise<TasksDto> {
    const { videoId, generation: current } = await this.access.find(caller, id);
    const { generation = current, cursor, limit } = query;
    const found = await this.reports.page({ videoId, generation }, { cursor, limit: limit + 1 });
    const { page, nextCursor } = pageOf(found, limit, ({ taskId }) => taskId);
    return {
      video_id: videoId,
      generation,
      tasks: page.map(taskView),
      next_cursor: nextCursor,
    };
  }
}

function taskView(task: ReportedTask): TasksDto['tasks'][number] {
  return {
    ...{ task_id: task.taskId, step: task.taskType, family: task.codec, chunk: task.segmentIndex },
    ...{ status: task.status, percent: task.progressPercent, worker: task.workerId, error: task.errorMessage },
    attempts: task.startedAt ? task.retryCount + 1 : 0,
    started_at: task.startedAt?.toISOString() ?? null,
    ended_at: task.completedAt?.toISOString() ?? null,
    ...{ duration_ms: task.durationMs, cpu_ms: task.cpuMs, bytes_in: task.bytesIn, bytes_out: task.bytesOut },
    failures: task.failures.map(failureView),
  };
}

function failureView(failure: StoredTaskFailure) {
  return {
    ...{ attempt: failure.attempt, failed_at: failure.failedAt, worker: failure.worker, host: failure.host },
    ...{ type: failure.failureType, message: failure.message, duration_ms: failure.durationMs, cpu_ms: failure.cpuMs },
    tool: failure.tool ?? null,
    exit_code: failure.exitCode ?? null,
    signal: failure.signal ?? null,
    last_words: failure.lastWords ?? null,
  };
}
