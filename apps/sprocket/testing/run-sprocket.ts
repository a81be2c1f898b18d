import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/stack/setup/project-root';

const SPROCKET = join(projectRoot(), 'dist', 'apps', 'sprocket', 'main.js');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line for a program that reads its output, or on a pseudo-terminal of `script` (bsdutils). */
export class Sprocket {
  constructor(readonly environment: Record<string, string>) {}

  run(...args: string[]): Promise<Ended> {
    return ended(this.start(...args));
  }

  /** The process, for a test that ends it. */
  start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [SPROCKET, ...args], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** What a person sees; stdout has both streams. Arguments have no quotation marks. */
  onTerminal(...args: string[]): Promise<Ended> {
    const command = [process.execPath, SPROCKET, ...args].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      env: { ...this.environment, TERM: 'xterm', SHELL: '/bin/sh' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return ended(child);
  }

  /** A line of a shell with `sprocket` in it. */
  inShell(line: string): Promise<Ended> {
    const command = line.replaceAll('sprocket', `"${process.execPath}" "${SPROCKET}"`);
    return ended(spawn('bash', ['-o', 'pipefail', '-c', command], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] }));
  }
}

/** One object for each line. */
export function objectsIn(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

function ended(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name]?.on('data', (chunk: Buffer) => (texts[name] += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...texts }));
  });
}
