import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Sixteen bytes (RFC 4648 5, without padding). */
const keyId = z.string().regex(/^[\w-]{22}$/, { error: 'is a key id of 16 bytes in base64url' });

const clearKeyRequest = z
  .strictObject({ kids: z.array(keyId).min(1).max(16), type: z.literal('temporary').default('temporary') })
  .meta({ id: 'ClearKeyRequest', 'x-example': { kids: ['AAECAwQFBgcICQoLDA0ODw'], type: 'temporary' } });

const clearKeyLicence = z
  .object({ keys: z.array(z.object({ kty: z.literal('oct'), kid: z.string(), k: z.string() })), type: z.literal('temporary') })
  .meta({ id: 'ClearKeyLicence' });

export class ClearKeyRequestDto extends createZodDto(clearKeyRequest) {}
export class ClearKeyLicenceDto extends createZodDto(clearKeyLicence) {}
