import { randomUUID } from 'node:crypto';
import { existsSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system in memory, so that nothing is left on a disk. */
const MEMORY = '/dev/shm';
const OWNER_ONLY = 0o600;
const KEYS_AND_IDS = /[\da-f]{16,}/gi;

/**
 * A file that has no name any more when it is filled, for the standard input of a tool. Node connects a child by sockets, which cannot be
 * opened as `/dev/stdin`. Returns a file descriptor, which the caller closes.
 */
export function openNameless(text: string): number {
  const path = join(existsSync(MEMORY) ? MEMORY : tmpdir(), randomUUID());
  const file = openSync(path, 'wx+', OWNER_ONLY);
  unlinkSync(path);
  writeSync(file, text);
  return file;
}

/** A tool that refuses a flag may print its value. */
export function withoutSecrets(line: string): string {
  return line.replace(KEYS_AND_IDS, '<hidden>');
}
