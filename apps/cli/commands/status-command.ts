import { parseArgs } from 'node:util';
import { readEndpoints } from '../../../infra/stack/home/endpoints';
import { inspectStack } from '../../../infra/stack/stack';
import type { Command } from './command';

/** Prints the state of each service; exit code 1 when one of them does not work. */
export const statusCommand: Command = async (args, home) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
  const services = await inspectStack(home);
  const endpoints = readEndpoints(home);
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ services, endpoints })}\n`);
  } else {
    for (const { service, state, pid } of services) {
      process.stdout.write(`${service.padEnd(12)}${state.padEnd(11)}${pid ?? ''}\n`);
    }
    for (const [name, address] of Object.entries(endpoints ?? {})) process.stdout.write(`${name.padEnd(18)}${address}\n`);
  }
  return services.every(({ state }) => state === 'ready') ? 0 : 1;
};
