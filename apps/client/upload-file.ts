import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { basename, extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pMap from 'p-map';
import pRetry from 'p-retry';
import type { ApiClient, Upload, NewUpload } from './api-client';

const PARALLEL_PARTS = 4;
const ATTEMPTS_PER_PART = 4;
const FIRST_BACKOFF_MS = 500;
/** The API signs at most this many parts a call. */
const PARTS_PER_CALL = 100;

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

export interface PartRange {
  number: number;
  /** First byte and exclusive end. */
  start: number;
  end: number;
}

/** Uploads a file through presigned parts and starts its processing. Resolves to the id of the video. */
export async function uploadFile(
  api: ApiClient,
  path: string,
  onProgress: (sentBytes: number, totalBytes: number) => void,
  wishes: Omit<NewUpload, 'filename' | 'contentType' | 'fileSizeBytes' | 'title'> = {},
): Promise<string> {
  const { size } = await stat(path);
  const name = basename(path);
  const upload = await api.createUpload({
    filename: name,
    contentType: CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    fileSizeBytes: size,
    title: name.slice(0, name.length - extname(name).length),
    ...wishes,
  });
  let sentBytes = 0;
  const onSent = (bytes: number) => onProgress((sentBytes += bytes), size);
  const parts = partRanges(size, upload);
  for (let first = 0; first < parts.length; first += PARTS_PER_CALL) {
    await uploadBatch(api, upload.video_id, { path, parts: parts.slice(first, first + PARTS_PER_CALL), onSent });
  }
  await api.completeUpload(upload.video_id);
  return upload.video_id;
}

/** Parts of equal size that tile the file; the last one may be shorter. */
export function partRanges(sizeBytes: number, upload: Pick<Upload, 'max_chunk_size' | 'parts_total'>): PartRange[] {
  return Array.from({ length: upload.parts_total }, (_, index) => ({
    number: index + 1,
    start: index * upload.max_chunk_size,
    end: Math.min(sizeBytes, (index + 1) * upload.max_chunk_size),
  }));
}

interface Batch {
  path: string;
  parts: readonly PartRange[];
  onSent: (bytes: number) => void;
}

async function uploadBatch(api: ApiClient, videoId: string, batch: Batch): Promise<void> {
  const urls = await api.partUrls(
    videoId,
    batch.parts.map(({ number }) => number),
  );
  const signAgain = async (partNumber: number) => (await api.partUrls(videoId, [partNumber])).get(partNumber) ?? '';
  const send = (part: PartRange) => putWithRetries({ url: urls.get(part.number) ?? '', signAgain }, batch, part);
  await pMap(batch.parts, send, { concurrency: PARALLEL_PARTS });
}

interface PartAddress {
  url: string;
  signAgain: (partNumber: number) => Promise<string>;
}

/** An address may have expired while earlier parts were sent, so every further attempt gets a new one. */
async function putWithRetries({ url, signAgain }: PartAddress, batch: Batch, part: PartRange): Promise<void> {
  const put = async (attempt: number) => {
    let sentBytes = 0;
    try {
      await putPart(attempt === 1 ? url : await signAgain(part.number), batch.path, {
        ...part,
        onSent: (bytes) => batch.onSent(((sentBytes += bytes), bytes)),
      });
    } catch (error) {
      batch.onSent(-sentBytes);
      throw error;
    }
  };
  await pRetry(put, { retries: ATTEMPTS_PER_PART - 1, minTimeout: FIRST_BACKOFF_MS });
}

/** One PUT of known length, streamed from the file. */
async function putPart(url: string, path: string, part: PartRange & { onSent: (bytes: number) => void }): Promise<void> {
  const start = url.startsWith('https:') ? httpsRequest : httpRequest;
  const request = start(url, { method: 'PUT', headers: { 'content-length': part.end - part.start } });
  const answered = new Promise<number>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
  });
  const body = createReadStream(path, { start: part.start, end: part.end - 1 });
  body.on('data', (chunk) => part.onSent(chunk.length));
  const [status] = await Promise.all([answered, pipeline(body, request)]).catch((cause: unknown) => {
    throw new Error(`Part ${part.number} of the upload did not reach storage.`, { cause });
  });
  if (status < 200 || status > 299) throw new Error(`Storage refused part ${part.number} of the upload (${status}).`);
}
