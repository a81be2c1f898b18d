import { z } from 'zod';
import { GIB, HOUR_MS, MIB } from '../../temporal/contract/units';
import { DEFAULT_PRESET, PRESET_NAME } from '../../temporal/contract/media/presets';
import { dependenciesOf, dependencySettings } from '../settings/dependency-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { refuseUnusableStore } from '../settings/services/s3-settings';
import { httpUrl, port } from '../settings/setting-types';
import { accessOf, accessSettings, refuseOpenAccess } from './auth/access-settings';
import { playbackSettings } from './playback/playback-settings';
import { ingestOf, ingestSettings } from './ingest/ingest-settings';
import { limitSettings, limitsOf } from './limits/limit-settings';
import { usageRatesOf, usageSettings } from '../settings/usage-settings';

const RETRY_WINDOW_HOURS = 168;

/** Variables of the API next to those of its dependencies. */
export const apiSettings = {
  TEMPORAL_UI_URL: httpUrl
    .optional()
    .meta({ description: 'Web interface of Temporal, for links in answers; empty: no links.', example: 'http://127.0.0.1:8233' }),
  API_HOST: z.string().min(1).default('127.0.0.1').meta({ description: 'Address that the API listens on.' }),
  API_PORT: port.default(8080).meta({ description: 'Port that the API listens on; 0 takes a free one.', unit: 'TCP port' }),
  API_PUBLIC_URL: httpUrl.optional().meta({ description: 'Where clients reach the API; empty: http://API_HOST:API_PORT.' }),
  ...accessSettings,
  ...limitSettings,
  ...ingestSettings,
  ...playbackSettings,
  // Temporary objects, which a retry stands on, are kept for a week.
  RETRY_WINDOW_HOURS: z.coerce
    .number()
    .positive()
    .max(RETRY_WINDOW_HOURS)
    .default(RETRY_WINDOW_HOURS)
    .meta({ description: 'How long the workflow of a failed video waits for a retry.', unit: 'hours' }),
  MODERATION_ALERT_AFTER_HOURS: z.coerce
    .number()
    .positive()
    .max(8_760)
    .default(24)
    .meta({ description: 'Videos that wait longer for a moderator count as overdue in the metrics; they go on waiting.', unit: 'hours' }),
  PRESETS_FILE: z.string().min(1).optional().meta({
    description: 'YAML or JSON file of presets next to the built-in ones; empty: none.',
  }),
  DEFAULT_PRESET: z.string().regex(PRESET_NAME).default(DEFAULT_PRESET).meta({ description: 'Preset of uploads that name none.' }),
  CLEARKEY_LICENCES: z.enum(['on', 'off']).default('off').meta({
    description: 'on: ClearKey licences give the keys of protected videos to every caller; for tests and demonstrations only.',
  }),
  WATERMARK_KEY_PREFIX: z
    .string()
    .regex(/^[\w./-]+\/$/, { error: 'must be a folder of the bucket of originals, with a slash at its end' })
    .optional()
    .meta({
      description: 'Folder of the bucket of originals whose pictures may become watermarks by their keys; empty: none.',
      example: 'brand/',
    }),
  // S3 user guide, "multipart upload limits": parts are 5 MiB to 5 GiB but for the last one.
  UPLOAD_PART_SIZE_BYTES: z.coerce
    .number()
    .int()
    .min(5 * MIB)
    .max(5 * GIB)
    .default(100 * MIB)
    .meta({ description: 'Size of the parts of an upload; larger where a file would have more than 10000 of them.', unit: 'bytes' }),
};

export type ApiConfig = ReturnType<typeof parseApiConfig>;

/** The API's settings. Throws `ConfigError`. */
export function parseApiConfig(environment: Environment) {
  const values = parseSettings(
    z
      .object({ ...dependencySettings, ...usageSettings, ...apiSettings })
      .superRefine(refuseUnusableStore)
      .superRefine(refuseOpenAccess),
    environment,
  );
  return {
    ...dependenciesOf(values, environment),
    temporalUiUrl: values.TEMPORAL_UI_URL ?? null,
    host: values.API_HOST,
    port: values.API_PORT,
    /** Where clients reach the API, without a slash at the end. */
    publicUrl: values.API_PUBLIC_URL ?? `http://${values.API_HOST}:${values.API_PORT}`,
    access: accessOf(values),
    limits: limitsOf(values),
    ingest: ingestOf(values),
    /** The first one signs. */
    playbackSecrets: values.PLAYBACK_SECRETS,
    maxFileSizeBytes: values.MAX_FILE_SIZE_BYTES,
    /** How long the workflow of a failed video waits for a retry; later ones start a new run. */
    retryWindowMs: values.RETRY_WINDOW_HOURS * HOUR_MS,
    moderationAlertAfterMs: values.MODERATION_ALERT_AFTER_HOURS * HOUR_MS,
    presets: { file: values.PRESETS_FILE ?? null, defaultName: values.DEFAULT_PRESET },
    /** Whether every caller gets the keys of protected videos. */
    hasClearKey: values.CLEARKEY_LICENCES === 'on',
    watermarkKeyPrefix: values.WATERMARK_KEY_PREFIX ?? null,
    usageRates: usageRatesOf(values),
    uploadPartSizeBytes: values.UPLOAD_PART_SIZE_BYTES,
  };
}
