import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { FAILURES, type FailureType } from '../../../temporal/contract/failures';
import { STEPS, VIDEO_STATUSES } from '../../../temporal/contract/steps';
import { STEP_WORK, type RunnableStep } from '../../../temporal/contract/pipeline';
import { creatorIdSchema } from '../videos/video-id';

const BULK_LIMIT_DEFAULT = 100;
const BULK_LIMIT = 500;

const pipelineStep = z.enum(Object.keys(STEP_WORK) as RunnableStep[]);
const fromStep = pipelineStep
  .optional()
  .describe(
    'The retry runs this step, the steps that depend on it and unfinished steps. If omitted: the failed step, or the first step of a cancelled video',
  );

/** Every field is optional, so the body may be absent. */
const retry = z.preprocess((body) => body ?? {}, z.strictObject({ from_step: fromStep })).meta({ id: 'Retry', 'x-example': {} });

const retryAccepted = z
  .object({
    video_id: z.string(),
    status: z.literal('retrying'),
    retry_from: z.enum([...STEPS, 'ingest']).describe('ingest: the original is pulled, before the first step'),
    generation: z.int().describe('A new number when the retry makes a new plan'),
  })
  .meta({ id: 'RetryAccepted' });

/** The body may be absent here too: every failed video then. */
const bulkRetryFields = z.strictObject({
  from_step: fromStep,
  failed_step: z.enum(STEPS).optional(),
  failure_type: z
    .enum(Object.keys(FAILURES) as FailureType[])
    .optional()
    .describe('If omitted: every failure except those that only another file can fix'),
  creator_id: creatorIdSchema.optional(),
  limit: z.int().min(1).max(BULK_LIMIT).default(BULK_LIMIT_DEFAULT),
});

const bulkRetry = z.preprocess((body) => body ?? {}, bulkRetryFields).meta({ id: 'BulkRetry', 'x-example': { limit: 10 } });

const bulkRetryResult = z
  .object({
    retried: z.array(z.string()).describe('Ids of the retried videos'),
    refused: z
      .array(z.string())
      .describe('Ids of videos that could not be retried, such as those that another caller retried at the same time'),
    more: z.boolean().describe('More videos match; call again'),
  })
  .meta({ id: 'BulkRetryResult' });

const ended = z.object({ video_id: z.string(), status: z.enum(VIDEO_STATUSES) }).meta({ id: 'VideoEnded' });

export class RetryDto extends createZodDto(retry) {}
export class RetryAcceptedDto extends createZodDto(retryAccepted) {}
export class BulkRetryDto extends createZodDto(bulkRetry) {}
export class BulkRetryResultDto extends createZodDto(bulkRetryResult) {}
export class VideoEndedDto extends createZodDto(ended) {}
