import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { thisMachine } from '../../../infra/machine/machine';
import { workerEnvironment } from '../../../infra/stack/services/service-environment';
import { nodeProgram } from '../../../infra/stack/processes/node-program';
import { EXTRA_WORKER, joinStack } from '../../../infra/stack/stack';
import { SERVICE_MARK, STACK_MARK } from '../../../infra/stack/processes/stray-processes';
import { SERVED_QUEUES } from '../../../temporal/contract/queues';
import type { Command } from './command';
import { describeRecommendation } from '../terminal/describe-recommendation';
import { say } from '../terminal/say';

const USAGE = 'Usage: npm run worker -- --queues transcode-cpu[,package:4] [--slots 2]\n       npm run worker -- --recommend';
/** npm and the terminal both deliver one ctrl-C. */
const SAME_KEYSTROKE_MS = 500;

/**
 * Runs one more worker process in the foreground against the running stack. Ctrl-C drains it, a second one ends it.
 * With `--recommend` it prints the slots that fit this machine instead.
 */
export const workerCommand: Command = async (args, home) => {
  const { values } = parseArgs({
    args: [...args],
    options: { queues: { type: 'string' }, slots: { type: 'string' }, recommend: { type: 'boolean' } },
  });
  if (values.recommend) {
    process.stdout.write(describeRecommendation(await thisMachine(home.data('scratch'))));
    return 0;
  }
  const queues = workerQueues(values.queues ?? '', values.slots ?? '1');
  const { context } = await joinStack(home, { say });
  const environment = workerEnvironment(context, queues);
  mkdirSync(context.home.data('scratch'), { recursive: true });
  say(`worker for ${queues}; ctrl-C drains it`);
  const child = spawn(process.execPath, ['--enable-source-maps', nodeProgram('worker').path], {
    env: { ...process.env, ...environment, [STACK_MARK]: home.folder, [SERVICE_MARK]: EXTRA_WORKER },
    stdio: 'inherit',
    // Its own group: ctrl-C reaches it once, through this process.
    detached: true,
  });
  forwardSignals((signal) => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
};

/** `transcode-cpu,package:4` with 2 slots is `transcode-cpu:2,package:4`. Throws a usage error. */
export function workerQueues(queues: string, slots: string): string {
  const entries = queues
    .split(',')
    .filter(Boolean)
    .map((entry) => (entry.includes(':') ? entry : `${entry}:${slots}`));
  for (const entry of entries) {
    const [queue = '', count = ''] = entry.split(':');
    if (!SERVED_QUEUES.some((known) => known === queue))
      throw new Error(`Workers have no code for a queue "${queue}". Queues: ${SERVED_QUEUES.join(', ')}.\n${USAGE}`);
    if (!/^[1-9]\d{0,3}$/.test(count)) throw new Error(`"${count}" is no number of slots.\n${USAGE}`);
  }
  if (entries.length === 0) throw new Error(USAGE);
  return entries.join(',');
}

function forwardSignals(send: (signal: NodeJS.Signals) => void): void {
  let firstAt: number | null = null;
  const onSignal = () => {
    const now = performance.now();
    if (firstAt === null) send('SIGTERM');
    else if (now - firstAt > SAME_KEYSTROKE_MS) send('SIGKILL');
    firstAt ??= now;
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
