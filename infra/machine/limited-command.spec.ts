import { limitedCommand } from './limited-command';

const LIMITS = { wallMs: 1, cpuSeconds: 60, memoryBytes: 1024, fileBytes: 2048 };

describe('limitedCommand', () => {
  it('runs a tool of ours as it is', () => {
    expect(limitedCommand('/bin/tool', ['-a'], undefined)).toEqual({ file: '/bin/tool', args: ['-a'] });
  });

  it('ends in the tool and its arguments', () => {
    const { file, args } = limitedCommand('/bin/tool', ['-a', '--cpu=9'], LIMITS);
    expect([file, ...args].slice(-3)).toEqual(['/bin/tool', '-a', '--cpu=9']);
  });

  it('lets what others wait for go first', () => {
    const words = ({ args }: { args: string[] }) => args.slice(0, 2);
    expect(words(limitedCommand('/bin/tool', [], LIMITS))).toEqual(['-n', '5']);
    expect(words(limitedCommand('/bin/tool', [], { ...LIMITS, niceness: 10 }))).toEqual(['-n', '10']);
  });
});
