import { z } from 'zod';

export const ADDRESS_RULE = 'must be a URL that starts with http:// or https://';

/** The address of an API, from wherever it comes. */
export const apiAddress = z.url({ protocol: /^https?$/, error: ADDRESS_RULE });
