import type { MetricMeter } from '@temporalio/common';
import { diskSpace } from '../../../activities/scratch/scratch-room';

const LOOK_EVERY_MS = 15_000;

/** Follows the room on the disk of the scratch folder. Returns what ends that. */
export function followScratchDisk(meter: MetricMeter, folder: string): () => void {
  const free = meter.createGauge('sprocket_scratch_free_bytes', 'int', 'By', 'Free room on the disk of the scratch folder');
  const total = meter.createGauge('sprocket_scratch_total_bytes', 'int', 'By', 'Size of the disk of the scratch folder');
  const look = async () => {
    const space = await diskSpace(folder);
    free.set(space.freeBytes);
    total.set(space.totalBytes);
  };
  // The worker finds out by itself when its folder cannot be used.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS).unref();
  void look().catch(() => undefined);
  return () => clearInterval(timer);
}
