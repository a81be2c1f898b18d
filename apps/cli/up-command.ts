import { startStack } from '../../infra/stack/stack';
import type { Command } from './command';
import { say, secondsSince } from './say';

/** Starts the stack, or what is missing of it. */
export const upCommand: Command = async (_args, home) => {
  const startedAt = performance.now();
  const { endpoints } = await startStack(home, { say, advance: (done, total, service) => say(`${service} is ready (${done}/${total})`) });
  say(`the stack is up after ${secondsSince(startedAt)}`);
  process.stdout.write(`API          ${endpoints.api_url}\nAPI docs     ${endpoints.api_url}/docs\nTemporal UI  ${endpoints.temporal_ui_url}\n`);
  return 0;
};
