import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Runtime } from '@temporalio/worker';
import { parse } from 'yaml';
import { startApi, type RunningApi } from '../../apps/api/testing/running-api';
import { followScratchDisk } from '../../apps/worker/metrics/scratch-metrics';
import { HISTOGRAM_BUCKETS, TaskMetrics } from '../../apps/worker/metrics/task-metrics';
import { freePort } from '../machine/free-port';
import { startPrometheus, type ScrapingPrometheus } from './testing/scraping-prometheus';

const RULES = join(__dirname, 'prometheus', 'rules.yaml');
const GRAFANA = join(__dirname, 'grafana');

interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const rules = (
  parse(readFileSync(RULES, 'utf8')) as { groups: { rules: { record?: string; alert?: string; expr: string }[] }[] }
).groups.flatMap((group) => group.rules);
const queries = [
  ...rules.map(({ record, alert, expr }) => [`rule ${record ?? alert}`, expr] as const),
  ...readdirSync(GRAFANA).flatMap((file) =>
    (JSON.parse(readFileSync(join(GRAFANA, file), 'utf8')) as Dashboard).panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => [`${file}: ${title}`, expr] as const),
    ),
  ),
];

let api: RunningApi;
let prometheus: ScrapingPrometheus;
let stopFollowing: () => void;
let known: Set<string>;

beforeAll(async () => {
  const worker = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const exporter = { bindAddress: worker, histogramBucketOverrides: HISTOGRAM_BUCKETS };
  Runtime.install({ telemetryOptions: { metrics: { prometheus: exporter } } });
  const meter = Runtime.instance().metricMeter;
  stopFollowing = followScratchDisk(meter, __dirname);
  workOnce(new TaskMetrics(meter));
  api = await startApi();
  prometheus = await startPrometheus([new URL(api.url).host, worker], RULES);
  known = await untilScraped();
}, 60_000);

afterAll(async () => {
  stopFollowing();
  await prometheus.stop();
  await api.stop();
  await Runtime.instance().shutdown();
});

/** Metrics of a worker are there once something was measured. */
function workOnce(metrics: TaskMetrics): void {
  const details = { worker: 'w', host: 'h', failure: 'EncodeFailed' } as const;
  const end = {
    ref: { videoId: 'v', generation: 1, taskType: 'transcode', codec: 'h264' },
    ...{ attempt: 1, queue: 'transcode-cpu', workflowId: 'video-v', workerId: 'w', durationMs: 2_000 },
    ...{ cpuMs: 3_000, bytesIn: 10, bytesOut: 20, mediaMs: 8_000 },
  } as const;
  metrics.taskEnded({ ...end, outcome: 'completed' });
  metrics.taskEnded({ ...end, outcome: 'failed', failure: { type: 'EncodeFailed', details, error: null, willRetry: true } });
  const rendition = {
    folder: 'h264/720p',
    averageBps: 1,
    peakBps: 1,
    boundBps: 1,
    vmaf: { mean: 95, lowest: 90, frames: 5 },
    vmafBar: null,
  };
  metrics.deliveryEnded({ outcome: 'delivered', durationMs: 100 });
  metrics.qualityMeasured({ renditions: [rendition] });
}

/** Names of all metrics, those without a value yet included, once both programs were scraped. */
async function untilScraped(): Promise<Set<string>> {
  for (;;) {
    const types = await prometheus.ask('/api/v1/metadata').catch(() => ({}));
    const metadata = Object.entries(types as Record<string, { type: string }[]>);
    const names = metadata.flatMap(([name, [first]]) =>
      first?.type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    );
    if (names.includes('sprocket_queue_backlog') && names.includes('sprocket_scratch_free_bytes')) {
      return new Set([...names, ...rules.flatMap(({ record }) => (record ? [record] : []))]);
    }
    await sleep(200);
  }
}

/** Names of metrics in a query: neither labels, which stand in braces or behind `by` and `on`, nor functions. */
function metricsIn(expr: string): string[] {
  const text = expr.replace(/\{[^}]*\}/g, '').replace(/\b(?:by|on) \([^)]*\)/g, '');
  return [...text.matchAll(/\b(?:sprocket|process|temporal|nodejs)[\w:]*/g)].map(([name]) => name);
}

it.each(queries)('%s is a query of metrics that are there', async (_name, expr) => {
  await prometheus.ask(`/api/v1/query?query=${encodeURIComponent(expr)}`);
  const names = metricsIn(expr);
  expect(names).not.toEqual([]);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

it('tells a name that no program has, and a text that is no query', async () => {
  expect(metricsIn('sum by (queue) (sprocket_queue_backlogs{queue="a"})').filter((name) => !known.has(name))).toEqual([
    'sprocket_queue_backlogs',
  ]);
  await expect(prometheus.ask('/api/v1/query?query=sum((')).rejects.toThrow('parse error');
});

it('shows what a worker and the API measured', async () => {
  const valueOf = async (query: string) => {
    const { result } = (await prometheus.ask(`/api/v1/query?query=${encodeURIComponent(query)}`)) as {
      result: { value: [number, string] }[];
    };
    return Number(result[0]?.value[1]);
  };
  expect(await valueOf('sum(sprocket_task_cpu_milliseconds_total)')).toBe(6_000);
  // Tests beside this one may serve a queue of the namespace; a metric that is missing is no number.
  expect(await valueOf('sprocket_queue_pollers{queue="notify"}')).toBeGreaterThanOrEqual(0);
});
