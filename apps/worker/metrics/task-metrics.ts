import type { MetricCounter, MetricHistogram, MetricMeter } from '@temporalio/common';
import type { TaskEnd } from '../../../activities/task/task-end';
import type { DeliveryEnd } from '../../../activities/notify/notify-dependencies';
import type { QualityReport } from '../../../temporal/contract/media/reports';

/** Upper bounds of the buckets of every histogram of a worker. */
export const HISTOGRAM_BUCKETS: Record<string, number[]> = {
  sprocket_task_duration_seconds: [0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200],
  sprocket_task_attempts: [1, 2, 3, 5, 10, 30],
  sprocket_encode_speed_ratio: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
  sprocket_vmaf_mean: [60, 70, 80, 85, 90, 93, 95, 97, 99],
  sprocket_webhook_duration_seconds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  sprocket_vmaf_lowest: [40, 60, 70, 80, 85, 90, 93, 95, 97],
};

/** What the tasks of this worker do, as metrics beside those of Temporal's SDK. Labels are steps, codec families and failure types. */
export class TaskMetrics {
  private readonly seconds: MetricHistogram;
  private readonly attempts: MetricHistogram;
  private readonly failures: MetricCounter;
  private readonly cpuMs: MetricCounter;
  private readonly bytesIn: MetricCounter;
  private readonly bytesOut: MetricCounter;
  private readonly encodeSpeed: MetricHistogram;
  private readonly vmafMean: MetricHistogram;
  private readonly vmafLowest: MetricHistogram;
  private readonly webhooks: MetricCounter;
  private readonly webhookSeconds: MetricHistogram;

  constructor(meter: MetricMeter) {
    const histogram = (name: string, unit: string, help: string) => meter.createHistogram(name, 'float', unit, help);
    this.seconds = histogram('sprocket_task_duration_seconds', 's', 'How long attempts of tasks took');
    this.attempts = meter.createHistogram('sprocket_task_attempts', 'int', '1', 'Attempts that completed tasks had taken');
    this.failures = meter.createCounter('sprocket_task_failures_total', '1', 'Failed attempts of tasks');
    this.cpuMs = meter.createCounter('sprocket_task_cpu_milliseconds_total', 'ms', 'CPU time of media tools, user and system');
    this.bytesIn = meter.createCounter('sprocket_task_bytes_in_total', 'By', 'Bytes of media that tasks have read');
    this.bytesOut = meter.createCounter('sprocket_task_bytes_out_total', 'By', 'Bytes that tasks have stored');
    this.encodeSpeed = histogram('sprocket_encode_speed_ratio', '1', 'Length of a chunk divided by the time that its whole ladder took');
    this.vmafMean = histogram('sprocket_vmaf_mean', '1', 'Mean VMAF of the sampled frames of finished renditions');
    this.vmafLowest = histogram('sprocket_vmaf_lowest', '1', 'Lowest VMAF of the sampled frames of finished renditions');
    this.webhooks = meter.createCounter('sprocket_webhook_attempts_total', '1', 'Requests to webhooks by outcome');
    this.webhookSeconds = histogram('sprocket_webhook_duration_seconds', 's', 'How long webhooks took to answer');
  }

  taskEnded({ ref, outcome, failure, attempt, durationMs, ...use }: TaskEnd): void {
    const family = ref.codec ?? 'none';
    const labels = { step: ref.taskType, family };
    this.seconds.record(durationMs / 1000, { ...labels, outcome });
    this.cpuMs.add(Math.round(use.cpuMs), labels);
    this.bytesIn.add(use.bytesIn, labels);
    this.bytesOut.add(use.bytesOut, labels);
    if (outcome === 'completed') this.attempts.record(attempt, labels);
    if (failure) this.failures.add(1, { ...labels, failure_type: failure.type });
    if (use.mediaMs > 0 && durationMs > 0) this.encodeSpeed.record(use.mediaMs / durationMs, { family });
  }

  deliveryEnded({ outcome, durationMs }: DeliveryEnd): void {
    this.webhooks.add(1, { outcome });
    this.webhookSeconds.record(durationMs / 1000, { outcome });
  }

  qualityMeasured({ renditions }: Pick<QualityReport, 'renditions'>): void {
    for (const { folder, vmaf } of renditions) {
      const [family = 'none'] = folder.split('/');
      if (!vmaf) continue;
      this.vmafMean.record(vmaf.mean, { family });
      this.vmafLowest.record(vmaf.lowest, { family });
    }
  }
}
