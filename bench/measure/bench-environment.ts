import { z } from 'zod';

const schema = z.object({
  SPROCKET_API_URL: z.string(),
  SPROCKET_HOME: z.string(),
  FFMPEG_PATH: z.string(),
  PACKAGER_PATH: z.string(),
  S3_ENDPOINT: z.string(),
  S3_REGION: z.string(),
  S3_ACCESS_KEY_ID: z.string(),
  S3_SECRET_ACCESS_KEY: z.string(),
  S3_BUCKET_ORIGINALS: z.string(),
  S3_BUCKET_SEGMENTS: z.string(),
  S3_BUCKET_TRANSCODED: z.string(),
  MYSQL_URL: z.string(),
  TEMPORAL_ADDRESS: z.string(),
});

/** The environment that `npm run bench:NAME` sets up for a benchmark. */
export type BenchEnvironment = z.infer<typeof schema>;

/** Throws a ZodError that names missing variables. */
export function benchEnvironment(env: NodeJS.ProcessEnv): BenchEnvironment {
  return schema.parse(env);
}
