import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { StackHome } from './stack-home';
import { writeJson } from './write-json';

/** Where a stack listens unless it serves other machines (RFC 1122 3.2.1.3). */
export const LOOPBACK = '127.0.0.1';

const listenSchema = z.object({ host: z.ipv4() });

/** True when other machines cannot reach the address. */
export function isLoopback(host: string): boolean {
  return host.startsWith('127.');
}

/** The address of the running stack; loopback where it was not told another one. */
export function rememberedHost(home: StackHome): string {
  const file = home.stateFile('listen');
  return existsSync(file) ? listenSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).host : LOOPBACK;
}

export function rememberHost(home: StackHome, host: string): void {
  writeJson(home.stateFile('listen'), { host });
}

export function forgetHost(home: StackHome): void {
  rmSync(home.stateFile('listen'), { force: true });
}
