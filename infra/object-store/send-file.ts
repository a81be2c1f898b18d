import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { MIB } from '../../temporal/contract/units';

/** Smaller files are sent from memory: a quarter less work than a stream, and the client repeats them by itself. */
const STREAMED_FROM_BYTES = MIB;
/** Larger files go up in parts: one PUT takes 5 GB at most, and a part that breaks off is sent again alone. */
const PARTS_FROM_BYTES = 64 * MIB;
const SMALLEST_PART_BYTES = 16 * MIB;
/** Of one object (S3 user guide, "multipart upload limits"). */
const MOST_PARTS = 10_000;

/** A file to be stored; `put` is the request without its body. */
export interface FileToSend {
  path: string;
  sizeBytes: number;
  put: PutObjectCommand;
}

/** Stores a file of up to 5 TB. Leaves no parts behind when it fails or is aborted. Throws the client's errors. */
export async function sendFile(client: S3Client, { path, sizeBytes, put }: FileToSend, signal?: AbortSignal): Promise<void> {
  if (sizeBytes < STREAMED_FROM_BYTES) return void (await client.send(new PutObjectCommand({ ...put.input, Body: await readFile(path) })));
  const Body = createReadStream(path);
  try {
    if (sizeBytes < PARTS_FROM_BYTES) await client.send(new PutObjectCommand({ ...put.input, Body }));
    else await sendParts(client, { ...put.input, Body, ContentLength: undefined }, { sizeBytes, signal });
  } finally {
    // A client that finds no store leaves the file open.
    Body.destroy();
  }
}

async function sendParts(
  client: S3Client,
  params: PutObjectCommandInput,
  { sizeBytes, signal }: { sizeBytes: number; signal: AbortSignal | undefined },
): Promise<void> {
  const partSize = Math.max(SMALLEST_PART_BYTES, Math.ceil(sizeBytes / MOST_PARTS));
  const upload = new Upload({ client, params, partSize });
  const abort = () => void upload.abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await upload.done();
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
