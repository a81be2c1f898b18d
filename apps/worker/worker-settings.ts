import { z } from 'zod';
import { DAY_MS, MIB } from '../../temporal/contract/units';
import { dependenciesOf, dependencySettings } from '../settings/dependency-settings';
import { parseSettings, type Environment } from '../settings/parse-settings';
import { refuseUnusableStore } from '../settings/services/s3-settings';
import { port } from '../settings/setting-types';
import { parseSpeechSettings, refuseTwoEngines, speechSettings } from './speech-settings';
import { workerProcessSettings } from '../settings/worker-process-settings';

const toolPath = z.string().min(1);
const count = z.coerce.number().int().positive();

/** Variables of a worker next to those of its dependencies. */
export const workerSettings = {
  ...workerProcessSettings,
  FFMPEG_PATH: toolPath.meta({ description: 'ffmpeg 7 or newer with libx264.', example: '/usr/local/bin/ffmpeg' }),
  FFPROBE_PATH: toolPath.meta({ description: 'ffprobe 7 or newer.', example: '/usr/local/bin/ffprobe' }),
  PACKAGER_PATH: toolPath.meta({ description: 'Shaka Packager 3.4 or newer.', example: '/usr/local/bin/packager' }),
  MODERATION_MODEL_PATH: toolPath.optional().meta({
    description: 'The model open_nsfw in ONNX format; needed by workers that serve moderation.',
    example: '/usr/local/share/open-nsfw.onnx',
  }),
  ...speechSettings,
  WORKER_METRICS_HOST: z.string().min(1).default('127.0.0.1').meta({ description: 'Address that serves the metrics of the worker.' }),
  WORKER_METRICS_PORT: port.default(0).meta({ description: 'Port of the metrics of the worker; 0 takes a free one.', unit: 'TCP port' }),
  // With the time that tools get to end, below the 30 s after which supervisors usually kill.
  WORKER_SHUTDOWN_GRACE_SECONDS: z.coerce.number().min(0).max(86_400).default(20).meta({
    description: 'How long running tasks may go on after SIGTERM before they are handed back; 0 hands them back at once.',
    unit: 'seconds',
  }),
  WORKER_TOOL_MEMORY_BYTES: z.coerce
    .number()
    .int()
    .min(256 * MIB)
    .optional()
    .meta({
      description:
        'Memory of one run of a tool where the worker may make control groups; empty: 8 GiB, or 80 % of the memory if that is less.',
      unit: 'bytes',
    }),
  WORKER_TOOL_CPUS: z.coerce
    .number()
    .min(0.1)
    .max(1024)
    .optional()
    .meta({ description: 'Cores of one run of a tool where the worker may make control groups; empty: all.', unit: 'cores' }),
  TRANSCODE_SLOTS_EXPECTED: z.coerce.number().int().min(0).max(100_000).default(0).meta({
    description: 'Chunks are planned for at least this many encoder slots; for fleets that grow with their backlog.',
    unit: 'slots',
  }),
  DRM_CLEAR_PICTURE_MAX_HEIGHT: z.coerce.number().int().min(2).max(8192).default(360).meta({
    description: 'Posters and thumbnails of protected videos are not encrypted; higher ones are scaled down to this height.',
    unit: 'pixels',
  }),
  MAX_SOURCE_DURATION_SECONDS: z.coerce
    .number()
    .positive()
    .default(12 * 3600)
    .meta({ description: 'Longer sources are refused.', unit: 'seconds' }),
  MAX_SOURCE_WIDTH: count.default(8192).meta({ description: 'Wider sources are refused.', unit: 'pixels' }),
  MAX_SOURCE_HEIGHT: count.default(8192).meta({ description: 'Higher sources are refused.', unit: 'pixels' }),
  MAX_SOURCE_FRAMES_PER_SECOND: z.coerce
    .number()
    .positive()
    .default(240)
    .meta({ description: 'Sources of a higher frame rate are refused.', unit: 'frames per second' }),
  MAX_SOURCE_STREAMS: count.default(64).meta({ description: 'Sources with more streams are refused.', unit: 'streams' }),
  EVENTS_KEPT_DAYS: count.max(3650).default(30).meta({
    description: 'How long events of videos and the log of deliveries to webhooks are kept; what still waits to be delivered stays.',
    unit: 'days',
  }),
};

const workerSchema = z
  .object({ ...dependencySettings, ...workerSettings })
  .superRefine(refuseUnusableStore)
  .superRefine(refuseTwoEngines)
  .superRefine(({ WORKER_QUEUES: queues, MODERATION_MODEL_PATH: model }, context) => {
    if (!queues.has('moderation') || model !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['MODERATION_MODEL_PATH'],
      message: 'must name the model where WORKER_QUEUES has moderation',
    });
  });

export type WorkerConfig = ReturnType<typeof parseWorkerConfig>;

/** A worker process's settings. Throws `ConfigError`. */
export function parseWorkerConfig(environment: Environment) {
  const values = parseSettings(workerSchema, environment);
  return {
    ...dependenciesOf(values, environment),
    /** Slots of each queue this process serves. */
    queues: values.WORKER_QUEUES,
    scratchDir: values.SCRATCH_DIR,
    tools: { ffmpeg: values.FFMPEG_PATH, ffprobe: values.FFPROBE_PATH, packager: values.PACKAGER_PATH },
    moderationModelPath: values.MODERATION_MODEL_PATH ?? null,
    speech: parseSpeechSettings(values),
    metrics: { host: values.WORKER_METRICS_HOST, port: values.WORKER_METRICS_PORT },
    /** Bounds on one run of a tool where control groups are permitted; null for those that suit the machine. */
    toolMemoryBytes: values.WORKER_TOOL_MEMORY_BYTES ?? null,
    toolCpus: values.WORKER_TOOL_CPUS ?? null,
    /** Chunks are planned for at least so many slots: a fleet that grows with its backlog is small when it plans. */
    expectedTranscodeSlots: values.TRANSCODE_SLOTS_EXPECTED,
    /** How long running tasks may go on once the process is told to stop; the rest is handed back. */
    shutdownGraceMs: values.WORKER_SHUTDOWN_GRACE_SECONDS * 1000,
    /** Pictures of protected videos are clear, so they are small. */
    clearPictureMaxHeight: values.DRM_CLEAR_PICTURE_MAX_HEIGHT,
    eventsKeptMs: values.EVENTS_KEPT_DAYS * DAY_MS,
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
