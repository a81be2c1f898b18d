import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';

/** Encryption at rest that the store does (S3 user guide, "Using server-side encryption"). */
export interface Encryption {
  kind: 'SSE-S3' | 'SSE-KMS';
  /** Absent: the default key of the account. */
  kmsKeyId?: string | undefined;
}

/** What makes an object. Parts take the encryption of their upload (S3 API, UploadPart), so their presigned URLs need nothing. */
const WRITES = new Set(['PutObjectCommand', 'CreateMultipartUploadCommand', 'CopyObjectCommand']);

/** Makes every write of the client, also those that a library sends through it, ask for the encryption. */
export function encryptWrites(client: S3Client, { kind, kmsKeyId }: Encryption): void {
  const headers: Pick<PutObjectCommandInput, 'ServerSideEncryption' | 'SSEKMSKeyId'> =
    kind === 'SSE-S3'
      ? { ServerSideEncryption: 'AES256' }
      : { ServerSideEncryption: 'aws:kms', ...(kmsKeyId ? { SSEKMSKeyId: kmsKeyId } : {}) };
  client.middlewareStack.add(
    (next, context) => (args) => next(WRITES.has(context.commandName ?? '') ? { ...args, input: { ...args.input, ...headers } } : args),
    { step: 'initialize', name: 'encryptWrites' },
  );
}
