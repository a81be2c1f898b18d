import { ConsoleLogger, Logger } from '@nestjs/common';
import { ConfigError, parseApiConfig, type ApiConfig } from '../config';
import { createApi } from './create-api';
import { describeForLog } from './problems/describe-error';

async function main(): Promise<void> {
  const config = readConfig();
  const app = await createApi(config, new ConsoleLogger({ json: !process.stdout.isTTY }));
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  new Logger('Api').log(`listening on ${await app.getUrl()}`);
}

function readConfig(): ApiConfig {
  try {
    return parseApiConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeForLog(error)}\n`);
  process.exit(1);
});
