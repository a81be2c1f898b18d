import { z } from 'zod';
import { Secret } from '../secret';
import { readCertificates, readNamedFile } from '../secret-file';
import { httpUrl } from '../setting-types';

/** Variables of the object store. */
export const s3Settings = {
  S3_ENDPOINT: httpUrl.meta({
    description: 'Any S3 endpoint, such as https://s3.eu-central-1.amazonaws.com.',
    example: 'http://127.0.0.1:8333',
  }),
  S3_PUBLIC_ENDPOINT: httpUrl.optional().meta({ description: 'Where browsers and uploaders reach the object store, when that differs.' }),
  S3_REGION: z.string().min(1).default('us-east-1').meta({ description: 'Region of the object store.' }),
  S3_ADDRESSING: z.enum(['path', 'virtual']).default('path').meta({
    description: 'virtual: the bucket is a part of the host name, as new buckets of AWS want it; path: it begins the path.',
  }),
  S3_CA_FILE: z.string().min(1).optional().meta({
    description: 'PEM file of the authorities that sign the certificate of the store; empty: those that Node trusts.',
  }),
  S3_ACCESS_KEY_ID: z.string().min(1).optional().meta({
    description:
      "Access key of the object store; empty, with the secret: the credentials of AWS's default chain (roles, web identity, profile).",
    example: 'change-me',
  }),
  S3_SECRET_ACCESS_KEY: secret().meta({ description: 'Secret of the access key.', example: 'change-me' }),
  S3_SESSION_TOKEN: secret().meta({
    description: 'Session token of temporary keys; the default chain renews them, this variable does not.',
  }),
  S3_CREDENTIALS_FILE: z.string().min(1).optional().meta({
    description: "File in the format of AWS's shared credentials, in place of the keys; read anew, so keys are replaced without a restart.",
  }),
  S3_SSE: z.enum(['none', 'SSE-S3', 'SSE-KMS']).default('none').meta({
    description: 'Encryption at rest that every write asks the store for; none: what the bucket does by itself.',
  }),
  S3_SSE_KMS_KEY_ID: z.string().min(1).optional().meta({ description: 'Key of SSE-KMS; empty: the default key of the account.' }),
  S3_BUCKET_ORIGINALS: z
    .string()
    .min(3)
    .default('video-originals')
    .meta({ description: 'Bucket of uploaded files; nothing in it is deleted.' }),
  S3_BUCKET_SEGMENTS: z.string().min(3).default('video-segments').meta({ description: 'Bucket of temporary objects, kept for 7 days.' }),
  S3_BUCKET_TRANSCODED: z.string().min(3).default('video-transcoded').meta({ description: 'Bucket that players read.' }),
};

type S3Values = z.infer<z.ZodObject<typeof s3Settings>>;

/** The object store as the constructors of its clients take it. Throws `ConfigError` for a file that cannot be read. */
export function s3Of(values: S3Values) {
  if (values.S3_CREDENTIALS_FILE) readNamedFile('S3_CREDENTIALS_FILE', values.S3_CREDENTIALS_FILE);
  return {
    endpoint: values.S3_ENDPOINT,
    region: values.S3_REGION,
    isVirtualHosted: values.S3_ADDRESSING === 'virtual',
    ca: values.S3_CA_FILE ? readCertificates('S3_CA_FILE', values.S3_CA_FILE).toString('utf8') : undefined,
    credentialsFile: values.S3_CREDENTIALS_FILE,
    accessKeyId: values.S3_ACCESS_KEY_ID,
    secretAccessKey: values.S3_SECRET_ACCESS_KEY?.reveal(),
    sessionToken: values.S3_SESSION_TOKEN?.reveal(),
    encryption: values.S3_SSE === 'none' ? undefined : { kind: values.S3_SSE, kmsKeyId: values.S3_SSE_KMS_KEY_ID },
  };
}

/** Finds what contradicts itself, and buckets that are one. */
export function refuseUnusableStore(values: Partial<S3Values>, context: z.RefinementCtx): void {
  const refuse = (name: keyof S3Values, message: string) => void context.addIssue({ code: 'custom', path: [name], message });
  if (values.S3_ACCESS_KEY_ID && !values.S3_SECRET_ACCESS_KEY) refuse('S3_SECRET_ACCESS_KEY', 'is required where S3_ACCESS_KEY_ID is set');
  if (values.S3_SECRET_ACCESS_KEY && !values.S3_ACCESS_KEY_ID) refuse('S3_ACCESS_KEY_ID', 'is required where S3_SECRET_ACCESS_KEY is set');
  if (values.S3_SESSION_TOKEN && !values.S3_ACCESS_KEY_ID) refuse('S3_SESSION_TOKEN', 'needs S3_ACCESS_KEY_ID');
  if (values.S3_CREDENTIALS_FILE && values.S3_ACCESS_KEY_ID) refuse('S3_CREDENTIALS_FILE', 'must not be set where S3_ACCESS_KEY_ID is');
  if (values.S3_SSE_KMS_KEY_ID && values.S3_SSE !== 'SSE-KMS') refuse('S3_SSE_KMS_KEY_ID', 'needs S3_SSE=SSE-KMS');
  // Temporary objects expire and streams are deleted: in one bucket with the originals they would take those along.
  const names = [values.S3_BUCKET_ORIGINALS, values.S3_BUCKET_SEGMENTS, values.S3_BUCKET_TRANSCODED];
  if (new Set(names).size < names.length)
    refuse('S3_BUCKET_ORIGINALS', 'must be another bucket than S3_BUCKET_SEGMENTS and S3_BUCKET_TRANSCODED, and those two must differ');
}

function secret() {
  return z
    .string()
    .min(1)
    .transform((text) => new Secret(text))
    .optional();
}
