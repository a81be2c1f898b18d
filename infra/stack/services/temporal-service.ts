import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { MINUTE_MS } from '../../../temporal/contract/units';
import { endpointsOf } from '../home/endpoints';
import { nodeProgram } from '../processes/node-program';
import { lastLines, runCommand } from '../tools/run-command';
import type { Service, StackBase, StackContext } from './service';
import { serviceEnvironment } from './service-environment';

const PROBE_TIMEOUT_MS = 2_000;

/**
 * The Temporal server of the CLI with its web UI, on one database file. It asks for no credentials, and works on loopback or on all
 * addresses of a machine only: other machines come in through the fleet door.
 */
export const temporalService: Service = {
  name: 'temporal',
  ports: ['temporal', 'temporalUi', 'temporalHttp', 'temporalMetrics'],
  prepare: async (stack) => {
    await mkdir(stack.home.data('temporal'), { recursive: true });
  },
  command: (stack) => ({ file: stack.tools.temporal.path, args: serverArgs(stack), env: {}, version: stack.tools.temporal.version }),
  setUp: async (stack) => {
    const { path } = nodeProgram('setup-temporal');
    const { exitCode, output } = await runCommand(process.execPath, [path], { env: { ...process.env, ...serviceEnvironment(stack) } });
    if (exitCode !== 0) throw new Error(`Temporal could not be set up.\n${lastLines(output)}`);
  },
  isReady: async (stack) => (await hasNamespace(stack)) && (await showsPages(stack)),
  readyWithinMs: MINUTE_MS,
  stopWithinMs: 15_000,
};

function serverArgs({ home, ports }: StackContext): string[] {
  return [
    'server',
    'start-dev',
    '--ip=127.0.0.1',
    `--port=${ports.temporal}`,
    `--ui-port=${ports.temporalUi}`,
    `--http-port=${ports.temporalHttp}`,
    `--metrics-port=${ports.temporalMetrics}`,
    `--db-filename=${join(home.data('temporal'), 'temporal.db')}`,
    '--log-level=warn',
    // The HTTP API takes commands from any page of a browser on this machine and cannot be switched off: no page has this host.
    `--dynamic-config-value=frontend.httpAllowedHosts=["http-api.invalid"]`,
    // Creators share the workers fairly; off by default up to server 1.32.
    '--dynamic-config-value=matching.useNewMatcher=true',
    '--dynamic-config-value=matching.enableFairness=true',
    // A queue of four parts, the default, keeps order within each part only: low starts before urgent when a worker with few
    // slots asks the wrong part. One part carries hundreds of tasks a second, far more than one machine encodes.
    '--dynamic-config-value=matching.numTaskqueueReadPartitions=1',
    '--dynamic-config-value=matching.numTaskqueueWritePartitions=1',
  ];
}

async function hasNamespace(stack: StackBase): Promise<boolean> {
  const connection = await Connection.connect({ address: endpointsOf(stack).temporal_address, connectTimeout: PROBE_TIMEOUT_MS });
  try {
    await connection.withDeadline(Date.now() + PROBE_TIMEOUT_MS, () =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
    return true;
  } finally {
    await connection.close();
  }
}

async function showsPages(stack: StackBase): Promise<boolean> {
  const response = await fetch(endpointsOf(stack).temporal_ui_url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  await response.body?.cancel();
  return response.ok;
}
