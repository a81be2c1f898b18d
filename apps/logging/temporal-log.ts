import type { ProgramLog, LogFields } from './program-log';
import type { LogLevel } from './log-settings';

/** Levels as the SDK of Temporal names them. */
type SdkLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

interface SdkEntry {
  level: SdkLevel;
  message: string;
  meta?: Readonly<Record<PropertyKey, unknown>>;
}

/** Members of an entry of the SDK under the names of all other lines. */
const NAMES: Readonly<Record<string, string>> = {
  workflowId: 'workflow_id',
  runId: 'run_id',
  workflowType: 'workflow',
  activityId: 'activity_id',
  activityType: 'activity',
  taskQueue: 'queue',
  attempt: 'attempt',
  error: 'error',
};

/**
 * Writes an entry of Temporal's SDK, its native part included. What it says of failed activities is less important than elsewhere: every
 * task has a line of its own.
 */
export function writeSdkEntry(log: ProgramLog, { level, message, meta = {} }: SdkEntry): void {
  const isAboutActivity = meta['sdkComponent'] === 'worker' && meta['activityId'] !== undefined;
  const fields: LogFields = Object.fromEntries(
    Object.entries(NAMES).flatMap(([theirs, ours]) => (meta[theirs] === undefined ? [] : [[ours, meta[theirs]]])),
  );
  const lineLevel = level.toLowerCase() as LogLevel;
  log.write(isAboutActivity && level === 'WARN' ? 'debug' : lineLevel, message, { context: 'temporal', ...fields });
}
