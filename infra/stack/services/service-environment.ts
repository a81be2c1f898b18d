import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineCores } from '../../machine/machine';
import { endpointsOf, mysqlUrl, STACK_NAMESPACE } from '../home/endpoints';
import { openApiKey, openPlaybackSecret } from '../home/credentials';
import { defaultHomeFolder, type StackHome } from '../home/stack-home';
import type { StackBase, StackContext } from './service';
import { projectRoot } from '../setup/project-root';
import { installedSpeechEngine } from '../tools/speech-engine';
import { TOOLS } from '../tools/tool-table';

/** Variables of connections: those of the shell lead to other services, and would add their keys and certificates to the stack's own. */
const SILENCE = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
const OF_CONNECTIONS = /^(TEMPORAL|MYSQL|S3|AWS)_|^SPROCKET_(URL|API_KEY)$/;

/** The environment of every process that works against the stack: the API, workers, tests and benchmarks. */
export function serviceEnvironment(stack: StackBase): Record<string, string> {
  const { ports, credentials } = stack;
  const endpoints = endpointsOf(ports);
  return {
    ...settingsOfThisShell(),
    ...noOtherConnections(),
    NODE_ENV: 'production',
    MYSQL_URL: mysqlUrl(ports, credentials),
    S3_ENDPOINT: endpoints.s3_endpoint,
    S3_REGION: 'us-east-1',
    S3_ACCESS_KEY_ID: credentials.s3AccessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.s3SecretAccessKey,
    S3_BUCKET_ORIGINALS: 'video-originals',
    S3_BUCKET_SEGMENTS: 'video-segments',
    S3_BUCKET_TRANSCODED: 'video-transcoded',
    TEMPORAL_ADDRESS: endpoints.temporal_address,
    TEMPORAL_NAMESPACE: STACK_NAMESPACE,
    TEMPORAL_UI_URL: endpoints.temporal_ui_url,
    ...(process.env['DRM_MASTER_KEY_FILE'] || process.env['DRM_MASTER_KEY'] ? {} : { DRM_MASTER_KEY_FILE: stack.home.masterKeyFile }),
    API_HOST: '127.0.0.1',
    API_ANONYMOUS: anonymousAccess(),
    API_PORT: String(ports.api),
    API_PUBLIC_URL: endpoints.api_url,
  };
}

/** The stack listens on loopback, so callers without a key are its own user, until the shell names keys or says otherwise. */
function anonymousAccess(): string {
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
  const { ffmpeg, ffprobe, packager, moderationModel } = stack.tools;
  return {
    ...serviceEnvironment(stack),
    ...toolEnvironment({ ffmpeg, ffprobe, packager, moderationModel }),
    WORKER_QUEUES: queues,
    SCRATCH_DIR: stack.home.data('scratch'),
    ...speechEngine(),
    // Each of several workers takes a free one.
    WORKER_METRICS_PORT: '0',
    // The slots of workers that come with the backlog are not there yet when chunks are planned.
    ...(stack.autoscaled ? { TRANSCODE_SLOTS_EXPECTED: String(machineCores()) } : {}),
  };
}

/** The default engine where `npm run speech` has installed it, unless this shell names another. */
function speechEngine(): Record<string, string> {
  if (process.env['SPEECH_COMMAND'] || process.env['SPEECH_URL']) return {};
  const command = installedSpeechEngine(defaultHomeFolder());
  return command ? { SPEECH_COMMAND: JSON.stringify(command) } : {};
}
