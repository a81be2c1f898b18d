import { S3Client } from '@aws-sdk/client-s3';

export interface S3Config {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const CONNECTION_TIMEOUT_MS = 3_000;
/** A request that waits for a free connection waits on the time-out above: more than all slots of a worker want at once. */
const MAX_SOCKETS = 256;
/** Silence on a socket, not the length of a transfer. */
const SOCKET_TIMEOUT_MS = 30_000;

/** By itself the client prints a warning for every upload that it leaves to its caller to repeat. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

export interface S3ClientOptions {
  /** Silence on a socket before it counts as dead; 0 for callers who watch over their bodies themselves. */
  socketTimeoutMs?: number;
}

/** A client for any S3-compatible store. The caller owns it and calls `destroy()`. */
export function createS3Client(config: S3Config, { socketTimeoutMs = SOCKET_TIMEOUT_MS }: S3ClientOptions = {}): S3Client {
  return new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Self-hosted stores have no wildcard DNS name for buckets.
    forcePathStyle: true,
    // With the default, a presigned UploadPart carries the checksum of an empty body and the upload is refused.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    retryMode: 'adaptive',
    maxAttempts: 4,
    logger: SILENT,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: socketTimeoutMs,
      httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
  });
}

/** A client that only signs URLs for callers outside, who may reach the store under another name. */
export function createPresignClient(config: S3Config, publicEndpoint: string | undefined): S3Client {
  return createS3Client({ ...config, endpoint: publicEndpoint ?? config.endpoint });
}

function ignore(): void {}
