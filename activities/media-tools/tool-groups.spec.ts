import { GIB } from '../../temporal/contract/units';
import { countMemoryKills, delegatedGroup, groupFiles, toolMemoryBytes } from './tool-groups';

const MOUNTINFO = '30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw';
const BASE = '/sys/fs/cgroup/sprocket.service';
const OWN: Record<string, string> = {
  '/proc/self/cgroup': '0::/sprocket.service\n',
  '/proc/self/mountinfo': MOUNTINFO,
  [`${BASE}/cgroup.events`]: 'populated 1\nfrozen 0\n',
  [`${BASE}/cgroup.controllers`]: 'cpuset cpu io memory pids\n',
  [`${BASE}/cgroup.procs`]: `${process.pid}\n`,
};
const MOVED = { ...OWN, '/proc/self/cgroup': '0::/sprocket.service/sprocket-worker\n', [`${BASE}/cgroup.procs`]: '' };

describe('delegatedGroup', () => {
  const of = (files: Record<string, string>) => delegatedGroup((path) => files[path] ?? null);

  it('is the own group when no other process shares it, also after the move of this process or of the one that started it', () => {
    expect(of(OWN)).toBe(BASE);
    expect(of(MOVED)).toBe(BASE);
  });

  it.each([
    ['version 1 groups only', { ...OWN, '/proc/self/cgroup': '4:memory:/x\n' }],
    ['other processes in the group', { ...OWN, [`${BASE}/cgroup.procs`]: `1\n${process.pid}\n` }],
    ['no memory controller', { ...OWN, [`${BASE}/cgroup.controllers`]: 'cpu hugetlb\n' }],
    ['the top of the system', { ...OWN, '/proc/self/cgroup': '0::/\n' }],
  ])('is none with %s', (_name, files) => {
    expect(of(files)).toBeNull();
  });
});

it('writes bounds as the kernel reads them', () => {
  const required = (bounds: Parameters<typeof groupFiles>[0]) =>
    groupFiles(bounds, 10)
      .filter(([, , isRequired]) => isRequired)
      .map(([file, text]) => `${file} ${text}`);
  expect(required({ memoryBytes: 2 * GIB, cpus: null })).toEqual(['memory.max 2147483648']);
  expect(required({ memoryBytes: 1.5, cpus: 0.25 })).toEqual(['memory.max 1', 'cpu.max 25000 100000']);
  expect(groupFiles({ memoryBytes: 1, cpus: null }, 10)).toContainEqual(['cpu.weight.nice', '10', false]);
});

it.each([
  ['low 0\nhigh 0\nmax 12\noom 1\noom_kill 2\noom_group_kill 1\n', 2],
  ['low 0\noom 0\noom_kill 0\n', 0],
  [null, 0],
])('counts kills in %j', (text, kills) => {
  expect(countMemoryKills(text)).toBe(kills);
});

it('leaves a small machine a fifth of its memory', () => {
  expect(toolMemoryBytes(64 * GIB)).toBe(8 * GIB);
  expect(toolMemoryBytes(5 * GIB)).toBe(4 * GIB);
});
