import { z } from 'zod';
import { listed } from '../../settings/setting-types';

/** A bucket, or a folder of it with a slash at its end. */
const FOLDER = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/(.*\/)?)?$/;

/** Variables of videos that are pulled. */
export const ingestSettings = {
  INGEST_S3_SOURCES: z
    .string()
    .transform((text) => listed(text))
    .pipe(z.array(z.string().regex(FOLDER, { error: 'must be buckets or folders such as films/in/, with commas between' })))
    .prefault('')
    .meta({
      description: 'Buckets and folders (films/in/) of the object store that videos may be copied from, with commas between; empty: none.',
    }),
  INGEST_PULLS_PER_CREATOR: z.coerce.number().int().min(1).max(1000).default(2).meta({
    description:
      'Originals of one creator that are pulled at a time; the others wait. Fewer than the slots of the queue ingest, so that one creator leaves some to others.',
    unit: 'pulls',
  }),
};

type IngestValues = z.infer<z.ZodObject<typeof ingestSettings>>;

/** Whence videos are pulled, and how many at a time. */
export function ingestOf(values: IngestValues) {
  const folders = values.INGEST_S3_SOURCES.map((text) => {
    const [bucket = '', ...rest] = text.split('/');
    return { bucket, prefix: rest.join('/') };
  });
  return { folders, pullsPerCreator: values.INGEST_PULLS_PER_CREATOR };
}
