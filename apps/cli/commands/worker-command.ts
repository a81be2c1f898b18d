import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { makeFolder } from '../../../infra/machine/make-folder';
import { thisMachine } from '../../../infra/machine/machine';
import { recommendSlots } from '../../../infra/machine/recommend-slots';
import type { StackHome } from '../../../infra/stack/home/stack-home';
import { workerEnvironment } from '../../../infra/stack/services/service-environment';
import { nodeProgram } from '../../../infra/stack/processes/node-program';
import { EXTRA_WORKER, joinStack } from '../../../infra/stack/stack';
import { SERVICE_MARK, STACK_MARK } from '../../../infra/stack/processes/stray-processes';
import type { Command } from './command';
import { describeRecommendation } from '../terminal/describe-recommendation';
import { say } from '../terminal/say';
import { pathOfUser } from '../terminal/path-of-user';
import { joinFleet } from './worker/join-fleet';
import { workerQueues } from './worker/worker-queues';

/** npm and the terminal both deliver one ctrl-C. */
const SAME_KEYSTROKE_MS = 500;

/**
 * Runs one more worker process in the foreground: against the running stack, or with `--join` against that of another machine. Ctrl-C
 * drains it, a second one ends it. With `--recommend` it prints the slots that fit this machine instead.
 */
export const workerCommand: Command = async (args, home) => {
  const { values } = parseArgs({
    args: [...args],
    options: { queues: { type: 'string' }, slots: { type: 'string' }, join: { type: 'string' }, recommend: { type: 'boolean' } },
  });
  if (values.recommend) {
    process.stdout.write(describeRecommendation(await thisMachine(home.data('scratch'))));
    return 0;
  }
  makeFolder(home.data('scratch'));
  // A machine that joins encodes, unless it is told otherwise: that is what a fleet needs most.
  const wanted = values.queues ?? (values.join === undefined ? '' : await encoderQueue(home, values.slots));
  const queues = workerQueues(wanted, values.slots ?? '1');
  const environment =
    values.join === undefined
      ? workerEnvironment((await joinStack(home, { say })).context, queues)
      : await joinFleet(pathOfUser(values.join), home, queues);
  say(`worker for ${queues}; ctrl-C drains it`);
  return runWorker(home, environment);
};

/** Resolves to the exit code of the worker. */
function runWorker(home: StackHome, environment: Record<string, string>): Promise<number> {
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
}

/** As many chunks as this machine has room for. */
async function encoderQueue(home: StackHome, slots: string | undefined): Promise<string> {
  const queue = 'transcode-cpu';
  if (slots !== undefined) return queue;
  const recommended = recommendSlots(await thisMachine(home.data('scratch'))).find((one) => one.queue === queue);
  return `${queue}:${recommended?.slots ?? 1}`;
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
