import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const used = {
  tasks: z.int(),
  attempts: z.int(),
  cpu_seconds: z.number().describe('Of media tools, user and system time, all attempts together'),
  bytes_in: z.int().describe('Media that tasks have read'),
  bytes_out: z.int().describe('What tasks have stored'),
  estimated_cost: z.number().nullable().describe('Null where the operator has set no price'),
  estimated_energy_watt_hours: z.number().nullable().describe('Null where the operator has set no power'),
};

const usage = z
  .object({
    video_id: z.string(),
    duration_sec: z.number().nullable(),
    currency: z.string(),
    ...used,
    steps: z.array(z.object({ step: z.string(), family: z.string().nullable(), ...used })),
  })
  .meta({ id: 'Usage' });

export class UsageDto extends createZodDto(usage) {}
