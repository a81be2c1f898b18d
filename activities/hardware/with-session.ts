import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../temporal/contract/failures';
import { hardwareFault } from '../../workflows/planning/families/hardware/hardware-fault';
import { ToolError } from '../media-tools/run-tool';

/** About a minute in all: the sessions that are missing are held by other chunks, which end. */
const SESSION_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/**
 * Runs an encode on a GPU, again after a while when all of its sessions are taken. Throws `GpuUnavailable` when the GPU is to blame for the
 * end, and any other error as it is.
 */
export async function withSession<T>(signal: AbortSignal, encode: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await encode();
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      const fault = hardwareFault(error.stderrTail);
      if (fault.isUnknown) throw error;
      const waitMs = fault.isBusy ? SESSION_WAITS_MS[tries] : undefined;
      if (waitMs === undefined) throw new Failure('GpuUnavailable', fault.reason, { cause: error });
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
    }
  }
}
