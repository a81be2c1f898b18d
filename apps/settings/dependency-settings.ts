import { z } from 'zod';
import { contentKeySettings, contentKeySourcesOf } from './content-key-settings';
import { outboundOf, outboundSettings } from './outbound-settings';
import { mysqlOf, mysqlSettings } from './services/mysql-settings';
import type { Environment } from './parse-settings';
import { s3Of, s3Settings } from './services/s3-settings';
import { temporalOf, temporalSettings } from './services/temporal-settings';

/** Variables of MySQL, the object store, Temporal, content keys and requests to users' URLs, for the API and for workers. */
export const dependencySettings = {
  ...mysqlSettings,
  ...s3Settings,
  ...temporalSettings,
  MAX_FILE_SIZE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(200e9)
    .meta({ description: 'Larger files are refused, at upload and when a source is examined.', unit: 'bytes' }),
  ...contentKeySettings,
  ...outboundSettings,
};

type DependencyValues = z.infer<z.ZodObject<typeof dependencySettings>>;

/** The dependencies as the constructors of their clients take them. */
export function dependenciesOf(values: DependencyValues, environment: Environment) {
  return {
    database: mysqlOf(values),
    s3: s3Of(values),
    /** Where clients reach the object store, when that differs. */
    s3PublicEndpoint: values.S3_PUBLIC_ENDPOINT,
    buckets: {
      originals: values.S3_BUCKET_ORIGINALS,
      segments: values.S3_BUCKET_SEGMENTS,
      transcoded: values.S3_BUCKET_TRANSCODED,
    },
    temporal: temporalOf(values, environment),
    contentKeys: contentKeySourcesOf(values, environment),
    /** What users' URLs may lead to. */
    outbound: outboundOf(values),
  };
}
