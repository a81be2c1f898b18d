import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineCores } from '../../machine/machine';
import { endpointsOf, mysqlUrl, STACK_NAMESPACE } from '../home/endpoints';
import { defaultHomeFolder } from '../home/stack-home';
import type { StackBase, StackContext } from './service';
import { projectRoot } from '../setup/project-root';
import { installedSpeechEngine } from '../tools/speech-engine';
import { TOOLS } from '../tools/tool-table';

/** The environment of every process that works against the stack: the API, workers, tests and benchmarks. */
export function serviceEnvironment(stack: StackBase): Record<string, string> {
  const { ports, credentials } = stack;
  const endpoints = endpointsOf(ports);
  return {
    ...settingsOfThisShell(),
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
    API_PORT: String(ports.api),
    API_PUBLIC_URL: endpoints.api_url,
  };
}

/**
 * The settings of `.env.example` that the environment of this process has. They are a part of the command of a service, so a service that
 * runs with others is started again.
 */
function settingsOfThisShell(): Record<string, string> {
  const table = readFileSync(join(projectRoot(), '.env.example'), 'utf8');
  const names = Array.from(table.matchAll(/^([A-Z0-9_]+)=/gm), ([, name = '']) => name);
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
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
