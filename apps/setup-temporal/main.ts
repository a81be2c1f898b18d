import { createTemporalClient } from '../../temporal/client';
import { serverWarnings, setUpTemporal } from '../../temporal/setup';
import type { ProgramLog } from '../logging/program-log';
import { runService } from '../logging/run-service';
import { parseSetupTemporalConfig } from './setup-temporal-settings';

/** Makes search attributes and schedules and brings those that are there up to date; can run again. */
async function main(log: ProgramLog): Promise<void> {
  const { temporal } = parseSetupTemporalConfig(process.env);
  const client = createTemporalClient(temporal);
  try {
    await setUpTemporal(client);
    for (const warning of await serverWarnings(client)) log.write('warn', warning);
    log.write('info', `The namespace "${temporal.namespace}" has the search attributes and schedules of the service.`);
  } finally {
    await client.connection.close();
  }
}

runService('setup-temporal', {
  environment: process.env,
  main,
  help: 'npm run setup-temporal (node dist/apps/setup-temporal/main.js)\nMakes the search attributes and schedules of the Temporal namespace, or brings them up to date. Needs the rights of an operator.',
});
