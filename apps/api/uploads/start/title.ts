import { z } from 'zod';
import { Problem } from '../../problems/problem';
import { cleanText } from './clean-text';

const TITLE_MAX_CHARS = 300;

/** A title as it is sent. */
export const titleSchema = z.string().trim().min(1).max(TITLE_MAX_CHARS).describe('Control characters are dropped');

/** A title as people see it. Throws a 422 problem where nothing of it can be seen. */
export function shownTitle(title: string): string {
  const shown = cleanText(title, TITLE_MAX_CHARS);
  if (shown === '') {
    throw new Problem(422, 'TitleInvalid', 'title must hold characters that can be seen.', { extensions: { field: 'title' } });
  }
  return shown;
}
