import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { cleanupOpenApiDoc } from 'nestjs-zod';
import { describeErrors } from './describe-errors';

/** Serves the API's description at /docs and /docs/openapi.json, made from the schemas that validate. */
export function setUpOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'docs/openapi.json', customSiteTitle: 'sprocket API' });
}

/** The description of every public call, with its errors. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('sprocket')
    .setDescription('Upload videos, follow their processing, play them. Errors are application/problem+json (RFC 9457).')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    // The page is served by the API itself, whatever its address.
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key; needed when the operator has configured keys' })
    .build();
  const operationIdFactory = (controller: string, method: string, version?: string) =>
    [controller.replace(/Controller$/, ''), method, version].filter(Boolean).join('_');
  return describeErrors(cleanupOpenApiDoc(SwaggerModule.createDocument(app, config, { operationIdFactory })));
}
