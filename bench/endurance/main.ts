import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { MIB } from '../../temporal/contract/units';
import { benchEnvironment } from '../measure/bench-environment';
import { processClip } from '../measure/process-clip';
import { residentBytes, servicePid } from '../measure/process-usage';
import { report, round3 } from '../measure/report';

const VIDEOS = 500;
/** The part at the end over which memory must stay flat. */
const FLAT_PART = 0.6;
const SAMPLE_EVERY = 10;
/** Videos under way at a time: enough to keep both kinds of process busy. */
const AT_ONCE = 2;

interface Sample {
  videos: number;
  apiMib: number;
  workerMib: number;
}

/** Small videos in a row through the whole service: how many got lost, and whether the processes grow. */
async function main(videos: number): Promise<void> {
  const env = benchEnvironment(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-bench-'));
  try {
    const clip = join(folder, 'small.mp4');
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=2', '-f', 'lavfi', '-i', 'sine=duration=2'];
    await runTool({
      tool: env.FFMPEG_PATH,
      args: ['-v', 'error', ...source, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', clip],
    });
    const startedAt = performance.now();
    const { samples, lost } = await processAll(env.SPROCKET_API_URL, { clip, videos, sample: () => sampleOf(env.SPROCKET_HOME) });
    const flat = samples.slice(-Math.ceil(samples.length * FLAT_PART));
    report({
      benchmark: 'endurance',
      videos,
      lost,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      api_growth: growth(flat.map(({ apiMib }) => apiMib)),
      worker_growth: growth(flat.map(({ workerMib }) => workerMib)),
      samples,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function processAll(
  apiUrl: string,
  { clip, videos, sample }: { clip: string; videos: number; sample: () => Omit<Sample, 'videos'> },
) {
  const samples: Sample[] = [];
  let [started, done, lost] = [0, 0, 0];
  const lane = async (): Promise<void> => {
    while (started < videos) {
      started += 1;
      await processClip(apiUrl, clip).catch((error: unknown) => {
        lost += 1;
        process.stderr.write(`${String(error)}\n`);
      });
      done += 1;
      if (done % SAMPLE_EVERY === 0) samples.push({ videos: done, ...sample() });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { samples, lost };
}

function sampleOf(home: string): Omit<Sample, 'videos'> {
  const mib = (service: string) => Math.round(residentBytes(servicePid(home, service)) / MIB);
  const sample = { apiMib: mib('api'), workerMib: mib('worker') };
  process.stderr.write(`${JSON.stringify(sample)}\n`);
  return sample;
}

/** Mean of the last third over mean of the first third, less one: a garbage collector makes single samples jump. */
function growth(values: readonly number[]): number {
  const third = Math.max(1, Math.floor(values.length / 3));
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  return round3(mean(values.slice(-third)) / mean(values.slice(0, third)) - 1);
}

main(Number(process.argv[2] ?? VIDEOS)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
