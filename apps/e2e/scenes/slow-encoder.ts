import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toolPaths } from '../../../activities/test-media/tool-paths';

/** Path of an ffmpeg that reads its first input at `rate` times real time, so that a chunk lasts as long as a test needs it to. */
export async function slowEncoder(folder: string, rate: number): Promise<string> {
  const path = join(folder, `ffmpeg-${rate}`);
  await writeFile(path, `#!/bin/sh\nexec '${toolPaths().ffmpeg}' -readrate ${rate} "$@"\n`, { mode: 0o755 });
  return path;
}
