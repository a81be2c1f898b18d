import type { ToolLimits } from '../../infra/machine/limited-command';
import { GIB, HOUR_MS, MINUTE_MS } from '../../temporal/contract/units';

/**
 * Bounds on every tool that reads what users send. The largest picture that is accepted takes 3 GB to encode in a whole
 * ladder, and more on machines with many cores. The step's own time-out is the one that is usually felt.
 */
export const MEDIA_TOOL_LIMITS: ToolLimits = {
  wallMs: 2 * HOUR_MS,
  cpuSeconds: 16 * 3600,
  memoryBytes: 16 * GIB,
  fileBytes: 300 * GIB,
};

/**
 * Of most chunks of a title: beside a tool of the usual niceness they get a quarter of the processor. What viewers wait for goes first on the same
 * machine: sound, the first chunk and chunks that are wished for.
 */
export const BULK_NICENESS = 10;

/** Reading a header takes seconds; minutes mean a file made to stall. */
export const HEADER_LIMITS: ToolLimits = { wallMs: 2 * MINUTE_MS, cpuSeconds: 120, memoryBytes: 8 * GIB, fileBytes: GIB };
