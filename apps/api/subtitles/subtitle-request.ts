import type { Request } from 'express';
import { ZodValidationException } from 'nestjs-zod';
import { type z } from 'zod';
import { MOST_TEXT_BYTES } from '../../../temporal/contract/media/text-tracks';
import { Problem } from '../problems/problem';
import { createSubtitles, subtitleFields, type SubtitleFields } from './subtitle-schemas';

/** Subtitles as they were sent. */
export interface SentSubtitles extends SubtitleFields {
  bytes: Uint8Array;
}

/** Bodies of these types are read for subtitles. */
export const FORM_TYPE = 'multipart/form-data';
/** A file and the fields around it. */
export const FORM_LIMIT_BYTES = MOST_TEXT_BYTES + 16_384;
/** Of a text in JSON: a character that is escaped takes six bytes. */
export const JSON_LIMIT_BYTES = 2 * MOST_TEXT_BYTES;

const FILE_FIELD = 'file';

/** What a JSON body or a form says. Throws a 400, 413 or 422 problem. */
export async function sentSubtitles(request: Request, body: unknown): Promise<SentSubtitles> {
  const sent = Buffer.isBuffer(body) ? await ofForm(request, body) : ofJson(body);
  if (sent.bytes.byteLength > MOST_TEXT_BYTES) {
    throw new Problem(413, 'BodyTooLarge', `Subtitles have at most ${MOST_TEXT_BYTES} bytes; send the text of one track alone.`);
  }
  return sent;
}

function ofJson(body: unknown): SentSubtitles {
  const { content, ...about } = checked(createSubtitles, body);
  return { ...about, bytes: Buffer.from(content) };
}

/** RFC 7578. */
async function ofForm(request: Request, body: Buffer): Promise<SentSubtitles> {
  const form = await parsedForm(request, body);
  const file = form.get(FILE_FIELD);
  if (file === null || typeof file === 'string') {
    throw new Problem(422, 'ValidationFailed', `The form needs the file in its field ${FILE_FIELD}.`);
  }
  const fields = Object.fromEntries([...form].filter(([name]) => name !== FILE_FIELD));
  const named = /\.(vtt|srt)$/i.exec(file.name)?.[1]?.toLowerCase();
  const about = checked(subtitleFields, named === undefined ? fields : { format: named, ...fields });
  return { ...about, bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function parsedForm(request: Request, body: Buffer): Promise<FormData> {
  try {
    const headers = { 'Content-Type': request.get('content-type') ?? '' };
    return await new Response(new Uint8Array(body), { headers }).formData();
  } catch {
    throw new Problem(400, 'MalformedRequest', 'The form cannot be read; send it as RFC 7578 says.');
  }
}

function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw new ZodValidationException(result.error);
  return result.data;
}
