import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Client } from '@temporalio/client';
import { ZodResponse } from 'nestjs-zod';
import { WorkerEncodersRepository } from '../../../infra/database/worker-encoders-repository';
import { describeQueues, listWorkers } from '../../../temporal/queue-state';
import type { EncoderVerdict } from '../../../temporal/contract/media/hardware';
import { GPU_QUEUE, UNFIT_REASONS } from '../../../temporal/contract/queues';
import { API_PREFIX } from '../api-prefix';
import { RequireScope } from '../auth/scope.decorator';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { QueuesDto, WorkersDto } from './worker-schemas';

/** What Temporal knows about queues and the workers that serve them. */
@ApiTags('workers')
@Controller(API_PREFIX)
export class WorkersController {
  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly encoders: WorkerEncodersRepository,
  ) {}

  @Get('workers')
  @RequireScope('operate')
  @ApiOperation({
    operationId: 'listWorkers',
    summary: 'Live workers: one entry for each queue that a process serves or has left because it is unfit',
  })
  @ZodResponse({ status: 200, type: WorkersDto })
  async workers(): Promise<WorkersDto> {
    const workers = await listWorkers(this.temporal);
    const onGpu = workers.filter(({ queue }) => queue === GPU_QUEUE).map(({ identity }) => identity);
    const encoders = await this.encoders.of(onGpu);
    return {
      workers: workers.map((worker) => ({
        worker_id: worker.workerId,
        identity: worker.identity,
        queue: worker.queue,
        state: worker.unfit ? ('unfit' as const) : ('serving' as const),
        reason: worker.unfit && UNFIT_REASONS[worker.unfit],
        ...(worker.queue === GPU_QUEUE ? { encoders: (encoders.get(worker.identity) ?? []).map(encoderView) } : {}),
        host_name: worker.hostName,
        slots_used: worker.slotsUsed,
        slots_free: worker.slotsFree,
        host_cpu_load: worker.hostCpuLoad,
        started_at: worker.startedAt?.toISOString() ?? null,
        seen_at: worker.seenAt?.toISOString() ?? null,
      })),
    };
  }

  @Get('queues')
  @RequireScope('operate')
  @ApiOperation({ operationId: 'listQueues', summary: 'Backlog, pollers and slots of every queue' })
  @ZodResponse({ status: 200, type: QueuesDto })
  async queues(): Promise<QueuesDto> {
    const [queues, workers] = await Promise.all([describeQueues(this.temporal), listWorkers(this.temporal)]);
    return {
      queues: queues.map(({ queue, backlog, backlogAgeMs, pollers }) => {
        const serving = workers.filter((worker) => worker.queue === queue && !worker.unfit);
        const used = serving.reduce((sum, worker) => sum + worker.slotsUsed, 0);
        const free = serving.reduce((sum, worker) => sum + worker.slotsFree, 0);
        return { queue, backlog, backlog_age_ms: backlogAgeMs, pollers, slots_used: used, slots_total: used + free };
      }),
    };
  }
}

function encoderView({ kind, family, works, reason, advice }: EncoderVerdict) {
  return { kind, codec: family, works, reason: reason ?? null, advice: advice ?? null };
}
