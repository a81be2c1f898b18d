import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimScratch } from './scratch';

describe('claimScratch', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'scratch-'));
  });

  afterEach(() => rm(root, { recursive: true }));

  it('removes what killed processes left and nothing else', async () => {
    const { pid: deadPid } = spawnSync('true');
    const dead = `${hostname()}-${deadPid}`;
    const living = `${hostname()}-${process.ppid}`;
    for (const name of [dead, living, 'another-host-1']) await mkdir(join(root, name, 'transcode-x'), { recursive: true });
    const own = await claimScratch(root);
    expect((await readdir(root)).sort()).toEqual([living, 'another-host-1', `${hostname()}-${process.pid}`].sort());
    expect(await readdir(own)).toEqual([]);
  });
});
