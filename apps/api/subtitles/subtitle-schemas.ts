import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TEXT_FORMATS } from '../../../infra/timed-text/timed-text';
import { TEXT_ENCODINGS } from '../../../infra/timed-text/decode-text';
import { MOST_TEXT_BYTES, TEXT_KINDS, TEXT_ORIGINS } from '../../../temporal/contract/media/text-tracks';

const LABEL_MAX_CHARS = 80;
const LANGUAGE_MAX_CHARS = 100;

const label = z
  .string()
  .trim()
  .min(1)
  .max(LABEL_MAX_CHARS)
  .refine((value) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(value), { error: 'has characters that cannot be seen' });

const about = {
  language: z.string().min(1).max(LANGUAGE_MAX_CHARS).describe('BCP 47 tag, such as en, pt-BR or zh-Hant'),
  label: label.optional().describe('Name in the menu of players; that of the language when it is left out'),
  kind: z
    .enum(TEXT_KINDS)
    .default('subtitles')
    .describe('captions also tell what is heard beside speech; forced ones are shown to everybody'),
  format: z.enum(TEXT_FORMATS),
};

/** Subtitles in JSON. */
export const createSubtitles = z.strictObject({ ...about, content: z.string().describe(`At most ${MOST_TEXT_BYTES} bytes`) });

/** The fields of a form beside its file. */
export const subtitleFields = z.strictObject(about);

export type SubtitleFields = z.infer<typeof subtitleFields>;

const subtitle = z
  .object({
    subtitle_id: z.string(),
    language: z.string(),
    label: z.string(),
    kind: z.enum(TEXT_KINDS),
    origin: z.enum(TEXT_ORIGINS).describe('uploaded, a track of the source, or speech: a machine has heard what is said'),
    cue_count: z.int(),
    created_at: z.string(),
  })
  .meta({ id: 'Subtitle' });

const lineNote = z.object({ line: z.int(), message: z.string() });

const added = subtitle
  .extend({
    encoding: z.enum(TEXT_ENCODINGS).describe('How the file was read'),
    warnings: z.array(lineNote).describe('What may not be meant, by lines of the file'),
  })
  .meta({ id: 'AddedSubtitle' });

const subtitles = z.object({ subtitles: z.array(subtitle) }).meta({ id: 'Subtitles' });

export class AddedSubtitleDto extends createZodDto(added) {}
export class SubtitlesDto extends createZodDto(subtitles) {}
