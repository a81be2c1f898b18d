import { z } from 'zod';
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
};

type ContentKeyValues = z.infer<z.ZodObject<typeof contentKeySettings>>;

/** Where content keys come from. */
export function contentKeySourcesOf(values: ContentKeyValues) {
  return {
    masterKeys: { key: values.DRM_MASTER_KEY ?? null, file: values.DRM_MASTER_KEY_FILE ?? null, old: values.DRM_MASTER_KEYS_OLD },
  };
}
