import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const PUBLIC = 'public';
/** Where the description of a call keeps that it may be asked as often as one likes, until `describeOperations` has read it. */
export const UNLIMITED_EXTENSION = 'x-unlimited';

/** Calls that need no API key, with or without a limit by address. */
export type PublicCall = 'limited' | 'unlimited';

/** Marks calls that need no API key: what browsers show. */
export const Public = () => SetMetadata(PUBLIC, 'limited' satisfies PublicCall);

/** The same for players, CDNs and probes, which may ask as often as they like. */
export const PublicWithoutLimit = () =>
  applyDecorators(SetMetadata(PUBLIC, 'unlimited' satisfies PublicCall), ApiExtension(UNLIMITED_EXTENSION, true));
