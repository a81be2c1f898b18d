import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { VIDEO_STATUSES } from '../../../temporal/contract/steps';
import { pageLimit } from '../http/page-limit';
import { titleSchema } from '../uploads/start/title';
import { uploadFields, webhookSecret } from '../uploads/upload-schemas';
import { videoIdSchema } from '../videos/video-id';

/** Of one batch; as many as the store lists in one answer. */
export const BATCH_ITEMS_MAX = 1000;

const {
  filename: _filename,
  content_type: contentType,
  file_size_bytes: _size,
  title: _title,
  webhook_url: webhookUrl,
  ...options
} = uploadFields.shape;

const place = {
  source_url: z
    .url({ protocol: /^https?$/, error: 'is an http or https URL' })
    .max(4096)
    .optional()
    .describe('Of the file. Shown without its query, and forgotten once the original is stored'),
  s3_key: z.string().min(1).max(1024).optional().describe('Of an object in a folder that the operator has opened'),
  bucket: z.string().max(63).optional().describe('Of the object; that of the first open folder when left out'),
};

const ownFields = {
  filename: z.string().min(1).max(1024).optional().describe('The name at the source when left out'),
  content_type: contentType,
  title: titleSchema.optional().describe('The name of the file when left out'),
  sha256: z
    .string()
    .regex(/^[0-9A-Fa-f]{64}$/, { error: 'has 64 hexadecimal digits' })
    .toLowerCase()
    .optional()
    .describe('SHA-256 that the file must have'),
};

const ONE_PLACE = { error: 'has either source_url, or s3_key with its bucket' };

const createIngest = z
  .strictObject({ ...place, ...ownFields, ...options, webhook_url: webhookUrl })
  .refine(hasOnePlace, ONE_PLACE)
  .meta({ id: 'CreateIngest', 'x-example': { source_url: 'https://media.example/holiday.mp4', title: 'Holiday' } });

/** Many videos wait behind those that are sent one by one. */
const lowPriority = options.priority.unwrap().default('low');

const batchItem = z.strictObject({ ...place, ...ownFields, ...options, priority: lowPriority }).refine(hasOnePlace, ONE_PLACE);

const createBatch = z
  .strictObject({
    items: z
      .array(batchItem)
      .min(1)
      .max(BATCH_ITEMS_MAX)
      .optional()
      .describe('Requests as of POST /videos/ingest, of low priority by default'),
    s3_prefix: z.string().max(1024).optional().describe('In place of items: every object below it, at most 1000'),
    bucket: place.bucket,
    options: z
      .strictObject({ ...options, priority: lowPriority })
      .optional()
      .describe('Of the videos below s3_prefix, as those of an upload'),
    webhook_url: webhookUrl.describe('Hears of the events of each of these videos; see docs/webhooks.md'),
  })
  .refine(({ items, s3_prefix: prefix, options: of, bucket }) => (items ? (prefix ?? of ?? bucket) === undefined : prefix !== undefined), {
    error: 'has either items, or s3_prefix with its bucket and options',
  })
  .meta({ id: 'CreateIngestBatch', 'x-example': { items: [{ source_url: 'https://media.example/holiday.mp4' }] } });

const ingestAccepted = z
  .object({
    video_id: z.string(),
    status: z.enum(VIDEO_STATUSES),
    source: z.string().describe('Without query'),
    webhook_secret: webhookSecret,
  })
  .meta({ id: 'IngestAccepted' });

const batchAccepted = z.object({ batch_id: z.string(), items: z.int(), webhook_secret: webhookSecret }).meta({ id: 'IngestBatchAccepted' });

const batchQuery = z
  .strictObject({
    status: z.enum(VIDEO_STATUSES).optional().describe('Only items of this status'),
    cursor: videoIdSchema.optional().describe('`next_cursor` of the page before'),
    limit: pageLimit(100, 20),
  })
  .meta({ id: 'IngestBatchQuery' });

const batchReport = z
  .object({
    batch_id: z.string(),
    created_at: z.iso.datetime(),
    total: z.int(),
    counts: z.partialRecord(z.enum(VIDEO_STATUSES), z.int()).describe('Videos by status; uploading: waits, or is being pulled'),
    items: z.array(
      z.object({
        video_id: z.string(),
        status: z.enum(VIDEO_STATUSES),
        source: z.string().describe('Without query'),
        bytes_received: z.int(),
        bytes_total: z.int().nullable(),
        error: z.object({ code: z.string(), message: z.string(), advice: z.string() }).nullable(),
      }),
    ),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: 'IngestBatch' });

function hasOnePlace({ source_url: url, s3_key: key, bucket }: z.infer<z.ZodObject<typeof place>>): boolean {
  return url === undefined ? key !== undefined : (key ?? bucket) === undefined;
}

export class CreateIngestDto extends createZodDto(createIngest) {}
export class CreateBatchDto extends createZodDto(createBatch) {}
export class IngestAcceptedDto extends createZodDto(ingestAccepted) {}
export class BatchAcceptedDto extends createZodDto(batchAccepted) {}
export class BatchQueryDto extends createZodDto(batchQuery) {}
export class BatchReportDto extends createZodDto(batchReport) {}
