import { Logger } from '@nestjs/common';
import { CORE_DUMPS_WARNING, forbidCoreDumps } from '../../infra/machine/core-dumps';
import { NestLog } from '../logging/nest-log';
import { runService } from '../logging/run-service';
import type { ProgramLog } from '../logging/program-log';
import { parseApiConfig } from './api-settings';
import { createApi } from './create-api';

async function main(log: ProgramLog): Promise<void> {
  const isSafe = forbidCoreDumps();
  const config = parseApiConfig(process.env);
  const app = await createApi(config, new NestLog(log));
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  const logger = new Logger('Api');
  if (!isSafe) logger.warn(CORE_DUMPS_WARNING);
  logger.log(`listening on ${await app.getUrl()}`);
}

runService('api', {
  environment: process.env,
  main,
  help: 'node dist/apps/api/main.js\nServes the HTTP API, streams and the watch page until SIGTERM.',
});
