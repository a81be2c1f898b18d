import { statSync } from 'node:fs';
import { describeServiceFaults, findServiceFaults } from '../../../../infra/stack/fleet/check-services';
import { connectionsOf, readJoinFile } from '../../../../infra/stack/fleet/join-file';
import type { StackHome } from '../../../../infra/stack/home/stack-home';
import { joinedWorkerEnvironment } from '../../../../infra/stack/services/service-environment';
import { findWorkerTools } from '../../../../infra/stack/stack';
import { say } from '../../terminal/say';
import { queuesWithoutMasterKey } from './worker-queues';

const OTHERS = 0o077;

/**
 * The environment of a worker of this machine for the stack of another one, which the join file names. Installs missing tools. Throws
 * with a sentence for a file that cannot be used, services that do not answer, and queues that this machine has no keys for.
 */
export async function joinFleet(path: string, home: StackHome, queues: string): Promise<Record<string, string>> {
  const file = readJoinFile(path);
  if ((statSync(path).mode & OTHERS) !== 0) say(`other users of this machine can read the credentials in ${path}: chmod 600 ${path}`);
  refuseWithoutMasterKey(queues);
  const connections = connectionsOf(file);
  const faults = await findServiceFaults(connections);
  if (faults.length > 0) throw new Error(describeServiceFaults(faults));
  say(`joined the stack at ${file.host}; ${file.api_url}/api/v1/workers lists its workers`);
  return joinedWorkerEnvironment(connections, { home, tools: await findWorkerTools({ say }) }, queues);
}

/** The join file has no master key of content keys: one machine more that is lost would be one machine too many. */
function refuseWithoutMasterKey(queues: string): void {
  if (process.env['DRM_MASTER_KEY_FILE'] || process.env['DRM_MASTER_KEY']) return;
  const refused = queuesWithoutMasterKey(queues);
  if (refused.length === 0) return;
  throw new Error(
    `Workers for ${refused.join(' and ')} open the keys of protected videos, and the join file does not hold the master key. Copy .sprocket/secrets/drm-master-key of the stack to this machine and name it in DRM_MASTER_KEY_FILE, or leave ${refused.join(' and ')} to workers that have it.`,
  );
}
