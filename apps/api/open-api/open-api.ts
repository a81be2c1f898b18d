import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import type { ApiConfig } from '../api-settings';
import { KEY_SCHEME } from '../auth/scope.decorator';
import { describeOperations } from './describe-operations';

/** Serves the API's description at /docs and /docs/openapi.json, made from the schemas that validate. */
export function setUpOpenApi(app: INestApplication, { access }: Pick<ApiConfig, 'access'>): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app, access.isAnonymous), {
    jsonDocumentUrl: 'docs/openapi.json',
    customSiteTitle: 'sprocket API',
    swaggerOptions: { persistAuthorization: false, displayOperationId: true, tryItOutEnabled: true },
  });
}

/** The description of every public call, with its errors. */
export function openApiDocument(app: INestApplication, isAnonymous: boolean): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('sprocket')
    .setDescription('Upload videos, follow their processing, play them. Errors are application/problem+json (RFC 9457).')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    // The page is served by the API itself, whatever its address.
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'spk_', description: KEY_DESCRIPTION }, KEY_SCHEME)
    .build();
  // Every operation names itself in @ApiOperation; the test of the document finds one that does not.
  const operationIdFactory = () => '';
  return describeOperations(cleanupOpenApiDoc(SwaggerModule.createDocument(app, config, { operationIdFactory })), isAnonymous);
}

const KEY_DESCRIPTION =
  'An API key. Each call takes a key with one of the scopes that its `security` names, or with the scope admin. The header `X-Api-Key` is another place for it.';
