import { ConsoleLogger, Logger } from '@nestjs/common';
import { CORE_DUMPS_WARNING, forbidCoreDumps } from '../../infra/machine/core-dumps';
import { runProgram } from '../run-program';
import { parseApiConfig } from './api-settings';
import { createApi } from './create-api';
import { describeForLog } from './problems/describe-error';

async function main(): Promise<void> {
  const isSafe = forbidCoreDumps();
  const config = parseApiConfig(process.env);
  const app = await createApi(config, new ConsoleLogger({ json: !process.stdout.isTTY }));
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  const logger = new Logger('Api');
  if (!isSafe) logger.warn(CORE_DUMPS_WARNING);
  logger.log(`listening on ${await app.getUrl()}`);
}

runProgram(main, describeForLog, 'node dist/apps/api/main.js\nServes the HTTP API, streams and the watch page until SIGTERM.');
