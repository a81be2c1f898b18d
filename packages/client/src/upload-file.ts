import pMap from 'p-map';
import type { UploadState, VideoWishes } from './api-bodies.ts';
import { partsToSend, type PartRange } from './part-ranges.ts';
import { PartUrls } from './part-urls.ts';
import { pause } from './pause.ts';
import { PartError, putPart } from './put-part.ts';
import type { SprocketClient } from './sprocket-client.ts';
import type { UploadSource } from './upload-source.ts';

const PARALLEL_PARTS = 4;
/** A slow line moves something in less; storage answers in less after the last byte. */
const STALL_MS = 60_000;
/** Before the second and each further attempt to send a part. */
const RETRY_PAUSES_MS = [0, 1_000, 3_000, 5_000];

export interface UploadOptions {
  /** Bytes that storage has or gets, of all. What a failed attempt sent is taken back. */
  onProgress?: (sentBytes: number, totalBytes: number) => void;
  /** Tells the id as soon as there is one: with it, the upload can be resumed. */
  onStart?: (videoId: string) => void | Promise<void>;
  /** Goes on with the upload of this video and sends only the parts that are missing. */
  resume?: string;
  /** Pauses: the call rejects with the reason of the signal, and `resume` goes on. */
  signal?: AbortSignal;
  /** Parts that are sent at the same time; 4 when left out. */
  parallelParts?: number;
  /** A part of which nothing is sent for so long is sent again; 60 s when left out. */
  stallMs?: number;
}

/**
 * Uploads a file in presigned parts and starts its processing. Resolves to the id of the video. Rejects with `ProblemError`,
 * `UnreachableError`, `PartError` after five attempts, or the reason of the signal.
 */
export async function uploadFile(
  client: SprocketClient,
  source: UploadSource,
  wishes: VideoWishes = {},
  options: UploadOptions = {},
): Promise<string> {
  const state = options.resume === undefined ? await open(client, source, wishes) : await client.uploadState(options.resume);
  await options.onStart?.(state.video_id);
  // A completed upload has all its parts, and is completed again without harm.
  const parts = partsToSend(source.sizeBytes, state);
  await new Transfer(client, { source, parts, videoId: state.video_id }, options).run();
  await client.completeUpload(state.video_id);
  return state.video_id;
}

async function open(client: SprocketClient, source: UploadSource, wishes: VideoWishes): Promise<UploadState> {
  const created = await client.createUpload({
    filename: source.name,
    content_type: source.type,
    title: source.name.replace(/\.[^.]*$/, '') || source.name,
    ...wishes,
    file_size_bytes: source.sizeBytes,
  });
  const none = { received_parts: [], wrong_parts: [], bytes_received: 0 };
  const all = Array.from({ length: created.parts_total }, (_, index) => index + 1);
  return { ...created, ...none, status: 'uploading', file_size_bytes: source.sizeBytes, missing_parts: all };
}

/** The parts of one upload on their way to storage. */
class Transfer {
  private readonly urls: PartUrls;
  private sentBytes: number;

  constructor(
    client: SprocketClient,
    private readonly upload: { source: UploadSource; parts: readonly PartRange[]; videoId: string },
    private readonly options: UploadOptions,
  ) {
    const { parts, source, videoId } = upload;
    this.urls = new PartUrls(
      client,
      videoId,
      parts.map(({ number }) => number),
    );
    this.sentBytes = source.sizeBytes - parts.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  async run(): Promise<void> {
    const { signal, parallelParts: concurrency = PARALLEL_PARTS } = this.options;
    // The first failure ends the parts beside it, too.
    const ended = new AbortController();
    const either = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    this.tell(0);
    try {
      await pMap(this.upload.parts, (part) => this.send(part, either), { concurrency, signal: either });
    } catch (error) {
      ended.abort(error);
      throw error;
    }
  }

  private tell(bytes: number): void {
    this.sentBytes += bytes;
    this.options.onProgress?.(this.sentBytes, this.upload.source.sizeBytes);
  }

  /** An address may have expired while earlier parts were sent, so every further attempt gets a new one. */
  private async send(part: PartRange, signal: AbortSignal): Promise<void> {
    let url = await this.urls.of(part.number);
    for (const pauseMs of RETRY_PAUSES_MS) {
      const failure = await this.attempt(url, part, signal);
      if (failure === null) return;
      await pause(pauseMs, signal);
      url = await this.urls.again(part.number);
    }
    const failure = await this.attempt(url, part, signal);
    if (failure !== null) throw failure;
  }

  /** Null: storage has the part. */
  private async attempt(url: string, part: PartRange, signal: AbortSignal): Promise<PartError | null> {
    let sent = 0;
    let isOver = false;
    const { stallMs = STALL_MS } = this.options;
    const onSent = (bytes: number) => {
      // A connection that failed may still read on for a moment.
      if (isOver) return;
      sent += bytes;
      this.tell(bytes);
    };
    try {
      await putPart({ url, part, onSent, signal, stallMs, body: this.upload.source.slice(part.start, part.end) });
      return null;
    } catch (error) {
      isOver = true;
      this.tell(-sent);
      if (error instanceof PartError) return error;
      throw error;
    }
  }
}
