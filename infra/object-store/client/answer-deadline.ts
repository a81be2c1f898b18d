import type { S3Client } from '@aws-sdk/client-s3';
import pTimeout from 'p-timeout';

/** The store works on these for as long as an object is large, and may say nothing meanwhile (S3 API, CompleteMultipartUpload). */
const LONG_COMMANDS = new Set(['CompleteMultipartUploadCommand', 'CopyObjectCommand', 'UploadPartCopyCommand']);

/** Lets every command of the client reject when its answer has not begun after so long, all attempts together. Bodies may take longer. */
export function limitAnswers(client: S3Client, milliseconds: number): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) =>
        LONG_COMMANDS.has(commandName) ? next(args) : pTimeout(next(args), { milliseconds, message: 'the store was silent' }),
    { step: 'initialize', name: 'limitAnswers' },
  );
}
