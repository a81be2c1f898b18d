import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';

/** Calls that need no API key, with or without a limit by address. */
export type PublicCall = 'limited' | 'unlimited';

/** Marks calls that need no API key: what browsers show. */
export const Public = () => SetMetadata(PUBLIC, 'limited' satisfies PublicCall);

/** The same for players, CDNs and probes, which may ask as often as they like. */
export const PublicWithoutLimit = () => SetMetadata(PUBLIC, 'unlimited' satisfies PublicCall);
