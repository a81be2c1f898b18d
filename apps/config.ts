import { z } from 'zod';
import { SERVED_QUEUES, type Queue } from '../temporal/contract/queues';

/** The environment cannot be used. The message names variables and never shows their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const port = z.coerce.number().int().min(0).max(65535);
/** An empty value counts as absent, as shells and compose files write it. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });
const httpUrl = url('http:', 'https:').transform((value) => value.replace(/\/+$/, ''));

const dependencies = {
  MYSQL_URL: url('mysql:'),
  S3_ENDPOINT: httpUrl,
  S3_PUBLIC_ENDPOINT: optional(httpUrl),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1),
  S3_SECRET_ACCESS_KEY: z.string().min(1),
  S3_BUCKET_ORIGINALS: z.string().min(3).default('video-originals'),
  S3_BUCKET_SEGMENTS: z.string().min(3).default('video-segments'),
  S3_BUCKET_TRANSCODED: z.string().min(3).default('video-transcoded'),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
};

const MIB = 1024 * 1024;
/** With the time that tools get to end, below the 30 s after which supervisors usually kill. */
const DEFAULT_SHUTDOWN_GRACE_SECONDS = 20;
const DEFAULT_QUIET_SECONDS = 60;

const apiSchema = z.object({
  ...dependencies,
  TEMPORAL_UI_URL: optional(httpUrl),
  API_HOST: z.string().min(1).default('127.0.0.1'),
  API_PORT: port.default(3000),
  API_PUBLIC_URL: optional(httpUrl),
  API_KEYS: z.string().default('').transform(parseApiKeys),
  MAX_FILE_SIZE_BYTES: z.coerce.number().int().positive().default(200e9),
  // Temporary objects, which a retry stands on, are kept for a week.
  RETRY_WINDOW_HOURS: z.coerce.number().positive().max(168).default(168),
  // S3 parts are 5 MiB to 5 GiB but for the last one.
  UPLOAD_PART_SIZE_BYTES: z.coerce
    .number()
    .int()
    .min(5 * MIB)
    .max(5 * 1024 * MIB)
    .default(104_857_600),
});

const workerSchema = z.object({
  ...dependencies,
  WORKER_QUEUES: z.string().transform(parseQueues),
  SCRATCH_DIR: z.string().min(1),
  FFMPEG_PATH: z.string().min(1),
  FFPROBE_PATH: z.string().min(1),
  PACKAGER_PATH: z.string().min(1),
  WORKER_METRICS_PORT: optional(port),
  WORKER_TOOL_MEMORY_BYTES: optional(
    z.coerce
      .number()
      .int()
      .min(256 * MIB),
  ),
  WORKER_TOOL_CPUS: optional(z.coerce.number().min(0.1).max(1024)),
  TRANSCODE_SLOTS_EXPECTED: optional(z.coerce.number().int().min(0).max(100_000)),
  WORKER_SHUTDOWN_GRACE_SECONDS: optional(z.coerce.number().min(0).max(86_400)),
  MAX_SOURCE_DURATION_SECONDS: z.coerce
    .number()
    .positive()
    .default(12 * 3600),
  MAX_SOURCE_WIDTH: z.coerce.number().int().positive().default(8192),
  MAX_SOURCE_HEIGHT: z.coerce.number().int().positive().default(8192),
  MAX_SOURCE_FRAMES_PER_SECOND: z.coerce.number().positive().default(240),
  MAX_SOURCE_STREAMS: z.coerce.number().int().positive().default(64),
  MAX_FILE_SIZE_BYTES: z.coerce.number().int().positive().default(200e9),
});

const autoscalerSchema = z.object({
  TEMPORAL_ADDRESS: dependencies.TEMPORAL_ADDRESS,
  TEMPORAL_NAMESPACE: dependencies.TEMPORAL_NAMESPACE,
  WORKER_QUEUES: workerSchema.shape.WORKER_QUEUES,
  SCRATCH_DIR: workerSchema.shape.SCRATCH_DIR,
  SPROCKET_STACK: z.string().min(1),
  AUTOSCALE_QUIET_SECONDS: optional(z.coerce.number().positive().max(86_400)),
});

type Env = Readonly<Record<string, string | undefined>>;
type DependenciesEnv = z.infer<typeof apiSchema> | z.infer<typeof workerSchema>;

export type ApiConfig = ReturnType<typeof parseApiConfig>;
export type WorkerConfig = ReturnType<typeof parseWorkerConfig>;

/** The API's settings. Throws {@link ConfigError}. */
export function parseApiConfig(env: Env) {
  const values = parse(apiSchema.superRefine(refuseSharedBuckets), env);
  return {
    ...dependenciesOf(values),
    temporalUiUrl: values.TEMPORAL_UI_URL ?? null,
    host: values.API_HOST,
    port: values.API_PORT,
    /** Where clients reach the API, without a slash at the end. */
    publicUrl: values.API_PUBLIC_URL ?? `http://${values.API_HOST}:${values.API_PORT}`,
    /** Creator of each key; empty means that every caller is the creator `local`. */
    apiKeys: values.API_KEYS,
    maxFileSizeBytes: values.MAX_FILE_SIZE_BYTES,
    /** How long the workflow of a failed video waits for a retry; later ones start a new run. */
    retryWindowMs: values.RETRY_WINDOW_HOURS * 3_600_000,
    uploadPartSizeBytes: values.UPLOAD_PART_SIZE_BYTES,
  };
}

/** A worker process's settings. Throws {@link ConfigError}. */
export function parseWorkerConfig(env: Env) {
  const values = parse(workerSchema.superRefine(refuseSharedBuckets), env);
  return {
    ...dependenciesOf(values),
    /** Slots of each queue this process serves. */
    queues: values.WORKER_QUEUES,
    scratchDir: values.SCRATCH_DIR,
    tools: { ffmpeg: values.FFMPEG_PATH, ffprobe: values.FFPROBE_PATH, packager: values.PACKAGER_PATH },
    metricsPort: values.WORKER_METRICS_PORT ?? null,
    /** Bounds on one run of a tool where control groups are permitted; null for those that suit the machine. */
    toolMemoryBytes: values.WORKER_TOOL_MEMORY_BYTES ?? null,
    toolCpus: values.WORKER_TOOL_CPUS ?? null,
    /** Chunks are planned for at least so many slots: a fleet that grows with its backlog is small when it plans. */
    expectedTranscodeSlots: values.TRANSCODE_SLOTS_EXPECTED ?? 0,
    /** How long running tasks may go on once the process is told to stop; the rest is handed back. */
    shutdownGraceMs: (values.WORKER_SHUTDOWN_GRACE_SECONDS ?? DEFAULT_SHUTDOWN_GRACE_SECONDS) * 1000,
    /** Larger sources are refused before anything is decoded. */
    sourceLimits: {
      durationSeconds: values.MAX_SOURCE_DURATION_SECONDS,
      width: values.MAX_SOURCE_WIDTH,
      height: values.MAX_SOURCE_HEIGHT,
      framesPerSecond: values.MAX_SOURCE_FRAMES_PER_SECOND,
      streams: values.MAX_SOURCE_STREAMS,
      sizeBytes: values.MAX_FILE_SIZE_BYTES,
    },
  };
}

/** The autoscaler's settings; the environment is that of the workers it starts. Throws {@link ConfigError}. */
export function parseAutoscalerConfig(env: Env) {
  const values = parse(autoscalerSchema, env);
  return {
    temporal: { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE },
    /** Slots of the worker that always runs. */
    baseQueues: values.WORKER_QUEUES,
    scratchDir: values.SCRATCH_DIR,
    /** Folder of the stack. */
    stackFolder: values.SPROCKET_STACK,
    /** How long a queue must be without a backlog before a worker goes. */
    quietMs: (values.AUTOSCALE_QUIET_SECONDS ?? DEFAULT_QUIET_SECONDS) * 1000,
  };
}

function dependenciesOf(values: DependenciesEnv) {
  return {
    database: { url: values.MYSQL_URL },
    s3: {
      endpoint: values.S3_ENDPOINT,
      region: values.S3_REGION,
      accessKeyId: values.S3_ACCESS_KEY_ID,
      secretAccessKey: values.S3_SECRET_ACCESS_KEY,
    },
    /** Where clients reach the object store, when that differs. */
    s3PublicEndpoint: values.S3_PUBLIC_ENDPOINT,
    buckets: {
      originals: values.S3_BUCKET_ORIGINALS,
      segments: values.S3_BUCKET_SEGMENTS,
      transcoded: values.S3_BUCKET_TRANSCODED,
    },
    temporal: { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE },
  };
}

/** Temporary objects expire and streams are deleted: in one bucket with the originals they would take those along. */
function refuseSharedBuckets(values: Partial<DependenciesEnv>, context: z.RefinementCtx): void {
  const names = [values.S3_BUCKET_ORIGINALS, values.S3_BUCKET_SEGMENTS, values.S3_BUCKET_TRANSCODED];
  if (new Set(names).size === names.length) return;
  context.addIssue({
    code: 'custom',
    path: ['S3_BUCKET_ORIGINALS'],
    message: 'must be another bucket than S3_BUCKET_SEGMENTS and S3_BUCKET_TRANSCODED, and those two must differ',
  });
}

function parse<T extends z.ZodType>(schema: T, env: Env): z.infer<T> {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The environment is not usable:\n${lines.join('\n')}`);
}

/** "key:creator,key2:creator2". */
function parseApiKeys(text: string, context: z.RefinementCtx): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    // A creator is a fairness key, at most 64 bytes.
    const match = /^([^:\s]{8,}):([\w.@-]{1,64})$/.exec(entry);
    if (!match)
      context.addIssue({ code: 'custom', message: 'must be key:creator pairs with commas between, keys of 8 characters or more' });
    else keys.set(match[1]!, match[2]!);
  }
  return keys;
}

/** "transcode-cpu:2,package:4"; a queue alone has one slot. */
function parseQueues(text: string, context: z.RefinementCtx): ReadonlyMap<Queue, number> {
  const queues = new Map<Queue, number>();
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const [name = '', slots = '1'] = entry.split(':');
    const queue = SERVED_QUEUES.find((known) => known === name);
    if (!queue || !/^[1-9]\d{0,2}$/.test(slots)) {
      context.addIssue({
        code: 'custom',
        message: `must be queue:slots pairs with commas between; queues are ${SERVED_QUEUES.join(', ')}`,
      });
    } else queues.set(queue, Number(slots));
  }
  if (queues.size === 0) context.addIssue({ code: 'custom', message: 'must name at least one queue' });
  return queues;
}
