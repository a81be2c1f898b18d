import { spawn } from 'node:child_process';
import { projectRoot } from '../../../infra/stack/setup/project-root';

/** Runs a program in the project's folder on this terminal. Resolves to its exit code; ends it when this process is told to end. */
export async function runInherited(file: string, args: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(file, args, { cwd: projectRoot(), env: { ...process.env, ...environment }, stdio: 'inherit' });
  const onSignal = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}
