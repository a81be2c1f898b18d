import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { ApiKeyRow } from '../../../infra/api-keys/api-keys-repository';
import { isEscalating, SCOPES } from '../../../infra/api-keys/scopes';
import { pageLimit } from '../http/page-limit';
import { creatorIdSchema } from '../videos/video-id';

const NAME_MAX_CHARS = 100;
const MOST_LISTED = 100;

const scope = z.enum(SCOPES);

const createKey = z
  .strictObject({
    name: z.string().trim().min(1).max(NAME_MAX_CHARS).describe('What the key is for'),
    scopes: z.array(scope).min(1).max(SCOPES.length).describe('What it allows; admin includes all'),
    creator_id: creatorIdSchema
      .nullable()
      .default(null)
      .describe('The creator whose videos it covers, and who owns what is uploaded with it; null: the videos of all'),
    expires_at: z.iso.datetime({ offset: true }).nullable().default(null).describe('null: it does not expire'),
  })
  .refine(({ scopes, creator_id: creatorId }) => !isEscalating({ scopes, creatorId }), {
    path: ['scopes'],
    error: 'admin sees the videos of all creators; leave creator_id out, or admin',
  })
  .refine(({ expires_at: at }) => at === null || Date.parse(at) > Date.now(), { path: ['expires_at'], error: 'is in the past' })
  .meta({ id: 'CreateKey', 'x-example': { name: 'the website', scopes: ['videos:read'] } });

const instant = z.iso.datetime().nullable();
const keyFields = {
  key_id: z.string(),
  name: z.string(),
  prefix: z.string().describe('The public part of the key'),
  scopes: z.array(scope),
  creator_id: z.string().nullable(),
  created_at: z.iso.datetime(),
  expires_at: instant,
  revoked_at: instant,
  last_used_at: instant.describe('To the minute'),
};

const key = z.object(keyFields).meta({ id: 'Key' });
const createdKey = z.object({ ...keyFields, key: z.string().describe('Shown once') }).meta({ id: 'CreatedKey' });
const keyPage = z
  .object({ keys: z.array(key), next_cursor: z.string().nullable().describe('Pass it as `cursor` to get the next page') })
  .meta({ id: 'KeyPage' });

const listKeys = z
  .strictObject({
    cursor: z
      .string()
      .regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, { error: 'is no id of a key' })
      .optional(),
    limit: pageLimit(MOST_LISTED, MOST_LISTED),
  })
  .meta({ id: 'ListKeys' });

export class CreateKeyDto extends createZodDto(createKey) {}
export class ListKeysDto extends createZodDto(listKeys) {}
export class KeyDto extends createZodDto(key) {}
export class CreatedKeyDto extends createZodDto(createdKey) {}
export class KeyPageDto extends createZodDto(keyPage) {}

/** A stored key as callers with the scope `admin` see it. */
export function keyView({ keyId, name, prefix, scopes, creatorId, ...times }: ApiKeyRow): z.infer<typeof key> {
  return {
    ...{ key_id: keyId, name, prefix, scopes, creator_id: creatorId },
    created_at: times.createdAt.toISOString(),
    expires_at: times.expiresAt?.toISOString() ?? null,
    revoked_at: times.revokedAt?.toISOString() ?? null,
    last_used_at: times.lastUsedAt?.toISOString() ?? null,
  };
}
