import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { HARDWARE_FAMILIES, HARDWARE_KINDS } from '../../../temporal/contract/media/hardware';
import { QUEUES } from '../../../temporal/contract/queues';

const encoder = z.object({
  kind: z.enum(HARDWARE_KINDS),
  codec: z.enum(HARDWARE_FAMILIES),
  works: z.boolean().describe('Whether its last test encode succeeded'),
  reason: z.string().nullable().describe('Why it does not work'),
  advice: z.string().nullable().describe('What the operator of the worker can do'),
});

const workers = z
  .object({
    workers: z.array(
      z.object({
        worker_id: z.string(),
        identity: z.string(),
        queue: z.string(),
        state: z.enum(['serving', 'unfit']).describe('An unfit worker takes nothing from the queue until its own checks pass again'),
        reason: z.string().nullable().describe('Why it is unfit'),
        encoders: z.array(encoder).optional().describe('Hardware encoders, of workers for transcode-gpu only'),
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
