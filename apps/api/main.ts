import { ConsoleLogger, Logger } from '@nestjs/common';
import { runProgram } from '../run-program';
import { parseApiConfig } from './api-settings';
import { createApi } from './create-api';
import { describeForLog } from './problems/describe-error';

async function main(): Promise<void> {
  const config = parseApiConfig(process.env);
  const app = await createApi(config, new ConsoleLogger({ json: !process.stdout.isTTY }));
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  new Logger('Api').log(`listening on ${await app.getUrl()}`);
}

runProgram(main, describeForLog);
