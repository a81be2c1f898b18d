import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineCores } from '../../machine/machine';
import { endpointsOf, mysqlUrl, STACK_BUCKETS, STACK_NAMESPACE, STACK_REGION } from '../home/endpoints';
import { openApiKey, openPlaybackSecret } from '../home/credentials';
import { isLoopback } from '../home/listen-address';
import { defaultHomeFolder, type StackHome } from '../home/stack-home';
import type { StackBase, StackContext } from './service';
import { projectRoot } from '../setup/project-root';
import { installedSpeechEngine } from '../tools/speech-engine';
import type { FoundTools } from '../tools/find-tools';
import { TOOLS, type WORKER_TOOLS } from '../tools/tool-table';

/** Variables of connections: those of the shell lead to other services, and would add their keys and certificates to the stack's own. */
const SILENCE = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
const OF_CONNECTIONS = /^(TEMPORAL|MYSQL|S3|AWS)_|^SPROCKET_(URL|API_KEY)$/;

/** Where the services of a stack are, for one of its processes. */
export interface Connections {
  mysqlUrl: string;
  s3Endpoint: string;
  s3AccessKeyId: string;
  s3SecretAccessKey: string;
  /** `host:port` */
  temporalAddress: string;
  /** PEM texts, and the name in the certificate of the server. Absent: no TLS. */
  temporalTls?: { serverName: string; ca: string; certificate: string; key: string };
}

/** The settings of this shell, and the variables that lead a process to the services of a stack and to no others. */
function connectionEnvironment(connections: Connections): Record<string, string> {
  return {
    ...settingsOfThisShell(),
    ...noOtherConnections(),
    NODE_ENV: 'production',
    MYSQL_URL: connections.mysqlUrl,
    S3_ENDPOINT: connections.s3Endpoint,
    S3_REGION: STACK_REGION,
    S3_ACCESS_KEY_ID: connections.s3AccessKeyId,
    S3_SECRET_ACCESS_KEY: connections.s3SecretAccessKey,
    S3_BUCKET_ORIGINALS: STACK_BUCKETS.originals,
    S3_BUCKET_SEGMENTS: STACK_BUCKETS.segments,
    S3_BUCKET_TRANSCODED: STACK_BUCKETS.transcoded,
    TEMPORAL_ADDRESS: connections.temporalAddress,
    TEMPORAL_NAMESPACE: STACK_NAMESPACE,
    ...temporalTlsEnvironment(connections.temporalTls),
  };
}

function temporalTlsEnvironment(tls: Connections['temporalTls']): Record<string, string> {
  if (!tls) return {};
  return {
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_SERVER_NAME: tls.serverName,
    TEMPORAL_TLS_SERVER_CA_CERT_DATA: tls.ca,
    TEMPORAL_TLS_CLIENT_CERT_DATA: tls.certificate,
    TEMPORAL_TLS_CLIENT_KEY_DATA: tls.key,
  };
}

/** The environment of every process that works against the stack: the API, workers, tests and benchmarks. */
export function serviceEnvironment(stack: StackBase): Record<string, string> {
  const { host, ports, credentials } = stack;
  const endpoints = endpointsOf(stack);
  return {
    ...connectionEnvironment({
      mysqlUrl: mysqlUrl(ports, credentials),
      s3Endpoint: endpoints.s3_endpoint,
      s3AccessKeyId: credentials.s3AccessKeyId,
      s3SecretAccessKey: credentials.s3SecretAccessKey,
      temporalAddress: endpoints.temporal_address,
    }),
    TEMPORAL_UI_URL: endpoints.temporal_ui_url,
    ...(process.env['DRM_MASTER_KEY_FILE'] || process.env['DRM_MASTER_KEY'] ? {} : { DRM_MASTER_KEY_FILE: stack.home.masterKeyFile }),
    API_HOST: host,
    API_ANONYMOUS: anonymousAccess(host),
    API_PORT: String(ports.api),
    API_PUBLIC_URL: endpoints.api_url,
  };
}

/** Callers without a key are the stack's own user while it listens on loopback, until the shell names keys or says otherwise. */
function anonymousAccess(host: string): string {
  if (!isLoopback(host)) return 'off';
  return process.env['API_ANONYMOUS'] || (process.env['API_ADMIN_KEY'] || process.env['API_KEYS'] ? 'off' : 'on');
}

/** Secrets that the API alone has. Those of this shell go before those of the stack. */
export function apiSecrets({ home }: Pick<StackBase, 'home'>): Record<string, string> {
  return { API_ADMIN_KEY: operatorKey(home), PLAYBACK_SECRETS: process.env['PLAYBACK_SECRETS'] || openPlaybackSecret(home) };
}

/** The key with which commands and tests call the API of the stack. */
export function operatorKey(home: StackHome): string {
  return process.env['API_ADMIN_KEY'] || openApiKey(home);
}

/**
 * The settings of `.env.example` that the environment of this process has. They are a part of the command of a service, so a service that
 * runs with others is started again.
 */
function settingsOfThisShell(): Record<string, string> {
  const table = readFileSync(join(projectRoot(), '.env.example'), 'utf8');
  const names = Array.from(table.matchAll(/^([A-Z0-9_]+)=/gm), ([, name = '']) => name);
  const present = names.filter((name) => process.env[name] !== undefined && !OF_CONNECTIONS.test(name));
  return Object.fromEntries(present.map((name) => [name, process.env[name] ?? '']));
}

/** A process inherits the whole shell, so what is set there is emptied, which counts as absent. */
function noOtherConnections(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) => OF_CONNECTIONS.test(name) && name !== SILENCE);
  return Object.fromEntries(names.map((name) => [name, '']));
}

/** The paths of the tools under the variables of the tool table. */
export function toolEnvironment(tools: Partial<Record<keyof typeof TOOLS, { path: string }>>): Record<string, string> {
  const entries = Object.entries(tools).map(([name, tool]) => [TOOLS[name as keyof typeof TOOLS].variable, tool.path]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** What a worker needs on top: its queues, its scratch folder and the media tools. */
export function workerEnvironment(stack: StackContext, queues: string): Record<string, string> {
  return {
    ...serviceEnvironment(stack),
    ...workEnvironment(stack, queues),
    // The slots of workers that come with the backlog are not there yet when chunks are planned.
    ...(stack.autoscaled ? { TRANSCODE_SLOTS_EXPECTED: String(machineCores()) } : {}),
  };
}

/** The same for a worker of another machine, whose home folder and tools are its own. */
export function joinedWorkerEnvironment(connections: Connections, place: WorkPlace, queues: string): Record<string, string> {
  return { ...connectionEnvironment(connections), ...workEnvironment(place, queues) };
}

interface WorkPlace {
  home: StackHome;
  tools: FoundTools<(typeof WORKER_TOOLS)[number]>;
}

function workEnvironment({ home, tools }: WorkPlace, queues: string): Record<string, string> {
  const { ffmpeg, ffprobe, packager, moderationModel } = tools;
  return {
    ...toolEnvironment({ ffmpeg, ffprobe, packager, moderationModel }),
    WORKER_QUEUES: queues,
    SCRATCH_DIR: home.data('scratch'),
    ...speechEngine(),
    // Each of several workers takes a free one.
    WORKER_METRICS_PORT: '0',
  };
}

/** The default engine where `npm run speech` has installed it, unless this shell names another. */
function speechEngine(): Record<string, string> {
  if (process.env['SPEECH_COMMAND'] || process.env['SPEECH_URL']) return {};
  const command = installedSpeechEngine(defaultHomeFolder());
  return command ? { SPEECH_COMMAND: JSON.stringify(command) } : {};
}
