import { lastWords } from './last-words';

describe('lastWords', () => {
  it.each([
    ['[http @ 0x55d0c8a3b2c0] HTTP error 416', '[http @ 0x55d0c8a3b2c0] HTTP error 416'],
    ['http://127.0.0.1:40991/3f0c-token: Invalid data found', '<url> Invalid data found'],
    ['https://key:secret@store/b/k?X-Amz-Signature=abc failed', '<url> failed'],
    ["Failed to open '/tmp/my scratch/out.mp4' for writing", 'Failed to open <path> for writing'],
    ['/data/scratch/host-1/720p.mp4: No space left', '<path>: No space left'],
    ['prlimit: failed to execute /opt/tools/packager: No such file', 'prlimit: failed to execute <path>: No such file'],
    ['in=./a/b.mp4,stream=video', 'in=<path>,stream=video'],
    ['key=00112233445566778899aabbccddeeff', 'key=<hidden>'],
    ['frame=  10 fps=25 q=-1.0 bitrate=N/A speed=1.2x 30/1 kb/s', 'frame=  10 fps=25 q=-1.0 bitrate=N/A speed=1.2x 30/1 kb/s'],
  ])('%s', (line, expected) => {
    expect(lastWords(line)).toBe(expected);
  });

  it('keeps the end', () => {
    const lines = Array.from({ length: 100 }, (_, index) => `line ${index} ${'x '.repeat(300)}`);
    expect(lastWords(lines.join('\n')).length).toBeLessThanOrEqual(1_000);
    expect(lastWords('one\ntwo\nthree\nfour\nfive\nsix\nseven\n')).toBe('two\nthree\nfour\nfive\nsix\nseven');
  });
});
