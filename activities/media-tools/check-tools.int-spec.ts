import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaTools } from './media-tools';
import { toolPaths } from '../test-media/tool-paths';
import { checkTools } from './check-tools';

describe('checkTools', () => {
  const tools: MediaTools = toolPaths();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'check-tools-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function script(code: string): Promise<string> {
    const path = join(folder, `tool-${(await readdir(folder)).length}`);
    await writeFile(path, `#!/bin/sh\n${code}\n`, { mode: 0o755 });
    return path;
  }

  it('lets tools through that work, and leaves nothing behind', async () => {
    await checkTools(tools, ['probe', 'transcode-cpu', 'audio', 'thumbnail', 'package', 'verify'], { folder, long: true });
    expect(await readdir(folder)).toEqual([]);
  }, 60_000);

  it.each<[string, keyof MediaTools, string]>([
    ['a packager that only knows its version', 'packager', 'case "$1" in --version) exit 0;; esac; exit 1'],
    ['an ffmpeg that does nothing but fail', 'ffmpeg', 'exit 1'],
    ['an ffprobe that only knows its version', 'ffprobe', 'case "$*" in *-version*) exit 0;; esac; exit 1'],
  ])(
    'finds %s',
    async (_, tool, code) => {
      const check = checkTools({ ...tools, [tool]: await script(code) }, ['probe', 'audio'], { folder });
      await expect(check).rejects.toMatchObject({ tool });
    },
    60_000,
  );

  it('finds a tool that was moved away or may not be run', async () => {
    await expect(checkTools({ ...tools, packager: '/nowhere/packager' }, ['audio'], { folder })).rejects.toMatchObject({
      tool: 'packager',
    });
    const path = await script('exit 0');
    await chmod(path, 0o644);
    await expect(checkTools({ ...tools, ffprobe: path }, ['probe'], { folder })).rejects.toMatchObject({ tool: 'ffprobe' });
  }, 60_000);

  it('finds an ffmpeg that dies after two seconds when it looks for long', async () => {
    const ffmpeg = await script(`'${tools.ffmpeg}' "$@" & pid=$!\n(sleep 2; kill -9 $pid) >/dev/null 2>&1 &\nwait $pid`);
    await checkTools({ ...tools, ffmpeg }, ['thumbnail'], { folder });
    await expect(checkTools({ ...tools, ffmpeg }, ['thumbnail'], { folder, long: true })).rejects.toMatchObject({ tool: 'ffmpeg' });
  }, 60_000);
});
