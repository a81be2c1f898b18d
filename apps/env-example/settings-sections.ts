import { z } from 'zod';
import { apiSettings } from '../api/api-settings';
import { autoscalerSettings } from '../autoscaler/autoscaler-settings';
import { cliSettings } from '../settings/cli-settings';
import { logSettings } from '../logging/log-settings';
import { dependencySettings } from '../settings/dependency-settings';
import { usageSettings } from '../settings/usage-settings';
import { sprocketSettings } from '../sprocket/connection/sprocket-settings';
import { workerSettings } from '../worker/worker-settings';
import { envExample, type SettingsSection } from './env-example';

const INTRODUCTION = [
  'Every setting of the API, of workers and of the embedded stack. `npm run env:example` writes this file from their schemas.',
  '`npm run demo`, `npm run up` and `npm test` need none of it; docker compose reads a copy as .env.',
];

/** The containers of docker-compose.yml have these. */
const composeSettings = {
  MYSQL_PASSWORD: z.string().min(1).meta({ description: 'Password of the database user.', example: 'change-me' }),
  MYSQL_ROOT_PASSWORD: z.string().min(1).meta({ description: 'Password of the database administrator.', example: 'change-me-too' }),
};

/** The containers of docker-compose.production.yml have these, too. */
const productionSettings = {
  SETTINGS_FOLDER: text('./settings', 'Folder of certificates and keys, which containers see as /run/sprocket.'),
  TEMPORAL_VERSION: text('1.32.0', 'Version of the images of the Temporal server and its tools.'),
  TEMPORAL_UI_VERSION: text('2.40.1', "Version of the image of Temporal's web interface."),
  TEMPORAL_RETENTION: text('30d', 'How long finished workflows can be looked at, for a new namespace.'),
  TEMPORAL_DB_HOST: text('mysql', "Host of the Temporal server's database."),
  TEMPORAL_DB_PORT: z.string().min(1).default('3306').meta({ description: "Port of the Temporal server's database.", unit: 'TCP port' }),
  TEMPORAL_DB_USER: text('temporal', "Account of the Temporal server's database."),
  TEMPORAL_DB_PASSWORD: z
    .string()
    .min(1)
    .meta({ description: 'Password of that account, without quotation marks.', example: 'change-me-as-well' }),
  API_MEMORY: text('1g', 'Memory limit of the API.'),
  WORKER_MEMORY: text('12g', 'Memory limit of a worker: see `npm run worker -- --recommend`.'),
  WORKER_STOP_GRACE: text('70s', 'When a container that drains is killed; above WORKER_SHUTDOWN_GRACE_SECONDS by 10 s.'),
};

function text(fallback: string, description: string) {
  return z.string().min(1).default(fallback).meta({ description });
}

/** Whose variables are which. */
export const SECTIONS: readonly SettingsSection[] = [
  { title: 'API and workers', settings: dependencySettings },
  { title: 'Logs of every service', settings: logSettings },
  { title: 'API', settings: apiSettings },
  { title: 'Estimates of the API and of npm run report', settings: usageSettings },
  { title: 'Workers', settings: workerSettings },
  { title: 'Autoscaler of the embedded stack', settings: autoscalerSettings },
  { title: 'Command lines of the embedded stack', settings: cliSettings },
  { title: 'Command line sprocket', settings: sprocketSettings },
  { title: 'docker compose', settings: composeSettings },
  { title: 'docker compose in production', settings: productionSettings },
];

/** The text of `.env.example`. */
export function sprocketEnvExample(): string {
  return envExample(INTRODUCTION, SECTIONS);
}
