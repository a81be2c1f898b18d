import { ScheduleNotFoundError, type Client, type Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { grpcCode, workflowService } from './client';
import { Failure } from './contract/failures';
import { SEARCH_ATTRIBUTES } from './contract/ids';
import { ensureSchedules, SCHEDULE_IDS } from './schedules';

/** gRPC status codes (grpc/status.h). */
const INVALID_ARGUMENT = 3;
const ALREADY_EXISTS = 6;
const REFUSED_CODES = new Set([7, 12, 16]);
/** The oldest server that lists workers and orders tasks by priority without being told to. */
const OLDEST_SERVER = [1, 31] as const;

/** What a namespace has to have before the service works in it, and has not. */
export interface MissingSetup {
  searchAttributes: string[];
  schedules: string[];
}

/**
 * Makes the search attributes and schedules of the service, or brings them up to date; can run again and in several processes at once.
 * Needs the rights of an operator. Throws `WorkflowUnavailable`, also when a right is missing.
 */
export async function setUpTemporal(client: Client): Promise<void> {
  try {
    await ensureSearchAttributes(client);
  } catch (error) {
    if (!REFUSED_CODES.has(grpcCode(error) ?? -1)) throw error;
    const names = Object.values(SEARCH_ATTRIBUTES).join(', ');
    const message = `These credentials may not add search attributes. Add ${names} of the type Keyword to the namespace as its administrator.`;
    throw new Failure('WorkflowUnavailable', message, { cause: error });
  }
  await ensureSchedules(client);
}

/** Registers the search attributes of the contract; can run again and in several processes at once. Throws `WorkflowUnavailable`. */
export async function ensureSearchAttributes(client: Client): Promise<void> {
  const missing = await missingSearchAttributes(client);
  if (missing.length === 0) return;
  const { namespace } = client.options;
  const { operatorService } = client.connection as Connection;
  const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, keyword]));
  // One that was added a moment ago is not known to queries yet.
  await workflowService(client, () => operatorService.addSearchAttributes({ namespace, searchAttributes })).catch((error: unknown) => {
    if (grpcCode(error) !== ALREADY_EXISTS) throw error;
  });
}

/** What is missing, asked for without the rights of an operator. Throws `WorkflowUnavailable`. */
export async function missingSetup(client: Client): Promise<MissingSetup> {
  const searchAttributes = await missingSearchAttributes(client);
  return { searchAttributes, schedules: await missingSchedules(client) };
}

/** A query that names an unknown attribute is refused. */
function missingSearchAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  return which(Object.values(SEARCH_ATTRIBUTES), async (name) => {
    try {
      const query = `${name} = 'none'`;
      await workflowService(client, () => client.workflowService.countWorkflowExecutions({ namespace, query }));
      return false;
    } catch (error) {
      if (grpcCode(error) === INVALID_ARGUMENT) return true;
      throw error;
    }
  });
}

function missingSchedules(client: Client): Promise<string[]> {
  return which(SCHEDULE_IDS, async (id) => {
    try {
      await workflowService(client, () => client.schedule.getHandle(id).describe());
      return false;
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return true;
      throw error;
    }
  });
}

/** A namespace that has what the service needs. Throws `WorkflowUnavailable` with what it lacks; missing schedules are told to `warn`. */
export async function checkSetup(client: Client, warn: (message: string) => void): Promise<void> {
  const { searchAttributes, schedules } = await missingSetup(client);
  const advice = 'run "npm run setup-temporal" (node dist/apps/setup-temporal/main.js) with the rights of an operator';
  const namespace = `the namespace "${client.options.namespace}"`;
  if (searchAttributes.length > 0)
    throw new Failure('WorkflowUnavailable', `${namespace} has no search attributes ${searchAttributes.join(', ')}: ${advice}`);
  if (schedules.length > 0)
    warn(`${namespace} has no schedules ${schedules.join(', ')}, so nothing is tidied up and no webhook is called: ${advice}`);
}

/** What is worth a warning about the server. Throws `WorkflowUnavailable`. */
export async function serverWarnings(client: Client): Promise<string[]> {
  const { serverVersion, namespaceInfo } = await workflowService(client, async () => {
    const { namespace } = client.options;
    const [system, described] = await Promise.all([
      client.workflowService.getSystemInfo({}),
      client.workflowService.describeNamespace({ namespace }),
    ]);
    return { ...system, ...described };
  });
  const warnings = isOldServer(serverVersion) ? [OLD_SERVER.replace('%', serverVersion)] : [];
  return namespaceInfo?.capabilities?.workerHeartbeats ? warnings : [...warnings, NO_HEARTBEATS];
}

const OLD_SERVER =
  'Temporal % is older than 1.31: set matching.useNewMatcher, and matching.enableFairness for fairness between creators; see docs/production.md';
const NO_HEARTBEATS =
  'Temporal takes no heartbeats of workers (frontend.WorkerHeartbeatsEnabled): slots are counted by pollers, and workers are not listed';

/** A version that cannot be read, as of a build of one's own, is not called old. */
export function isOldServer(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor)) return false;
  return major < OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor < OLDEST_SERVER[1]);
}

/** One after the other: a call that outlived the first failure would be repeated by the SDK on a connection that is closed by then, which throws. */
async function which(names: readonly string[], isMissing: (name: string) => Promise<boolean>): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names) if (await isMissing(name)) missing.push(name);
  return missing;
}
