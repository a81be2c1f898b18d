import { ApplicationFailure, condition } from '@temporalio/workflow';
import { isHardwareFamily } from '../../temporal/contract/media/hardware';
import type { TranscodeFamilyInput } from '../../temporal/contract/workflows';
import { bookkeeping } from '../step-activities';

/** Chunks end more often than this on a GPU that works. */
const QUIET_MS = 15_000;
/** Other work may keep the queue busy for long; looks get rarer, so that the history stays short. */
const LONGEST_QUIET_MS = 240_000;
/** A worker that is started anew is away for a moment. */
const EMPTY_LOOKS = 2;

export interface ChunkProgress {
  /** Chunks that have ended so far, and whether all have. */
  ended: () => number;
  isOver: () => boolean;
}

/**
 * Watches for the end of the last GPU worker: no time-out tells a queue without workers from a busy one. Asks only while no chunk
 * ends. Throws `GpuUnavailable`; resolves when all chunks are over.
 */
export async function watchGpu({ family, encoder }: TranscodeFamilyInput, { ended, isOver }: ChunkProgress): Promise<void> {
  if (!encoder || !isHardwareFamily(family)) return;
  let [quietMs, emptyLooks] = [QUIET_MS, 0];
  while (!isOver()) {
    const before = ended();
    if (await condition(() => isOver() || ended() !== before, quietMs)) {
      [quietMs, emptyLooks] = [QUIET_MS, 0];
      continue;
    }
    const { isServed } = await bookkeeping('ask for GPU workers').isGpuServed({ kind: encoder, family });
    emptyLooks = isServed ? 0 : emptyLooks + 1;
    if (emptyLooks === EMPTY_LOOKS) throw ApplicationFailure.nonRetryable('The last GPU worker is gone.', 'GpuUnavailable');
    quietMs = isServed ? Math.min(LONGEST_QUIET_MS, 2 * quietMs) : QUIET_MS;
  }
}
