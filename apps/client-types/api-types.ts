import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { astToString } from 'openapi-typescript';

const HEAD = `/** Types of the API, made from its OpenAPI document by \`npm run client:types\`. Not edited by hand. */\n`;

/** TypeScript of every path and schema of the document, as \`packages/client/src/api-types.ts\` holds it. */
export async function apiTypes(document: OpenAPIObject): Promise<string> {
  return HEAD + astToString(await openapiTS(document as never, { alphabetize: true, defaultNonNullable: false }));
}
