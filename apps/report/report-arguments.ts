import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ConfigError } from '../settings/config-error';

export const USAGE = 'Usage: npm run report -- --since 2026-11-01 [--until 2026-12-01] [--json]; days begin at midnight UTC.';

const day = z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`));

/** What is asked for; `until` is exclusive and is now when it is left out. Throws `ConfigError` with the usage. */
export function parseReportArguments(args: readonly string[], now: Date): { since: Date; until: Date; isJson: boolean } {
  try {
    const options = { since: { type: 'string' }, until: { type: 'string' }, json: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const since = day.parse(values.since);
    const until = values.until === undefined ? now : day.parse(values.until);
    if (since >= until) throw new ConfigError(USAGE);
    return { since, until, isJson: values.json ?? false };
  } catch {
    throw new ConfigError(USAGE);
  }
}
