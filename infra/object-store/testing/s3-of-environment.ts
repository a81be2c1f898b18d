import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '../s3-client';

/** A client for the store that the test runner started. The caller owns it and calls `destroy()`. */
export function s3OfEnvironment(): S3Client {
  return createS3Client({
    endpoint: process.env['S3_ENDPOINT'] ?? '',
    region: process.env['S3_REGION'] ?? '',
    accessKeyId: process.env['S3_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: process.env['S3_SECRET_ACCESS_KEY'] ?? '',
  });
}
