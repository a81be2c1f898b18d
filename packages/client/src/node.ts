import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import type { VideoWishes } from './api-bodies.ts';
import type { SprocketClient } from './sprocket-client.ts';
import { uploadFile, type UploadOptions } from './upload-file.ts';
import type { UploadSource } from './upload-source.ts';

const CONTENT_TYPES: Record<string, string> = {
  '.avi': 'video/x-msvideo',
  '.flv': 'video/x-flv',
  '.mkv': 'video/x-matroska',
  '.mov': 'video/quicktime',
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mpg': 'video/mpeg',
  '.ts': 'video/mp2t',
  '.webm': 'video/webm',
};

/** A file on disk as a source. Rejects with the error of the file system when there is none. */
export async function fileSource(path: string): Promise<UploadSource> {
  const { size } = await stat(path);
  return {
    name: basename(path),
    sizeBytes: size,
    type: CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    slice: (start, end) => Readable.toWeb(createReadStream(path, { start, end: end - 1 })) as ReadableStream<Uint8Array>,
  };
}

/** {@link uploadFile} of a file on disk. */
export async function uploadPath(
  client: SprocketClient,
  path: string,
  wishes: VideoWishes = {},
  options: UploadOptions = {},
): Promise<string> {
  return uploadFile(client, await fileSource(path), wishes, options);
}
