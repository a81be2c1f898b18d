import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { QUEUES } from '../../../temporal/contract/queues';

const workers = z
  .object({
    workers: z.array(
      z.object({
        worker_id: z.string(),
        identity: z.string(),
        queue: z.string(),
        state: z.enum(['serving', 'unfit']).describe('An unfit worker takes nothing from the queue until its own checks pass again'),
        reason: z.string().nullable().describe('Why it is unfit'),
        host_name: z.string(),
        slots_used: z.int(),
        slots_free: z.int(),
        host_cpu_load: z.number().describe('Of the whole host, 0 to 1'),
        started_at: z.iso.datetime().nullable(),
        seen_at: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'Workers' });

const queues = z
  .object({
    queues: z.array(
      z.object({
        queue: z.enum(QUEUES),
        backlog: z.int().describe('Approximate number of waiting tasks'),
        backlog_age_ms: z.int().describe('Age of the oldest waiting task'),
        pollers: z.int(),
        slots_used: z.int(),
        slots_total: z.int(),
      }),
    ),
  })
  .meta({ id: 'Queues' });

export class WorkersDto extends createZodDto(workers) {}
export class QueuesDto extends createZodDto(queues) {}
