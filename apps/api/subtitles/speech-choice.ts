import { z } from 'zod';
import { canonicalLanguage } from '../../../infra/timed-text/language-tag';

const LANGUAGE_MAX_CHARS = 100;

/** Whether a machine makes subtitles of what is said. */
export const subtitleChoice = z.enum(['auto', 'off']);

/** The language that is spoken, in its canonical form. */
export const spokenLanguage = z
  .string()
  .max(LANGUAGE_MAX_CHARS)
  .transform((tag, context) => {
    const language = canonicalLanguage(tag);
    if (language !== null) return language;
    context.addIssue({ code: 'custom', message: 'is no language tag (BCP 47); send one such as en, pt-BR or zh-Hant' });
    return z.NEVER;
  });
