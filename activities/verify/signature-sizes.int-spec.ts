import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { levelsBetween } from '../../workflows/planning/proof/check-stretches';
import { signatureBranch, signatureOutputArgs } from '../../workflows/planning/proof/signatures';
import { runTool } from '../media-tools/run-tool';
import { toolPaths } from '../test-media/tool-paths';

const SIZES = ['426x240', '1280x720', '3840x2160'];

// A scaler that rounds its many weights loses a twelfth of the light of 2160p, and a rendition is compared with a source of another size.
it.each(['yuv420p', 'yuv420p10le'])('a picture in %s has the same signature at every size', async (pixelFormat) => {
  const folder = await mkdtemp(join(tmpdir(), 'signatures-'));
  try {
    const signatures: Uint8Array[] = [];
    for (const size of SIZES) {
      const path = join(folder, size);
      const picture = `testsrc2=size=426x240,scale=${size.replace('x', ':')}:flags=bicubic+accurate_rnd,format=${pixelFormat}`;
      const graph = `${picture},${signatureBranch('picture', 'signature')}`;
      const args = ['-v', 'error', '-filter_complex', graph, '-map', '[picture]', '-frames:v', '1', '-f', 'null', '-'];
      await runTool({
        tool: toolPaths().ffmpeg,
        args: [...args, '-map', '[signature]', '-frames:v', '1', ...signatureOutputArgs(path, '1/25')],
      });
      signatures.push(await readFile(path));
    }
    const [small = new Uint8Array(), ...larger] = signatures;
    for (const signature of larger) expect(levelsBetween(small, signature)).toBeLessThan(1.5);
  } finally {
    await rm(folder, { recursive: true });
  }
});
