import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from '../../activities/media-tools/run-tool';
import { recordedPlan } from '../../activities/task/plan-store';
import { createDatabase, type Database } from '../../infra/database/database';
import { TasksRepository } from '../../infra/database/tasks-repository';
import { ObjectStore } from '../../infra/object-store/object-store';
import { createS3Client } from '../../infra/object-store/s3-client';
import { projectRoot } from '../../infra/stack/setup/project-root';
import { benchEnvironment, type BenchEnvironment } from '../measure/bench-environment';
import { processClip } from '../measure/process-clip';
import { servicePid, toolCpuSeconds } from '../measure/process-usage';
import { median, report, round3 } from '../measure/report';
import { plainRun, type PlainRun } from './plain-run';

const ROUNDS = 3;
const CLIP = join(projectRoot(), 'infra', 'stack', 'media', 'big-buck-bunny-480p.mp4');

/** The pipeline against one plain ffmpeg on the same machine, in turn, as ratios of medians. `film` or `clip` runs one of them. */
async function main(only: string | undefined): Promise<void> {
  const env = benchEnvironment(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'sprocket-bench-'));
  try {
    const results: Record<string, unknown> = {};
    if (only !== 'clip') {
      const film = join(folder, 'film.mp4');
      await makeFilm(env, film);
      results['film_60s_1080p'] = await compare(env, film, folder);
    }
    if (only !== 'film') results['clip_30s_480p'] = await compare(env, CLIP, folder);
    report({ benchmark: 'overhead', rounds: ROUNDS, ...results });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** 60 s of real footage at 1080p with fine grain, so that encoders have the work they have with a camera. */
async function makeFilm(env: BenchEnvironment, path: string): Promise<void> {
  const args = [
    '-v',
    'error',
    '-y',
    '-stream_loop',
    '1',
    '-i',
    CLIP,
    '-t',
    '60',
    '-vf',
    'scale=1920:1080:flags=lanczos,noise=alls=4:allf=t',
  ];
  await runTool({
    tool: env.FFMPEG_PATH,
    args: [...args, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-c:a', 'aac', '-ac', '2', path],
  });
}

/** One round: the pipeline, then the plain run, on the same machine in the same minutes. */
interface Round {
  cpuSeconds: number;
  /** The same by kind of task; `verify` measures the quality of the result, which the plain run does not do. */
  taskCpuSeconds: Record<string, number>;
  wallSeconds: number;
  plain: PlainRun;
  sourceReads: number;
  writes: number;
}

async function compare(env: BenchEnvironment, source: string, folder: string) {
  const stores = openStores(env);
  const rounds: Round[] = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push(await runRound(env, stores, { source, folder }));
      process.stderr.write(`${JSON.stringify(rounds.at(-1))}\n`);
    }
  } finally {
    await stores.db.destroy();
    stores.objects.destroy();
  }
  const middle = (figure: (round: Round) => number) => median(rounds.map(figure));
  return {
    cpu_ratio: round3(middle((one) => one.cpuSeconds) / middle((one) => one.plain.cpuSeconds)),
    cpu_ratio_without_quality: round3(
      middle((one) => one.cpuSeconds - (one.taskCpuSeconds['verify'] ?? 0)) / middle((one) => one.plain.cpuSeconds),
    ),
    wall_ratio: round3(middle((one) => one.wallSeconds) / middle((one) => one.plain.wallSeconds)),
    pipeline_cpu_seconds: round3(middle((one) => one.cpuSeconds)),
    plain_cpu_seconds: round3(middle((one) => one.plain.cpuSeconds)),
    pipeline_wall_seconds: round3(middle((one) => one.wallSeconds)),
    plain_wall_seconds: round3(middle((one) => one.plain.wallSeconds)),
    source_bytes_read_ratio: round3(middle((one) => one.sourceReads)),
    bytes_written_ratio: round3(middle((one) => one.writes)),
  };
}

async function runRound(env: BenchEnvironment, { objects, db }: Stores, input: { source: string; folder: string }): Promise<Round> {
  const worker = servicePid(env.SPROCKET_HOME, 'worker');
  const cpuBefore = toolCpuSeconds(worker);
  const { videoId, wallSeconds } = await processClip(env.SPROCKET_API_URL, input.source);
  const cpuSeconds = toolCpuSeconds(worker) - cpuBefore;
  const recorded = await recordedPlan(objects, { videoId, generation: 1 });
  if (!recorded) throw new Error('the plan of the video is gone');
  const { plan } = recorded;
  const plain = await plainRun({ ffmpeg: env.FFMPEG_PATH, packager: env.PACKAGER_PATH }, { plan, ...input });
  const tasks = await new TasksRepository(db).listForVideo(videoId, 1);
  // The audio step reads what the probe copied out, and the probe writes that copy: neither is source nor output.
  const readers = tasks.filter((task) => task.taskType === 'probe' || task.taskType === 'transcode');
  const writers = tasks.filter((task) => task.taskType !== 'probe');
  const sourceReads = total(readers.map((task) => task.bytesIn)) / plan.source.sizeBytes;
  const writes = total(writers.map((task) => task.bytesOut)) / (await folderBytes(objects, `${videoId}/`));
  const taskCpuSeconds: Record<string, number> = {};
  for (const { taskType, cpuMs } of tasks) taskCpuSeconds[taskType] = round3((taskCpuSeconds[taskType] ?? 0) + (cpuMs ?? 0) / 1000);
  return { cpuSeconds, taskCpuSeconds, wallSeconds, plain, sourceReads, writes };
}

interface Stores {
  objects: ObjectStore;
  db: Database;
}

function openStores(env: BenchEnvironment): Stores {
  const s3 = createS3Client({
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
  });
  const buckets = { originals: env.S3_BUCKET_ORIGINALS, segments: env.S3_BUCKET_SEGMENTS, transcoded: env.S3_BUCKET_TRANSCODED };
  return { objects: new ObjectStore(s3, buckets), db: createDatabase({ url: env.MYSQL_URL }) };
}

function total(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}

/** Size of everything published below a prefix. */
async function folderBytes(objects: ObjectStore, prefix: string): Promise<number> {
  return total([...(await objects.sizesBelow('transcoded', prefix)).values()]);
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
