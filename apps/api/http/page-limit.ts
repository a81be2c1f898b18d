import { z } from 'zod';

/** How many rows a page of a list may have: 1 to `most`, at most 999. */
export function pageLimit(most: number, usual: number) {
  return z
    .string()
    .regex(/^[0-9]{1,3}$/, { error: `is a number from 1 to ${most}` })
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .default(usual);
}
