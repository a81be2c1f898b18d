import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Scope } from '../../../infra/api-keys/scopes';

export const REQUIRED_SCOPES = 'required-scopes';
/** Names the scopes in the API's description: OpenAPI 3.0 allows them in `security` for OAuth alone. */
export const SCOPE_EXTENSION = 'x-required-scopes';

/** Names the scopes of a call, one of which a key must have. A call with neither this nor `@Public()` needs `admin`. */
export const RequireScope = (...scopes: [Scope, ...Scope[]]) =>
  applyDecorators(SetMetadata(REQUIRED_SCOPES, scopes), ApiBearerAuth(), ApiExtension(SCOPE_EXTENSION, scopes));
