import { stopStack } from '../../../infra/stack/stack';
import type { Command } from './command';
import { say, secondsSince } from '../terminal/say';

/** Stops every process of the stack; its data stays. */
export const downCommand: Command = async (_args, home) => {
  const startedAt = performance.now();
  await stopStack(home, { say, advance: (done, total, service) => say(`${service} is stopped (${done}/${total})`) });
  say(`the stack is down after ${secondsSince(startedAt)}`);
  return 0;
};
