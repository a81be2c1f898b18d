import { z } from 'zod';
import { contentKeySettings, contentKeySourcesOf } from './content-key-settings';
import type { Environment } from './parse-settings';
import { httpUrl, url } from './setting-types';
import { temporalOf, temporalSettings } from './temporal-settings';

/** Variables of MySQL, the object store, Temporal and content keys, for the API and for workers. */
export const dependencySettings = {
  MYSQL_URL: url('mysql:').meta({
    description: 'MySQL 8.4 or MariaDB 10.11.',
    example: 'mysql://sprocket:change-me@127.0.0.1:3306/sprocket',
  }),
  S3_ENDPOINT: httpUrl.meta({ description: 'Any S3 endpoint.', example: 'http://127.0.0.1:8333' }),
  S3_PUBLIC_ENDPOINT: httpUrl.optional().meta({ description: 'Where browsers and uploaders reach the object store, when that differs.' }),
  S3_REGION: z.string().min(1).default('us-east-1').meta({ description: 'Region of the object store.' }),
  S3_ACCESS_KEY_ID: z.string().min(1).meta({ description: 'Access key of the object store.', example: 'change-me' }),
  S3_SECRET_ACCESS_KEY: z.string().min(1).meta({ description: 'Secret of the access key.', example: 'change-me' }),
  S3_BUCKET_ORIGINALS: z
    .string()
    .min(3)
    .default('video-originals')
    .meta({ description: 'Bucket of uploaded files; nothing in it is deleted.' }),
  S3_BUCKET_SEGMENTS: z.string().min(3).default('video-segments').meta({ description: 'Bucket of temporary objects, kept for 7 days.' }),
  S3_BUCKET_TRANSCODED: z.string().min(3).default('video-transcoded').meta({ description: 'Bucket that players read.' }),
  ...temporalSettings,
  MAX_FILE_SIZE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(200e9)
    .meta({ description: 'Larger files are refused, at upload and when a source is examined.', unit: 'bytes' }),
  ...contentKeySettings,
};

type DependencyValues = z.infer<z.ZodObject<typeof dependencySettings>>;

/** The dependencies as the constructors of their clients take them. */
export function dependenciesOf(values: DependencyValues, environment: Environment) {
  return {
    database: { url: values.MYSQL_URL },
    s3: {
      endpoint: values.S3_ENDPOINT,
      region: values.S3_REGION,
      accessKeyId: values.S3_ACCESS_KEY_ID,
      secretAccessKey: values.S3_SECRET_ACCESS_KEY,
    },
    /** Where clients reach the object store, when that differs. */
    s3PublicEndpoint: values.S3_PUBLIC_ENDPOINT,
    buckets: {
      originals: values.S3_BUCKET_ORIGINALS,
      segments: values.S3_BUCKET_SEGMENTS,
      transcoded: values.S3_BUCKET_TRANSCODED,
    },
    temporal: temporalOf(values, environment),
    contentKeys: contentKeySourcesOf(values, environment),
  };
}

/** Temporary objects expire and streams are deleted: in one bucket with the originals they would take those along. */
export function refuseSharedBuckets(values: Partial<DependencyValues>, context: z.RefinementCtx): void {
  const names = [values.S3_BUCKET_ORIGINALS, values.S3_BUCKET_SEGMENTS, values.S3_BUCKET_TRANSCODED];
  if (new Set(names).size === names.length) return;
  context.addIssue({
    code: 'custom',
    path: ['S3_BUCKET_ORIGINALS'],
    message: 'must be another bucket than S3_BUCKET_SEGMENTS and S3_BUCKET_TRANSCODED, and those two must differ',
  });
}
