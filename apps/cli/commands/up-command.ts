import { parseArgs } from 'node:util';
import { isLoopback } from '../../../infra/stack/home/listen-address';
import { startStack } from '../../../infra/stack/stack';
import type { Command } from './command';
import { say, secondsSince } from '../terminal/say';

/** Starts the services of the stack that do not run; with `--autoscale`, workers come and go with the backlog until `down`; with `--listen`, other machines reach it until then. */
export const upCommand: Command = async (args, home) => {
  const { values } = parseArgs({ args: [...args], options: { autoscale: { type: 'boolean' }, listen: { type: 'string' } } });
  const startedAt = performance.now();
  const progress = { say, advance: (done: number, total: number, service: string) => say(`${service} is ready (${done}/${total})`) };
  const { endpoints, context } = await startStack(home, progress, {
    ...(values.autoscale ? { autoscaled: true } : {}),
    ...(values.listen === undefined ? {} : { host: values.listen }),
  });
  say(`the stack is up after ${secondsSince(startedAt)}`);
  process.stdout.write(
    `API          ${endpoints.api_url}\nAPI docs     ${endpoints.api_url}/docs\nTemporal UI  ${endpoints.temporal_ui_url}\nAPI key      in ${home.apiKeyFile}\n`,
  );
  if (!isLoopback(context.host))
    process.stdout.write(
      `Join file    ${home.joinFile}\nOn another machine of this network, with a copy of that file: npm run worker -- --join FILE\n`,
    );
  return 0;
};
