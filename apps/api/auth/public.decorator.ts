import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'public';

/** Marks calls that need no API key: what players, browsers and probes use. */
export const Public = () => SetMetadata(PUBLIC, true);
