import type { OpenAPIObject } from '@nestjs/swagger';
import { parseApiConfig } from '../api/api-settings';
import { createApi } from '../api/create-api';
import { openApiDocument } from '../api/open-api/open-api';

/** Nothing is asked of these: the API is built, and does not listen. */
const NOWHERE = {
  MYSQL_URL: 'mysql://none:none@127.0.0.1:1/none',
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_ACCESS_KEY_ID: 'none',
  S3_SECRET_ACCESS_KEY: 'none',
  API_ANONYMOUS: 'on',
};

/** The OpenAPI document of this code, without a database, a store or Temporal. */
export async function offlineDocument(): Promise<OpenAPIObject> {
  const app = await createApi(parseApiConfig(NOWHERE), false as never);
  try {
    return openApiDocument(app, true);
  } finally {
    await app.close();
  }
}
