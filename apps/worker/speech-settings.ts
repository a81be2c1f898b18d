import { z } from 'zod';
import type { SpeechSettings } from '../../activities/speech-engines/open-speech-engine';
import { Secret } from '../settings/secret';
import { httpUrl, listed } from '../settings/setting-types';

const SOUND = '{sound}';

/** Variables of the engine that turns speech into text; docs/subtitles.md describes both kinds. */
export const speechSettings = {
  SPEECH_COMMAND: z.string().transform(parseCommand).optional().meta({
    description:
      'Program that turns speech into text, with its arguments, as a JSON list; {sound} and {language} in it are replaced. Empty: none, or the server below.',
    example: '',
  }),
  SPEECH_URL: httpUrl.optional().meta({
    description: 'Address of a server that turns speech into text: POST /v1/audio/transcriptions as OpenAI has defined it.',
  }),
  SPEECH_URL_TOKEN: z
    .string()
    .transform((text) => new Secret(text))
    .optional()
    .meta({ description: 'Bearer token for that server.' }),
  SPEECH_URL_MODEL: z.string().min(1).default('whisper-1').meta({ description: 'Model that the server is asked for.' }),
  SPEECH_LANGUAGES: z
    .string()
    .transform(parseLanguages)
    .prefault('en')
    .meta({ description: 'Languages that the program or the server understands: ISO 639 codes with commas between.' }),
};

type Values = z.infer<z.ZodObject<typeof speechSettings>>;

/** Which of two engines was meant, nothing tells. */
export function refuseTwoEngines(
  { SPEECH_COMMAND: command, SPEECH_URL: url }: Pick<Values, 'SPEECH_COMMAND' | 'SPEECH_URL'>,
  context: z.RefinementCtx,
): void {
  if (command === undefined || url === undefined) return;
  context.addIssue({ code: 'custom', path: ['SPEECH_URL'], message: 'must be empty where SPEECH_COMMAND names an engine' });
}

export function parseSpeechSettings(values: Values): SpeechSettings {
  const { SPEECH_URL: url, SPEECH_URL_TOKEN: token, SPEECH_URL_MODEL: model } = values;
  return {
    command: values.SPEECH_COMMAND ?? null,
    server: url === undefined ? null : { url, token: token ?? null, model },
    languages: values.SPEECH_LANGUAGES,
  };
}

const commandSchema = z.array(z.string()).min(1);

function parseCommand(text: string, context: z.RefinementCtx): string[] {
  const command = commandSchema.safeParse(jsonOf(text)).data;
  if (command?.slice(1).some((word) => word.includes(SOUND))) return command;
  context.addIssue({ code: 'custom', message: `must be a JSON list of a program and its arguments, one of which has ${SOUND}` });
  return z.NEVER;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseLanguages(text: string, context: z.RefinementCtx): string[] {
  const languages = listed(text.toLowerCase());
  if (languages.length > 0 && languages.every((language) => /^[a-z]{2,3}$/.test(language))) return languages;
  context.addIssue({ code: 'custom', message: 'must be codes of two or three letters with commas between' });
  return z.NEVER;
}
