import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Text that nothing prints. */
export interface SecretText {
  reveal(): string;
}

/** Where the master keys of an installation are. A file has one key in each line, the newest first. */
export interface MasterKeySources {
  key: SecretText | null;
  file: string | null;
  /** Of earlier rotations: they open keys and wrap none. */
  old: readonly SecretText[];
}

/** A key that wraps content keys. */
interface MasterKey {
  /** The first 12 hex digits of a SHA-256. */
  id: string;
  key: KeyObject;
}

/** The newest master key, which wraps, and all that open. */
export interface MasterKeys {
  current: MasterKey;
  byId: ReadonlyMap<string, MasterKey>;
}

const MASTER_KEY = /^[0-9a-f]{64}$/i;

/** The master keys, or a sentence on why there are none: what holds other videos must work without them. */
export function readMasterKeys(sources: MasterKeySources): { keys: MasterKeys } | { problem: string } {
  const { key, file, old } = sources;
  if (key && file !== null) return { problem: 'DRM_MASTER_KEY and DRM_MASTER_KEY_FILE are both set: keep one of them.' };
  const entries = file === null ? (key ? [{ name: 'DRM_MASTER_KEY', text: key.reveal() }] : []) : linesOf(file);
  if (!entries) return { problem: 'The file that DRM_MASTER_KEY_FILE names cannot be read.' };
  if (entries.length === 0) return { problem: 'There is no master key: set DRM_MASTER_KEY_FILE or DRM_MASTER_KEY.' };
  entries.push(...old.map((text, index) => ({ name: `Entry ${index + 1} of DRM_MASTER_KEYS_OLD`, text: text.reveal() })));
  const wrong = entries.find(({ text }) => !MASTER_KEY.test(text));
  if (wrong) return { problem: `${wrong.name} is no master key, which has 64 hex digits.` };
  const masterKeys = entries.map(({ text }) => masterKeyOf(text));
  return { keys: { current: masterKeys[0] as MasterKey, byId: new Map(masterKeys.map((each) => [each.id, each])) } };
}

function linesOf(file: string): { name: string; text: string }[] | null {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .map((line, index) => ({ name: `Line ${index + 1} of the file that DRM_MASTER_KEY_FILE names`, text: line.trim() }))
      .filter(({ text }) => text !== '');
  } catch {
    return null;
  }
}

function masterKeyOf(hex: string): MasterKey {
  const bytes = Buffer.from(hex, 'hex');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 12), key: createSecretKey(bytes) };
}
