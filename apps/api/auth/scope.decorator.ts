import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Scope } from '../../../infra/api-keys/scopes';

export const REQUIRED_SCOPES = 'required-scopes';
/** Name of the security scheme in the API's description. */
export const KEY_SCHEME = 'bearer';

/**
 * Names the scopes of a call, one of which a key must have. A call with neither this nor `@Public()` needs `admin`. In the API's description each
 * scope is an alternative of `security` (OpenAPI 3.1 4.8.30 allows names of roles for every scheme).
 */
export const RequireScope = (...scopes: [Scope, ...Scope[]]) =>
  // Decorators apply from the last one on.
  applyDecorators(SetMetadata(REQUIRED_SCOPES, scopes), ...scopes.map((scope) => ApiSecurity(KEY_SCHEME, [scope])));
