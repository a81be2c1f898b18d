import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { MODERATION_DECISIONS, MODERATION_MODES } from '../../../temporal/contract/media/moderation';
import { VIDEO_STATUSES } from '../../../temporal/contract/steps';

export const NOTE_MAX_CHARS = 1000;

export const moderationMode = z.enum(MODERATION_MODES);

/** Of an upload or a preset. */
export const moderationThreshold = z.number({ error: 'is a number from 0 to 1' }).min(0).max(1);

const decideSchema = z
  .strictObject({
    decision: z
      .enum(MODERATION_DECISIONS)
      .describe('approve publishes the video; reject removes what was made of it, and keeps the original'),
    note: z.string().max(NOTE_MAX_CHARS).optional().describe('Why, for those who look at it later; control characters are dropped'),
  })
  .meta({ id: 'DecideModeration', 'x-example': { decision: 'approve' } });

const decision = z.object({
  decision: z.enum(MODERATION_DECISIONS),
  decided_by: z.string(),
  decided_at: z.iso.datetime(),
  note: z.string().nullable(),
});

const decided = decision.extend({ video_id: z.string(), status: z.enum(VIDEO_STATUSES) }).meta({ id: 'ModerationDecided' });

const score = { time_ms: z.int(), score: z.number().describe('0 to 1; higher is less safe') };

/** In `GET /videos/{id}`. */
export const moderationSummaryView = z.object({
  mode: moderationMode,
  threshold: z.number(),
  highest_score: z.number().nullable().describe('Null until scored'),
  scored_frames: z.int(),
  flagged_frames: z.int().describe('Scored at or above the threshold'),
  held_since: z.iso.datetime().nullable().describe('While the video waits for a moderator'),
});

const moderationView = moderationSummaryView
  .extend({
    video_id: z.string(),
    generation: z.int(),
    status: z.enum(VIDEO_STATUSES),
    model: z.object({ name: z.string(), version: z.string(), sha256: z.string() }).nullable(),
    interval_ms: z.int().nullable().describe('Between two scored frames'),
    scores: z.array(z.object(score)).describe('Of every sampled frame'),
    flagged: z.array(z.object({ ...score, picture_url: z.string().describe('Needs an API key as this call does') })),
    decision: decision.nullable(),
  })
  .meta({ id: 'Moderation' });

export type ModerationSummaryView = z.infer<typeof moderationSummaryView>;
export type ModerationView = z.infer<typeof moderationView>;
export type DecidedView = z.infer<typeof decided>;

export class DecideModerationDto extends createZodDto(decideSchema) {}
export class ModerationDecidedDto extends createZodDto(decided) {}
export class ModerationDto extends createZodDto(moderationView) {}
