import { renameSync, writeFileSync } from 'node:fs';

/** Replaces the file in one rename: a reader sees the old text or the new one. `mode` as chmod(2) takes it. */
export function writeJson(path: string, value: unknown, mode = 0o666): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode });
  renameSync(draft, path);
}
