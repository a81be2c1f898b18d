import { randomUUID } from 'node:crypto';
import pRetry from 'p-retry';
import { z } from 'zod';

/** A restart of the API or of its dependencies takes less. */
const PATIENCE_MS = 45_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3_000;
const DEPENDENCY_DOWN = 503;

const uploadSchema = z.object({
  video_id: z.string(),
  upload_url: z.string(),
  max_chunk_size: z.number().int().positive(),
  parts_total: z.number().int().positive(),
});

const partsSchema = z.object({ urls: z.array(z.object({ part_number: z.number().int(), url: z.string() })) });

const stepProgressSchema = z.union([
  z.string(),
  z.object({ state: z.string().optional(), completed: z.number(), total: z.number(), percent: z.number() }),
]);

const statusSchema = z.object({
  warnings: z.array(z.looseObject({ code: z.string().optional(), message: z.string() })).default([]),
  status: z.string(),
  percent: z.number(),
  estimated_completion: z.string().nullish(),
  pipeline_progress: z.record(z.string(), stepProgressSchema),
  families: z.record(z.string(), z.object({ state: z.string(), percent: z.number() })).default({}),
  failed_step: z.string().nullish(),
  error: z.object({ code: z.string(), message: z.string(), advice: z.string().optional() }).nullish(),
});

const workersSchema = z.object({
  /** An API of the first release tells neither state nor reason. */
  workers: z.array(z.object({ identity: z.string(), queue: z.string(), state: z.string().optional(), reason: z.string().nullish() })),
});

const manifestSchema = z.object({ hls_url: z.string(), dash_url: z.string(), hls_ts_url: z.string().nullable().default(null) });

const problemSchema = z.object({ title: z.string(), detail: z.string().optional() });

export type Upload = z.infer<typeof uploadSchema>;
export type VideoProgress = z.infer<typeof statusSchema>;
export type StepProgress = z.infer<typeof stepProgressSchema>;
export type Manifest = z.infer<typeof manifestSchema>;

export interface NewUpload {
  filename: string;
  contentType: string;
  fileSizeBytes: number;
  title: string;
  /** Names of codec families; the service's own choice when left out. */
  codecs?: readonly string[];
  /** Name of a preset; the service's own choice when left out. */
  preset?: string;
  /** Whether renditions keep the HDR of a source; the service's own choice when left out. */
  hdr?: string;
  /** What is drawn on it; that of the preset when left out. */
  watermark?: { id: string; position?: string; size_percent?: number; opacity?: number };
  /** Where it is encoded; `auto` when left out. */
  gpu?: 'auto' | 'never' | 'required';
  /** How all media is encrypted; clear when left out. */
  drm?: { scheme?: string; systems?: readonly string[] };
  /** What happens when pictures score at or above the threshold, 0 to 1; the preset's own choice when left out. */
  moderation?: 'off' | 'flag' | 'hold';
  moderationThreshold?: number;
  /** MPEG-TS segments for old players; as the preset says when left out. */
  hlsTs?: boolean;
  /** Subtitles of what is said, and its language if the audio track does not name it; as the preset says when left out. */
  subtitles?: 'auto' | 'off';
  subtitlesLanguage?: string;
  /** Codecs of the sound, and its loudness in LUFS or `off`; the preset's own choice when left out. */
  audioCodecs?: readonly string[];
  loudness?: number | 'off';
}

/** The calls of the public API that a client needs to publish a file. Rejects with the API's own sentence. */
export class ApiClient {
  /** Without a key only an API that asks for none answers. */
  constructor(
    private readonly apiUrl: string,
    private readonly apiKey: string | null = null,
  ) {}

  createUpload(upload: NewUpload): Promise<Upload> {
    return this.call(uploadSchema, 'POST', '/videos/upload', {
      filename: upload.filename,
      content_type: upload.contentType,
      file_size_bytes: upload.fileSizeBytes,
      title: upload.title,
      ...(upload.codecs ? { codecs: upload.codecs } : {}),
      ...(upload.preset ? { preset: upload.preset } : {}),
      ...(upload.hdr ? { hdr: upload.hdr } : {}),
      ...(upload.drm ? { drm: upload.drm } : {}),
      ...(upload.watermark ? { watermark: upload.watermark } : {}),
      ...(upload.gpu ? { gpu: upload.gpu } : {}),
      ...(upload.hlsTs === undefined ? {} : { hls_ts: upload.hlsTs }),
      ...(upload.subtitles ? { subtitles: upload.subtitles } : {}),
      ...(upload.subtitlesLanguage ? { subtitles_language: upload.subtitlesLanguage } : {}),
      ...(upload.moderation ? { moderation: upload.moderation } : {}),
      ...(upload.audioCodecs ? { audio_codecs: upload.audioCodecs } : {}),
      ...(upload.loudness === undefined ? {} : { loudness: upload.loudness }),
      ...(upload.moderationThreshold === undefined ? {} : { moderation_threshold: upload.moderationThreshold }),
    });
  }

  /** Signed addresses by part number. */
  async partUrls(videoId: string, partNumbers: readonly number[]): Promise<Map<number, string>> {
    const { urls } = await this.call(partsSchema, 'POST', `/videos/${videoId}/upload/parts`, { part_numbers: partNumbers });
    return new Map(urls.map(({ part_number, url }) => [part_number, url]));
  }

  async completeUpload(videoId: string): Promise<void> {
    await this.call(z.unknown(), 'POST', `/videos/${videoId}/upload/complete`, {});
  }

  progress(videoId: string): Promise<VideoProgress> {
    return this.call(statusSchema, 'GET', `/videos/${videoId}/status`);
  }

  manifest(videoId: string): Promise<Manifest> {
    return this.call(manifestSchema, 'GET', `/videos/${videoId}/manifest`);
  }

  /** Live workers, one entry for each queue that a process serves. */
  async workers(): Promise<z.infer<typeof workersSchema>['workers']> {
    return (await this.call(workersSchema, 'GET', '/workers')).workers;
  }

  private async call<T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { 'idempotency-key': randomUUID() };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (this.apiKey !== null) headers['authorization'] = `Bearer ${this.apiKey}`;
    const request = { method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
    const text = await askPatiently(`${this.apiUrl}/api/v1${path}`, request);
    return schema.parse(text === '' ? null : JSON.parse(text));
  }
}

/** The API refused the request. The message is its own sentence. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    readonly status: number,
    text: string,
  ) {
    super(`The API refused (${status}): ${sentenceOf(text)}`);
  }
}

/** Resolves to the body. Every call may be sent twice: the key makes a repeated upload the same upload. */
function askPatiently(url: string, request: RequestInit): Promise<string> {
  return pRetry(() => ask(url, request), {
    retries: Infinity,
    maxRetryTime: PATIENCE_MS,
    minTimeout: FIRST_PAUSE_MS,
    maxTimeout: LONGEST_PAUSE_MS,
    shouldRetry: ({ error }) => !(error instanceof RefusedError) || error.status === DEPENDENCY_DOWN,
  });
}

async function ask(url: string, request: RequestInit): Promise<string> {
  const [response, text] = await fetch(url, request)
    .then(async (response) => [response, await response.text()] as const)
    .catch((cause: unknown) => {
      throw new Error('The API does not answer. See "npm run status".', { cause });
    });
  if (!response.ok) throw new RefusedError(response.status, text);
  return text;
}

/** The message of a problem document (RFC 9457). */
function sentenceOf(text: string): string {
  try {
    const { title, detail } = problemSchema.parse(JSON.parse(text));
    return detail ?? title;
  } catch {
    return 'no reason was given.';
  }
}
