import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { createDatabase, type Database } from '../../infra/database/database';
import { benchEnvironment } from '../measure/bench-environment';
import { ownCpuSeconds, servicePid } from '../measure/process-usage';
import type { LoadReport } from './steady-load';
import { report, round3 } from '../measure/report';

const ROWS = 100_000;
const ROWS_PER_INSERT = 1_000;
const REQUESTS_PER_SECOND = 200;
const SECONDS = 20;
const WARM_UP_SECONDS = 5;
/** What a row of a finished video holds beside its short columns. */
const SOURCE_FACTS_CHARS = 1_500;
const MINUTE_MS = 60_000;

/** Latency of lists and of the status with many videos, at a steady rate of requests from another process. */
async function main(rows: number): Promise<void> {
  const { MYSQL_URL, SPROCKET_API_URL, SPROCKET_HOME } = benchEnvironment(process.env);
  const db = createDatabase({ url: MYSQL_URL });
  try {
    const middle = await fill(db, rows);
    const list = `${SPROCKET_API_URL}/api/v1/videos`;
    const addresses = {
      status: `${list}/${middle}/status`,
      list,
      'page in the middle': `${list}?cursor=${middle}`,
      'by status': `${list}?status=failed`,
      'by creator and status': `${list}?creator_id=creator-7&status=ready`,
      'by preset': `${list}?preset=rare`,
      'by metadata': `${list}?metadata.campaign=campaign-7`,
      'by a range of dates': `${list}?created_from=${at(rows / 2)}&created_before=${at(rows / 2 + 1000)}`,
      'by a title that is there': `${list}?title=number%2077`,
      'by a title that is nowhere': `${list}?title=absent`,
    };
    const measured: Record<string, unknown> = {};
    for (const [name, address] of Object.entries(addresses)) measured[name] = await measure(address, servicePid(SPROCKET_HOME, 'api'));
    report({ benchmark: 'api', rows, requests_per_second: REQUESTS_PER_SECOND, measured });
  } finally {
    await db.destroy();
  }
}

const START_MS = Date.parse('2026-01-01T00:00:00Z');

/** One video a minute. */
function at(index: number): string {
  return new Date(START_MS + index * MINUTE_MS).toISOString();
}

/** Resolves to the id of the video in the middle. */
async function fill(db: Database, rows: number): Promise<string> {
  const ids = Array.from({ length: rows }, (_, index) => ulid(START_MS + index * MINUTE_MS));
  for (let first = 0; first < rows; first += ROWS_PER_INSERT) {
    const page = ids.slice(first, first + ROWS_PER_INSERT).map((videoId, offset) => ({ videoId, index: first + offset }));
    await db.insertInto('videos').values(page.map(videoRow)).execute();
    const pairs = page.map(({ videoId, index }) => ({ videoId, name: 'campaign', value: Buffer.from(`campaign-${index % 1000}`) }));
    await db.insertInto('videoMetadata').values(pairs).execute();
  }
  return ids[Math.floor(rows / 2)] ?? '';
}

function videoRow({ videoId, index }: { videoId: string; index: number }) {
  const createdAt = new Date(START_MS + index * MINUTE_MS);
  return {
    ...{ videoId, creatorId: `creator-${index % 100}`, title: `Film number ${index}`, filename: 'film.mp4', contentType: 'video/mp4' },
    ...{ originalS3Key: `${videoId}/original.mp4`, fileSizeBytes: 1_000_000, createdAt, updatedAt: createdAt },
    status: index % 500 === 0 ? ('failed' as const) : ('ready' as const),
    preset: index % 1000 === 0 ? 'rare' : 'standard',
    ...{ priority: 'normal' as const, playback: 'public' as const, codecs: '["h264"]', encoding: '{"isStrict":false,"families":{}}' },
    ...{ warnings: '[]', skippedSteps: '[]', metadata: JSON.stringify({ campaign: `campaign-${index % 1000}` }) },
    sourceFacts: JSON.stringify({ video: { frameRate: { num: 25, den: 1 }, frameCount: 1500 }, rest: 'x'.repeat(SOURCE_FACTS_CHARS) }),
  };
}

async function measure(address: string, apiPid: number) {
  await fire(address, WARM_UP_SECONDS);
  const cpuBefore = ownCpuSeconds(apiPid);
  const { latenciesMs, failed } = await fire(address, SECONDS);
  const cpuSeconds = ownCpuSeconds(apiPid) - cpuBefore;
  await sleep(1_000);
  return {
    ...{ p50_ms: quantile(latenciesMs, 0.5), p99_ms: quantile(latenciesMs, 0.99), max_ms: quantile(latenciesMs, 1) },
    failed,
    api_cpu_ms_per_request: round3((cpuSeconds * 1000) / latenciesMs.length),
  };
}

/** From a process of its own, whose pauses are not those of this one. */
async function fire(address: string, seconds: number): Promise<LoadReport> {
  const args = [join(__dirname, 'steady-load.js'), address, String(REQUESTS_PER_SECOND), String(seconds)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [result] = await Promise.all([json(child.stdout), once(child, 'close')]);
  return result as LoadReport;
}

/** Nearest rank of values in ascending order, to a tenth. */
function quantile(sorted: readonly number[], share: number): number {
  return Math.round(10 * (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN)) / 10;
}

void main(Number(process.argv[2] ?? ROWS));
