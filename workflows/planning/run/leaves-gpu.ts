import type { PlannedEncoder } from '../../../temporal/contract/results';

/** What a GPU, its driver or its encoder may be to blame for; a CPU shows whether it is the source. */
const MAY_BE_THE_GPU = ['GpuUnavailable', 'EncodeFailed', 'EncoderMissing', 'OutOfMemory', 'OutputInvalid'];

/** Whether a family goes to the CPU after a failure that has ended its encoding. */
export function leavesGpu({ encoder, needsGpu }: PlannedEncoder, failureType: string): boolean {
  return encoder !== undefined && !needsGpu && MAY_BE_THE_GPU.includes(failureType);
}
