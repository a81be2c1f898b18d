import { parseArgs } from 'node:util';
import { startStack } from '../../../infra/stack/stack';
import type { Command } from './command';
import { say, secondsSince } from '../terminal/say';

/** Starts the services of the stack that do not run; with `--autoscale`, workers come and go with the backlog until `down`. */
export const upCommand: Command = async (args, home) => {
  const { values } = parseArgs({ args: [...args], options: { autoscale: { type: 'boolean' } } });
  const startedAt = performance.now();
  const progress = { say, advance: (done: number, total: number, service: string) => say(`${service} is ready (${done}/${total})`) };
  const { endpoints } = await startStack(home, progress, values.autoscale ? { autoscaled: true } : {});
  say(`the stack is up after ${secondsSince(startedAt)}`);
  process.stdout.write(
    `API          ${endpoints.api_url}\nAPI docs     ${endpoints.api_url}/docs\nTemporal UI  ${endpoints.temporal_ui_url}\nAPI key      in ${home.apiKeyFile}\n`,
  );
  return 0;
};
