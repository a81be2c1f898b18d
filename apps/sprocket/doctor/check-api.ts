import { ProblemError } from '../../../packages/client/src/problem-error';
import { SprocketClient } from '../../../packages/client/src/sprocket-client';
import type { KnownApi } from '../connection/config-file';
import { fault, ok, type Finding } from './finding';
import { judgeDependencies } from './judge';

const DEPENDENCY_DOWN = 503;
const REFUSALS = [401, 403];

/** Whether the API answers, takes the key, and has its dependencies. */
export async function checkApi(api: KnownApi): Promise<Finding[]> {
  const client = new SprocketClient({ ...api, patienceMs: 0 });
  try {
    const dependencies = await dependenciesOf(client);
    return [ok('API', `answers at ${new URL(api.url).origin}`), ...judgeDependencies(dependencies), await checkKey(client)];
  } catch {
    return [fault('API', `does not answer at ${new URL(api.url).origin}`, 'Start it ("npm run up"), or correct SPROCKET_URL.')];
  }
}

/** An API that is not ready answers 503 and says in `checks` why. */
async function dependenciesOf(client: SprocketClient): Promise<Record<string, string>> {
  try {
    return (await client.http.GET('/api/v1/health/ready')).data?.checks ?? {};
  } catch (error) {
    if (error instanceof ProblemError && error.status === DEPENDENCY_DOWN) return (error.problem['checks'] ?? {}) as Record<string, string>;
    throw error;
  }
}

async function checkKey(client: SprocketClient): Promise<Finding> {
  try {
    await client.videos();
    return ok('API key', 'is accepted');
  } catch (error) {
    if (!(error instanceof ProblemError) || !REFUSALS.includes(error.status)) return ok('API key', 'not tried: a dependency is down');
    return fault('API key', error.message, 'Set SPROCKET_API_KEY to a key of "sprocket keys create" or "npm run keys -- create".');
  }
}
