import { groupLimits, ownControlGroup } from './control-group';

const MOUNTINFO = [
  '22 27 0:20 / /proc rw,nosuid - proc proc rw',
  '30 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 master:1 - cgroup2 cgroup2 rw,nsdelegate',
].join('\n');
const reader = (files: Record<string, string>) => (path: string) => files[path] ?? null;
const group = (cgroup: string, mountinfo = MOUNTINFO) =>
  ownControlGroup(reader({ '/proc/self/cgroup': cgroup, '/proc/self/mountinfo': mountinfo }));

describe('ownControlGroup', () => {
  it.each([
    ['a systemd unit', '0::/system.slice/sprocket.service\n', MOUNTINFO, '/sys/fs/cgroup/system.slice/sprocket.service'],
    ['a container with a namespace', '0::/\n', MOUNTINFO, '/sys/fs/cgroup'],
    ['a container without one', '0::/docker/abc\n', MOUNTINFO.replace('0:26 /', '0:26 /docker/abc'), '/sys/fs/cgroup'],
    [
      'version 2 beside version 1',
      '4:memory:/x\n0::/user\n',
      MOUNTINFO.replace('/sys/fs/cgroup rw', '/sys/fs/cgroup/unified rw'),
      '/sys/fs/cgroup/unified/user',
    ],
  ])('%s', (_name, cgroup, mountinfo, folder) => {
    expect(group(cgroup, mountinfo)?.folder).toBe(folder);
  });

  it.each([
    ['version 1 only', '4:memory:/x\n', MOUNTINFO],
    ['no mount', '0::/x\n', '22 27 0:20 / /proc rw,nosuid - proc proc rw'],
    ['a group outside of what is mounted', '0::/other\n', MOUNTINFO.replace('0:26 /', '0:26 /docker/abc')],
  ])('is none with %s', (_name, cgroup, mountinfo) => {
    expect(group(cgroup, mountinfo)).toBeNull();
  });
});

describe('groupLimits', () => {
  const own = { folder: '/sys/fs/cgroup/a/b', top: '/sys/fs/cgroup' };

  it('takes the tightest limit of each kind on the way up', () => {
    const files = {
      '/sys/fs/cgroup/a/b/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/a/b/memory.max': '4294967296\n',
      '/sys/fs/cgroup/a/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/a/memory.max': '8589934592\n',
    };
    expect(groupLimits(reader(files), own)).toEqual({ cpus: 1.5, memoryBytes: 4294967296 });
  });

  it('is none without groups, controllers or limits', () => {
    expect(groupLimits(reader({}), null)).toEqual({ cpus: null, memoryBytes: null });
    expect(groupLimits(reader({}), own)).toEqual({ cpus: null, memoryBytes: null });
    expect(groupLimits(reader({ '/sys/fs/cgroup/a/b/memory.max': 'max\n' }), own)).toEqual({ cpus: null, memoryBytes: null });
  });
});
