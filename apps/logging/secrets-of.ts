import type { Environment } from '../settings/parse-settings';

const SECRET_VARIABLE = /(KEY|KEYS|KEYS_OLD|KEY_ID|SECRET|PASSWORD|TOKEN)$/;
/** A shorter text stands in ordinary words. */
const SHORTEST_SECRET = 6;

/** Values of an environment that no line may hold: those of variables that are named like secrets, and passwords in URLs. */
export function secretsOf(environment: Environment): string[] {
  const secrets = Object.entries(environment).flatMap(([name, value = '']) => [
    ...(SECRET_VARIABLE.test(name) ? partsOf(value) : []),
    ...passwordOf(value),
  ]);
  // Longer ones first: a secret may be a part of another one.
  return [...new Set(secrets)].filter(({ length }) => length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
}

/** Lists have commas between, and what belongs to a key stands behind a colon. */
function partsOf(value: string): string[] {
  return value.split(',').flatMap((entry) => [entry.trim(), (entry.split(':')[0] ?? '').trim()]);
}

function passwordOf(value: string): string[] {
  const password = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) && URL.canParse(value) ? new URL(value).password : '';
  return [password, decodeURIComponent(password)];
}
