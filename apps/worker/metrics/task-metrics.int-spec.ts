import { Runtime } from '@temporalio/worker';
import { freePort } from '../../../infra/machine/free-port';
import type { TaskEnd } from '../../../activities/task/task-end';
import { HISTOGRAM_BUCKETS, TaskMetrics } from './task-metrics';

const END: TaskEnd = {
  ref: { videoId: 'v', generation: 1, taskType: 'transcode', codec: 'h264', segmentIndex: 0 },
  ...{ outcome: 'completed', attempt: 2, queue: 'transcode-cpu', workflowId: 'video-v', workerId: 'w', durationMs: 2_000 },
  ...{ cpuMs: 3_000.4, bytesIn: 10, bytesOut: 20, mediaMs: 8_000 },
};

it('serves what tasks did, by step and family, and never by video', async () => {
  const port = await freePort('127.0.0.1');
  const prometheus = { bindAddress: `127.0.0.1:${port}`, histogramBucketOverrides: HISTOGRAM_BUCKETS };
  Runtime.install({ telemetryOptions: { metrics: { prometheus } } });
  const metrics = new TaskMetrics(Runtime.instance().metricMeter);
  metrics.taskEnded(END);
  const details = { worker: 'w', host: 'h', failure: 'EncodeFailed' } as const;
  metrics.taskEnded({ ...END, outcome: 'failed', mediaMs: 0, failure: { type: 'EncodeFailed', details, error: null, willRetry: true } });
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const has = (name: string, labels: string, value: number) =>
    new RegExp(`^${name}\\{(?=[^}]*${labels})[^}]*\\} ${value}$`, 'm').test(text);
  expect(has('sprocket_task_cpu_milliseconds_total', 'step="transcode"', 6_000)).toBe(true);
  expect(has('sprocket_task_failures_total', 'failure_type="EncodeFailed"', 1)).toBe(true);
  expect(has('sprocket_task_attempts_sum', 'family="h264"', 2)).toBe(true);
  expect(has('sprocket_encode_speed_ratio_bucket', 'le="4"', 1)).toBe(true);
  expect(has('sprocket_encode_speed_ratio_bucket', 'le="2"', 0)).toBe(true);
  expect(text).not.toMatch(/video_id|video-v/);
  await Runtime.instance().shutdown();
});
