import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Ids of tasks are ASCII, at most as long as their column. */
const MOST_CURSOR_CHARACTERS = 190;

const listTasks = z.strictObject({
  generation: z.coerce.number().int().min(1).max(1_000_000).optional().describe('The current one where it is left out'),
  cursor: z
    .string()
    .regex(/^[\w/.-]+$/)
    .max(MOST_CURSOR_CHARACTERS)
    .optional()
    .describe('`next_cursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const failure = z.object({
  attempt: z.int(),
  failed_at: z.iso.datetime(),
  worker: z.string(),
  host: z.string(),
  type: z.string(),
  message: z.string(),
  duration_ms: z.int(),
  cpu_ms: z.int(),
  tool: z.string().nullable(),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  last_words: z.string().nullable().describe('The end of what the tool printed, without URLs, paths and keys'),
});

const task = z.object({
  task_id: z.string(),
  step: z.string(),
  family: z.string().nullable(),
  chunk: z.int().nullable(),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'retrying']),
  percent: z.int(),
  attempts: z.int().describe('Since the step was started last; 0 for a task that waits for its first one'),
  worker: z.string().nullable().describe('Of the last attempt'),
  started_at: z.iso.datetime().nullable(),
  ended_at: z.iso.datetime().nullable(),
  duration_ms: z.int().nullable().describe('Of the last attempt'),
  cpu_ms: z.int().nullable().describe('Of media tools, all attempts together'),
  bytes_in: z.int().nullable(),
  bytes_out: z.int().nullable(),
  error: z.string().nullable(),
  failures: z.array(failure).describe('The last ten failed attempts, oldest first'),
});

const tasks = z
  .object({ video_id: z.string(), generation: z.int(), tasks: z.array(task), next_cursor: z.string().nullable() })
  .meta({ id: 'Tasks' });

export class ListTasksDto extends createZodDto(listTasks) {}
export class TasksDto extends createZodDto(tasks) {}
