import { MINUTE_MS } from '../../../temporal/contract/units';
import { endpointsOf } from '../home/endpoints';
import type { Service } from './service';
import { apiSecrets, serviceEnvironment } from './service-environment';
import { nodeProgram } from '../processes/node-program';

const PROBE_TIMEOUT_MS = 3_000;

export const apiService: Service = {
  name: 'api',
  ports: ['api'],
  command: (stack) => {
    const { path, version } = nodeProgram('api');
    return {
      file: process.execPath,
      args: ['--enable-source-maps', path],
      env: { ...serviceEnvironment(stack), ...apiSecrets(stack) },
      version,
    };
  },
  isReady: async (stack) => {
    const url = `${endpointsOf(stack).api_url}/health/ready`;
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    await response.body?.cancel();
    return response.ok;
  },
  readyWithinMs: MINUTE_MS,
  stopWithinMs: 15_000,
};
