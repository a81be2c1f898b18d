import { copyFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { MIB } from '../../temporal/contract/units';
import { benchEnvironment } from '../measure/bench-environment';
import { processClip } from '../measure/process-clip';
import { residentBytes, servicePid } from '../measure/process-usage';
import { report } from '../measure/report';

const VIDEOS = 10;
const LARGE_FILE_MIB = 512;
const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');

/** Resident memory of the API and of the worker process, without its tools, after ten videos and after a large file. */
async function main(): Promise<void> {
  const env = benchEnvironment(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-bench-'));
  const measure = () => ({
    api_mib: Math.round(residentBytes(servicePid(env.SPROCKET_HOME, 'api')) / MIB),
    worker_mib: Math.round(residentBytes(servicePid(env.SPROCKET_HOME, 'worker')) / MIB),
  });
  try {
    const atStart = measure();
    for (let video = 0; video < VIDEOS; video++) await processClip(env.SPROCKET_API_URL, CLIP);
    const afterTen = measure();
    const large = join(folder, 'large.mp4');
    await makeLarge(large);
    await processClip(env.SPROCKET_API_URL, large);
    report({ benchmark: 'memory', at_start: atStart, after_ten_videos: afterTen, after_a_512_mib_file: measure() });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The clip followed by a box that readers skip (ISO/IEC 14496-12 8.1.2): a large file that encodes like a small one. */
async function makeLarge(path: string): Promise<void> {
  await copyFile(CLIP, path);
  const file = await open(path, 'a');
  try {
    const header = Buffer.alloc(8);
    header.writeUInt32BE(LARGE_FILE_MIB * MIB, 0);
    header.write('free', 4, 'latin1');
    await file.write(header);
    const padding = Buffer.alloc(MIB);
    for (let mib = 0; mib < LARGE_FILE_MIB - 1; mib++) await file.write(padding);
    await file.write(padding.subarray(8));
  } finally {
    await file.close();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
