import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './config-error';
import { parseKeyProviders } from './key-providers-file';
import type { Environment } from './parse-settings';
import { Secret } from './secret';
import { listed } from './setting-types';

/** Variables of the keys of protected videos. A wrong master key is found where keys are asked for: other videos need none. */
export const contentKeySettings = {
  DRM_MASTER_KEY: z
    .string()
    .transform((text) => new Secret(text))
    .optional()
    .meta({ description: 'Master key of 64 hex digits that wraps the content keys of protected videos; a file is the safer place.' }),
  DRM_MASTER_KEY_FILE: z.string().min(1).optional().meta({
    description: 'File with the master key in place of DRM_MASTER_KEY; further lines are older ones.',
  }),
  DRM_MASTER_KEYS_OLD: z
    .string()
    .transform((text) => listed(text).map((entry) => new Secret(entry)))
    .prefault('')
    .meta({ description: 'Older master keys with commas between: what they wrap still opens; see docs/drm.md.' }),
  KEY_PROVIDERS_FILE: z.string().min(1).optional().meta({
    description: 'YAML or JSON file of key servers (SPEKE 2.0) by name; empty: none. See docs/drm.md.',
  }),
};

type ContentKeyValues = z.infer<z.ZodObject<typeof contentKeySettings>>;

/** Where content keys come from. Throws {@link ConfigError} for a file of key servers that is wrong. */
export function contentKeySourcesOf(values: ContentKeyValues, environment: Environment) {
  return {
    masterKeys: { key: values.DRM_MASTER_KEY ?? null, file: values.DRM_MASTER_KEY_FILE ?? null, old: values.DRM_MASTER_KEYS_OLD },
    servers: values.KEY_PROVIDERS_FILE === undefined ? [] : readKeyProviders(values.KEY_PROVIDERS_FILE),
    /** Of the secrets that headers name. */
    variable: (name: string) => environment[name],
  };
}

function readKeyProviders(file: string) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError('The environment is not usable:\n  KEY_PROVIDERS_FILE: the file cannot be read', { cause: error });
  }
  return parseKeyProviders(text, basename(file));
}
