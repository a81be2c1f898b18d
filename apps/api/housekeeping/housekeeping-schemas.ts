import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { HOUSEKEEPING_TASKS } from '../../../temporal/contract/housekeeping';

const housekeeping = z
  .object({
    tasks: z.array(
      z.object({
        task: z.enum(HOUSEKEEPING_TASKS),
        interval_seconds: z.int().describe('Between two runs of the schedule'),
        last_run: z
          .object({
            started_at: z.iso.datetime(),
            finished_at: z.iso.datetime(),
            counts: z.record(z.string(), z.int()).describe('Counts of findings and actions, by name'),
            examples: z.array(z.string()).describe('Some of the counted items; the log of the worker lists all'),
          })
          .nullable()
          .describe('Null before the first run has finished'),
      }),
    ),
  })
  .meta({ id: 'Housekeeping' });

export class HousekeepingDto extends createZodDto(housekeeping) {}
