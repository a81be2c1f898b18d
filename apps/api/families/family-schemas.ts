import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { RUNG_NAMES } from '../../../temporal/contract/media/encoding';
import { ASKED_FAMILY_NAMES, CODEC_FAMILY_NAMES, FAMILY_STATES } from '../../../temporal/contract/media/families';

export const codecFamily = z.enum(CODEC_FAMILY_NAMES);

/** A rung of a ladder by its name. */
export const rungName = z.enum(RUNG_NAMES);

/** A family that is asked for by name. */
export const askedFamily = z.enum(ASKED_FAMILY_NAMES);

/** Every family once, in any order. HDR sets come with their codecs. */
export const codecFamilies = z
  .array(askedFamily)
  .min(1)
  .max(ASKED_FAMILY_NAMES.length)
  .refine((names) => new Set(names).size === names.length, { error: 'names a codec family twice' });

/** Families that join or have left, by name; the one that the title was published in first is part of the title. */
export const familiesView = z.partialRecord(
  codecFamily,
  z.object({
    state: z.enum(FAMILY_STATES),
    percent: z.int().min(0).max(100),
    error: z.object({ code: z.string(), message: z.string(), advice: z.string() }).optional(),
  }),
);

const addFamilies = z.strictObject({ codecs: codecFamilies }).meta({ id: 'AddFamilies', 'x-example': { codecs: ['av1'] } });

const familiesAccepted = z.object({ video_id: z.string(), families: familiesView }).meta({ id: 'FamiliesAccepted' });

export class AddFamiliesDto extends createZodDto(addFamilies) {}
export class FamiliesAcceptedDto extends createZodDto(familiesAccepted) {}
