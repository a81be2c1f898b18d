import { z } from 'zod';
import { apiSettings } from '../api/api-settings';
import { autoscalerSettings } from '../autoscaler/autoscaler-settings';
import { cliSettings } from '../cli/cli-settings';
import { logSettings } from '../logging/log-settings';
import { dependencySettings } from '../settings/dependency-settings';
import { usageSettings } from '../settings/usage-settings';
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

/** Whose variables are which. */
export const SECTIONS: readonly SettingsSection[] = [
  { title: 'API and workers', settings: dependencySettings },
  { title: 'Logs of every service', settings: logSettings },
  { title: 'API', settings: apiSettings },
  { title: 'Estimates of the API and of npm run report', settings: usageSettings },
  { title: 'Workers', settings: workerSettings },
  { title: 'Autoscaler of the embedded stack', settings: autoscalerSettings },
  { title: 'Command line', settings: cliSettings },
  { title: 'docker compose', settings: composeSettings },
];

/** The text of `.env.example`. */
export function sprocketEnvExample(): string {
  return envExample(INTRODUCTION, SECTIONS);
}
