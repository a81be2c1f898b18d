import { S3Client } from '@aws-sdk/client-s3';
import { s3Credentials } from './client/s3-credentials';
import { limitAnswers } from './client/answer-deadline';
import { encryptWrites, type Encryption } from './client/encrypt-writes';

/** Without keys and without a file of them, the credentials are those of the SDK's default chain. */
export interface S3Config {
  endpoint: string;
  region: string;
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  sessionToken?: string | undefined;
  /** In the format of AWS's shared credentials; read anew, so keys can be replaced. */
  credentialsFile?: string | undefined;
  /** The bucket is a part of the host name; absent: of the path. */
  isVirtualHosted?: boolean | undefined;
  /** PEM text of the authorities that sign the store's certificate; absent: those that Node trusts. */
  ca?: string | undefined;
  /** What every write asks for. */
  encryption?: Encryption | undefined;
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
  /** Until an answer has to begin, attempts included, for callers that others wait for; absent: for as long as attempts last. */
  answerWithinMs?: number;
}

/** A client for any S3-compatible store. The caller owns it and calls `destroy()`. */
export function createS3Client(config: S3Config, { socketTimeoutMs = SOCKET_TIMEOUT_MS, answerWithinMs }: S3ClientOptions = {}): S3Client {
  const credentials = s3Credentials(config);
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const client = new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    ...(credentials ? { credentials } : {}),
    // Self-hosted stores have no wildcard DNS name for buckets.
    forcePathStyle: !config.isVirtualHosted,
    // With the default, a presigned UploadPart carries the checksum of an empty body and the upload is refused.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    retryMode: 'adaptive',
    maxAttempts: 4,
    logger: SILENT,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: socketTimeoutMs,
      httpAgent: agent,
      httpsAgent: { ...agent, ...(config.ca ? { ca: config.ca } : {}) },
    },
  });
  if (config.encryption) encryptWrites(client, config.encryption);
  if (answerWithinMs !== undefined) limitAnswers(client, answerWithinMs);
  return client;
}

/** A client that only signs URLs for callers outside, who may reach the store under another name. */
export function createPresignClient(config: S3Config, publicEndpoint: string | undefined): S3Client {
  return createS3Client({ ...config, endpoint: publicEndpoint ?? config.endpoint });
}

function ignore(): void {}
