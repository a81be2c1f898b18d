import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import {
  canDecrypt,
  DRM_SCHEMES,
  DRM_SYSTEMS,
  LOCAL_KEY_PROVIDER,
  type DrmRequest,
  type DrmScheme,
} from '../../../temporal/contract/media/protection';

const SYSTEMS_OF = (scheme: DrmScheme) => DRM_SYSTEMS.filter((system) => canDecrypt(system, scheme));

/** How a video is protected. Systems that are left out: all that decrypt the scheme. */
export const drmRequest = z
  .strictObject({
    scheme: z.enum(DRM_SCHEMES).default('cbcs').describe('cbcs: what all of devices of today play; cenc: older ones, without FairPlay'),
    systems: z
      .array(z.enum(DRM_SYSTEMS))
      .min(1)
      .max(DRM_SYSTEMS.length)
      .refine((names) => new Set(names).size === names.length, { error: 'names a system twice' })
      .optional()
      .describe('Key systems that manifests announce; all that the scheme allows when left out'),
    key_provider: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, { error: 'is the name of a key provider' })
      .default(LOCAL_KEY_PROVIDER)
      .describe('local, or a name in the file of key providers of this installation'),
  })
  .refine(({ scheme, systems }) => (systems ?? []).every((system) => canDecrypt(system, scheme)), {
    path: ['systems'],
    error: 'names fairplay, which decrypts cbcs alone',
  });

/** As it is recorded with a video. */
export function drmRequestOf({ scheme, systems, key_provider: keyProvider }: z.infer<typeof drmRequest>): DrmRequest {
  return { scheme, systems: systems ?? SYSTEMS_OF(scheme), keyProvider };
}

const drmParts = {
  scheme: z.enum(DRM_SCHEMES),
  systems: z.array(z.enum(DRM_SYSTEMS)),
  key_provider: z.string(),
};

export const drmView = z.object({
  ...drmParts,
  state: z
    .enum(['pending', 'protected', 'failed'])
    .describe(
      'pending: not encrypted, or something clear is left; only a video that was published clear before plays meanwhile. failed: given up for the reason in warnings; what was clear stays until protection is asked for again',
    ),
});

/** A request for protection as people see it, without its state. */
export function drmViewOf({ scheme, systems, keyProvider }: DrmRequest) {
  return { scheme, systems: [...systems], key_provider: keyProvider };
}

const protectVideo = drmRequest.meta({ id: 'ProtectVideo', 'x-example': { scheme: 'cbcs' } });

const protectionAccepted = z.object({ video_id: z.string(), drm: drmView }).meta({ id: 'ProtectionAccepted' });

export class ProtectVideoDto extends createZodDto(protectVideo) {}
export class ProtectionAcceptedDto extends createZodDto(protectionAccepted) {}
