import { isIP } from 'node:net';
import { z } from 'zod';

declare module 'zod' {
  interface GlobalMeta {
    /** Of a number. */
    unit?: string;
    /** Stands in `.env.example` where there is no default. */
    example?: string;
  }
}

export const port = z.coerce.number().int().min(0).max(65535);

/** An HTTP address without a slash at the end. */
export const httpUrl = url('http:', 'https:').transform((value) => value.replace(/\/+$/, ''));

/** An absolute URL of one of the protocols, such as `mysql:`. */
export function url(...protocols: string[]) {
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
}

/** Entries of a list with commas between. */
export function listed(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** Addresses or networks (10.0.0.0/8) with commas between; none when it is empty. */
export const networks = z
  .string()
  .transform((text) => listed(text))
  .pipe(z.array(z.string().refine(isNetwork, 'must be addresses or networks such as 10.0.0.0/8, with commas between')))
  .prefault('');

/** An address, or one with the length of its network's prefix (RFC 4632 3.1). */
function isNetwork(text: string): boolean {
  const [address = '', bits = '0', ...rest] = text.split('/');
  const version = isIP(address);
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}
