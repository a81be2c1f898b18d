import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readEndpoints } from '../../../infra/stack/home/endpoints';
import { operatorKey } from '../../../infra/stack/services/service-environment';
import { inspectStack } from '../../../infra/stack/stack';
import { describeStatus, type ServedQueue } from '../terminal/describe-status';
import type { Command } from './command';

const ANSWER_WITHIN_MS = 3_000;

const workersSchema = z.object({
  workers: z.array(
    z.object({ identity: z.string(), queue: z.string(), state: z.string(), slots_used: z.number(), slots_free: z.number() }),
  ),
});

/** Prints the state of each service, its ports, and the workers; exit code 1 when a service does not work. */
export const statusCommand: Command = async (args, home) => {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } });
  const services = await inspectStack(home);
  const endpoints = readEndpoints(home);
  const isUp = services.some(({ service, state }) => service === 'api' && state === 'ready');
  const workers = isUp && endpoints ? await workersOf(endpoints.api_url, operatorKey(home)) : null;
  if (values.json) process.stdout.write(`${JSON.stringify({ services, endpoints, workers })}\n`);
  else process.stdout.write(describeStatus(services, endpoints ?? {}, workers));
  return services.every(({ state }) => state === 'ready') ? 0 : 1;
};

/** Null where the API does not take the key of the operator, or does not answer soon. */
async function workersOf(apiUrl: string, key: string): Promise<ServedQueue[] | null> {
  try {
    const response = await fetch(`${apiUrl}/api/v1/workers`, {
      headers: { Authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return response.ok ? workersSchema.parse(await response.json()).workers : null;
  } catch {
    return null;
  }
}
