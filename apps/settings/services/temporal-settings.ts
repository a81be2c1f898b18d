import { loadClientConnectConfig } from '@temporalio/envconfig';
import { z } from 'zod';
import type { Environment } from '../parse-settings';
import { readCertificates, readNamedFile, readPrivateKey, SecretFile, unusable } from '../secret-file';

const path = z.string().min(1).optional();

/** Variables of Temporal. All but TEMPORAL_API_KEY_FILE are those of Temporal's own environment configuration. */
export const temporalSettings = {
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'must be host:port')
    .optional()
    .meta({
      description: 'Frontend of the Temporal service as host:port. Required, unless a profile names it.',
      example: '127.0.0.1:7233',
    }),
  TEMPORAL_NAMESPACE: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Temporal namespace; empty: that of the profile, or "default".', example: 'default' }),
  TEMPORAL_TLS: z.enum(['true', 'false', '1', '0']).optional().meta({
    description: 'true: TLS with the authorities that the system trusts; by itself it is on where a key or certificate is given.',
  }),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: path.meta({ description: "PEM file of the authority that signed Temporal's certificate." }),
  TEMPORAL_TLS_SERVER_NAME: z.string().min(1).optional().meta({
    description: 'Name that the certificate of Temporal must have, where it is not the host of the address.',
  }),
  TEMPORAL_TLS_CLIENT_CERT_PATH: path.meta({ description: 'PEM file of the client certificate, for mutual TLS.' }),
  TEMPORAL_TLS_CLIENT_KEY_PATH: path.meta({ description: 'PEM file of the key of the client certificate.' }),
  TEMPORAL_API_KEY: z.string().min(1).optional().meta({ description: 'API key of Temporal; turns TLS on. A file is the safer place.' }),
  TEMPORAL_API_KEY_FILE: path.meta({
    description: 'File with the API key in place of TEMPORAL_API_KEY; read anew, so a key is replaced without a restart.',
  }),
  TEMPORAL_CONFIG_FILE: path.meta({
    description:
      "TOML file of profiles of Temporal's own tools; what variables say comes first. Empty: none, unless TEMPORAL_PROFILE is set.",
  }),
  TEMPORAL_PROFILE: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Profile of TEMPORAL_CONFIG_FILE, or of the file where Temporal\'s own tools keep it; empty: "default".' }),
};

type TemporalValues = z.infer<z.ZodObject<typeof temporalSettings>>;

/**
 * Where Temporal is and how to connect, by the SDK's own environment configuration. A file of profiles that lies in the user's home
 * counts only when it is asked for. Throws `ConfigError`.
 */
export function temporalOf(values: TemporalValues, environment: Environment) {
  const keyFile = values.TEMPORAL_API_KEY_FILE ? new SecretFile('TEMPORAL_API_KEY_FILE', values.TEMPORAL_API_KEY_FILE) : null;
  const { connectionOptions, namespace } = loadConnection(values, environment, keyFile);
  const { address, tls, metadata, apiKey } = connectionOptions;
  if (!address) throw unusable('TEMPORAL_ADDRESS', 'is required and not set');
  return {
    address,
    namespace: namespace ?? 'default',
    tls,
    metadata,
    /** Asked for again and again, as a key may be replaced. */
    apiKey: keyFile ? () => keyFile.reveal() : apiKey ? () => apiKey : undefined,
  };
}

function loadConnection(values: TemporalValues, environment: Environment, keyFile: SecretFile | null) {
  refuseHalves(values);
  const present = Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1]));
  // The SDK turns TLS on for a key, wherever it comes from.
  const overrideEnvVars = { ...Object.fromEntries(present), ...(keyFile ? { TEMPORAL_API_KEY: keyFile.reveal() } : {}) };
  const disableFile = !values.TEMPORAL_CONFIG_FILE && !values.TEMPORAL_PROFILE;
  try {
    return loadClientConnectConfig({ overrideEnvVars, disableFile, configFileStrict: true });
  } catch (error) {
    throw unusable(disableFile ? 'TEMPORAL_TLS' : 'TEMPORAL_CONFIG_FILE', problemOf(error), error);
  }
}

/** What the SDK would leave out without a word. */
function refuseHalves(values: TemporalValues): void {
  for (const [name, read] of FILES) if (values[name]) read(name, values[name]);
  if (!values.TEMPORAL_TLS_CLIENT_CERT_PATH !== !values.TEMPORAL_TLS_CLIENT_KEY_PATH)
    throw unusable('TEMPORAL_TLS_CLIENT_CERT_PATH', 'needs TEMPORAL_TLS_CLIENT_KEY_PATH, and the other way round');
  if (values.TEMPORAL_API_KEY && values.TEMPORAL_API_KEY_FILE)
    throw unusable('TEMPORAL_API_KEY', 'must not be set where TEMPORAL_API_KEY_FILE is');
}

const FILES = [
  ['TEMPORAL_CONFIG_FILE', readNamedFile],
  ['TEMPORAL_TLS_SERVER_CA_CERT_PATH', readCertificates],
  ['TEMPORAL_TLS_CLIENT_CERT_PATH', readCertificates],
  ['TEMPORAL_TLS_CLIENT_KEY_PATH', readPrivateKey],
] as const;

/** The SDK's own sentence where it quotes neither a path nor the content of a file. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/^Profile '[^']*' not found/.test(message)) return 'has no profile of the name in TEMPORAL_PROFILE, or "default"';
  if (/^(Validation error|Cannot specify both)/.test(message)) return message;
  return 'is no TOML file of profiles, or names files that cannot be read';
}
