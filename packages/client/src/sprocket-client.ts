import createClient, { type Client } from 'openapi-fetch';
import type { CreatedUpload, Manifest, NewVideo, UploadState, Video, VideoPage, VideoProgress, VideoQuery, Worker } from './api-bodies.ts';
import type { paths } from './api-types.ts';
import { IDEMPOTENCY_KEY, patientFetch } from './patient-fetch.ts';
import { problemOf } from './problem-error.ts';

/** A restart of the API or of its dependencies takes less. */
const PATIENCE_MS = 45_000;

export interface ClientOptions {
  /** Address of the API, such as `https://video.example.org`. In a page that the API itself serves: `location.origin`. */
  url: string;
  /** Without a key only an API that asks for none answers. */
  apiKey?: string | null;
  /** For how long a call that may be repeated asks again while there is no answer; 45 s when left out. */
  patienceMs?: number;
}

/** Options of one call. */
interface CallOptions {
  signal?: AbortSignal;
}

/**
 * The calls that publish and follow videos. Every call rejects with `ProblemError` when the API refuses it and with
 * `UnreachableError` when there is no answer. `http` has all other calls of the API, typed by path.
 */
export class SprocketClient {
  /** Every call of the API by its path: `client.http.GET('/api/v1/presets')`. Refusals are thrown, so `data` is there. */
  readonly http: Client<paths>;
  private readonly apiUrl: string;

  constructor({ url, apiKey = null, patienceMs = PATIENCE_MS }: ClientOptions) {
    this.apiUrl = url.replace(/\/+$/, '');
    this.http = createClient<paths>({
      baseUrl: this.apiUrl,
      fetch: patientFetch((request) => fetch(request), patienceMs),
      ...(apiKey === null ? {} : { headers: { Authorization: `Bearer ${apiKey}` } }),
    });
    this.http.use({
      onRequest: ({ schemaPath, params: { path = {} } }) => {
        const empty = Object.keys(path).find((name) => path[name] === '');
        if (empty !== undefined) throw new TypeError(`${schemaPath} needs the ${empty}, which is an empty text.`);
      },
      onResponse: async ({ response }) => {
        if (!response.ok) throw await problemOf(response);
      },
    });
  }

  /** Opens an upload. A repeated call with the same key is the same upload. */
  createUpload(video: NewVideo, idempotencyKey = randomKey()): Promise<CreatedUpload> {
    const params = { header: { [IDEMPOTENCY_KEY]: idempotencyKey } };
    return dataOf(this.http.POST('/api/v1/videos/upload', { params, body: video }));
  }

  /** Signed addresses by part number, at most 100 a call. */
  async partUrls(videoId: string, partNumbers: readonly number[]): Promise<Map<number, string>> {
    const { urls } = await dataOf(
      this.http.POST('/api/v1/videos/{id}/upload/parts', { ...byId(videoId), ...REPEATABLE(), body: { part_numbers: [...partNumbers] } }),
    );
    return new Map(urls.map(({ part_number, url }) => [part_number, url]));
  }

  /** What storage holds of an upload, so that any client can go on. */
  uploadState(videoId: string): Promise<UploadState> {
    return dataOf(this.http.GET('/api/v1/videos/{id}/upload', byId(videoId)));
  }

  /** Ends an upload and starts the processing; twice is the same as once. */
  async completeUpload(videoId: string): Promise<void> {
    await this.http.POST('/api/v1/videos/{id}/upload/complete', { ...byId(videoId), ...REPEATABLE(), body: {} });
  }

  /** Gives an upload up and frees its parts. */
  async cancelUpload(videoId: string): Promise<void> {
    await this.http.DELETE('/api/v1/videos/{id}/upload', byId(videoId));
  }

  /** Progress of every step. `watchVideo` follows it. */
  progress(videoId: string): Promise<VideoProgress> {
    return dataOf(this.http.GET('/api/v1/videos/{id}/status', byId(videoId)));
  }

  video(videoId: string): Promise<Video> {
    return dataOf(this.http.GET('/api/v1/videos/{id}', byId(videoId)));
  }

  /** Videos, newest first. `next_cursor` of a page is the `cursor` of the next. */
  videos(query: VideoQuery = {}): Promise<VideoPage> {
    return dataOf(this.http.GET('/api/v1/videos', { params: { query } }));
  }

  /** Addresses for players. Rejects with a problem 409 while the video cannot be played. */
  manifest(videoId: string): Promise<Manifest> {
    return dataOf(this.http.GET('/api/v1/videos/{id}/manifest', byId(videoId)));
  }

  /** Live workers, one entry for each queue that a process serves. */
  async workers(): Promise<Worker[]> {
    return (await dataOf(this.http.GET('/api/v1/workers'))).workers;
  }

  /** The stream of server-sent events of a video, after the event with `lastId`. Null: that one was the last. */
  async events(videoId: string, lastId: string | null, { signal }: CallOptions = {}): Promise<ReadableStream<Uint8Array> | null> {
    const { response, data } = await this.http.GET('/api/v1/videos/{id}/events', {
      ...byId(videoId),
      parseAs: 'stream',
      headers: { Accept: 'text/event-stream', ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
      ...(signal ? { signal } : {}),
    });
    return response.status === NO_CONTENT ? null : (data as ReadableStream<Uint8Array>);
  }
}

const NO_CONTENT = 204;

/** The API does these twice as once; the key tells `patientFetch` so. */
const REPEATABLE = () => ({ headers: { [IDEMPOTENCY_KEY]: randomKey() } });

/** Parameters of a call whose path has an `id`. */
export function byId(id: string) {
  return { params: { path: { id } } };
}

/** The body of a success: refusals were thrown before. */
export async function dataOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** 128 random bits in hexadecimal; `crypto.randomUUID` is missing in pages without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
