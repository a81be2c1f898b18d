import { inspect } from 'node:util';
import { createTemporalClient } from '../../temporal/client';
import { Failure } from '../../temporal/contract/failures';
import { serverWarnings, setUpTemporal } from '../../temporal/setup';
import { runProgram } from '../run-program';
import { parseSetupTemporalConfig } from './setup-temporal-settings';

/** Makes search attributes and schedules and brings those that are there up to date; can run again. */
async function main(): Promise<void> {
  const { temporal } = parseSetupTemporalConfig(process.env);
  const client = createTemporalClient(temporal);
  try {
    await setUpTemporal(client);
    for (const warning of await serverWarnings(client)) process.stderr.write(`${warning}\n`);
    process.stdout.write(`The namespace "${temporal.namespace}" has the search attributes and schedules of the service.\n`);
  } finally {
    await client.connection.close();
  }
}

runProgram(
  main,
  describe,
  'npm run setup-temporal (node dist/apps/setup-temporal/main.js)\nMakes the search attributes and schedules of the Temporal namespace, or brings them up to date. Needs the rights of an operator.',
);

/** A failure and its reason are sentences; anything else is shown whole. */
function describe(error: unknown): string {
  if (!(error instanceof Failure)) return inspect(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
