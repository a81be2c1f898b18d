import { fromIni } from '@aws-sdk/credential-provider-ini';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { MINUTE_MS } from '../../../temporal/contract/units';
import type { S3Config } from '../s3-client';

/** The SDK asks again for what ends within five minutes, so at every request. */
const READ_ANEW_MS = 4 * MINUTE_MS;

/** Fixed keys, or a file that is read anew; undefined for the SDK's default chain, which renews what ends. */
export function s3Credentials(config: S3Config): S3ClientConfig['credentials'] | undefined {
  const { accessKeyId, secretAccessKey, sessionToken, credentialsFile } = config;
  if (credentialsFile) {
    const read = fromIni({ filepath: credentialsFile, configFilepath: credentialsFile, profile: 'default', ignoreCache: true });
    return async () => ({ ...(await read()), expiration: new Date(Date.now() + READ_ANEW_MS) });
  }
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
