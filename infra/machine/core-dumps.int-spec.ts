import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../stack/setup/project-root';
import { forbidCoreDumps } from './core-dumps';

/** Soft and hard limit, in bytes. */
function coreLimits(pid: number | string): string[] {
  return /^Max core file size\s+(\S+)\s+(\S+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.slice(1) ?? [];
}

/** As on a machine that writes core dumps. */
function permitCoreDumps(pid: number): void {
  execFileSync('prlimit', ['--pid', String(pid), '--core=1048576:1048576']);
}

it('takes the right to core dumps from this process and from those that it starts', () => {
  permitCoreDumps(process.pid);
  expect(coreLimits('self')).toEqual(['1048576', '1048576']);
  expect(forbidCoreDumps()).toBe(true);
  expect(coreLimits('self')).toEqual(['0', '0']);
  expect(execFileSync('sh', ['-c', 'ulimit -c'], { encoding: 'utf8' }).trim()).toBe('0');
});

it.each(['api', 'worker'])(
  'is what the program %s does first',
  async (app) => {
    const scratch = join(projectRoot(), '.sprocket', 'test', 'data', 'core-dumps');
    const tools = { FFMPEG_PATH: '/f', FFPROBE_PATH: '/p', PACKAGER_PATH: '/s', WORKER_QUEUES: 'package', SCRATCH_DIR: scratch };
    const main = join(projectRoot(), 'dist', 'apps', app, 'main.js');
    expect(existsSync(main)).toBe(true);
    const child = spawn('prlimit', ['--core=1048576:1048576', process.execPath, main], {
      // It waits for a workflow service that is not there.
      env: { ...process.env, ...tools, API_PORT: '0', TEMPORAL_ADDRESS: '127.0.0.1:1', DRM_MASTER_KEY_FILE: '' },
      stdio: 'ignore',
    });
    try {
      while (child.exitCode === null && coreLimits(child.pid!)[0] !== '0') await sleep(20);
      expect(child.exitCode).toBeNull();
      expect(coreLimits(child.pid!)).toEqual(['0', '0']);
    } finally {
      child.kill('SIGKILL');
      if (child.exitCode === null) await once(child, 'exit');
    }
  },
  30_000,
);
