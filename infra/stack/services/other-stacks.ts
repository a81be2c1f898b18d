import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { livingDaemon } from '../processes/daemon';
import { writeJson } from '../home/write-json';
import type { StackHome } from '../home/stack-home';

/** Where every stack of this user on this machine can be found. */
const REGISTRY = join(tmpdir(), `sprocket-stacks-${userInfo().uid}`);

const entrySchema = z.object({ folder: z.string() });
const portsSchema = z.record(z.string(), z.number().int());

/** Makes the stack known to others, so that they leave its ports alone while a service of it is down for a moment. */
export function registerStack(home: Pick<StackHome, 'folder'>, registry = REGISTRY): void {
  mkdirSync(registry, { recursive: true, mode: 0o700 });
  const id = createHash('sha256').update(home.folder).digest('hex').slice(0, 12);
  writeJson(join(registry, `${id}.json`), { folder: home.folder });
}

/** Every recorded port of the other stacks of this user that are up, whether it is in use at this moment or not. */
export function portsOfOtherStacks(home: Pick<StackHome, 'folder'>, registry = REGISTRY): Set<number> {
  const ports = new Set<number>();
  if (!existsSync(registry)) return ports;
  for (const name of readdirSync(registry).filter((file) => file.endsWith('.json'))) {
    const folder = read(join(registry, name), entrySchema)?.folder;
    if (folder === undefined || !existsSync(folder)) rmSync(join(registry, name), { force: true });
    else if (folder !== home.folder && isUp(folder)) {
      for (const port of Object.values(read(join(folder, 'ports.json'), portsSchema) ?? {})) ports.add(port);
    }
  }
  return ports;
}

function isUp(folder: string): boolean {
  const states = join(folder, 'run');
  const names = existsSync(states) ? readdirSync(states).filter((file) => file.endsWith('.json')) : [];
  return names.some((file) => livingDaemon({ stateFile: (name) => join(states, `${name}.json`) }, file.replace(/\.json$/, '')) !== null);
}

/** Null for what is not there, or cut short by a crash. */
function read<T>(path: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}
