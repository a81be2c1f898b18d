import type { PolicyName } from './policies';
import type { Queue } from './queues';
import type { Step } from './steps';

export interface PipelineStep {
  step: Step;
  /** Steps that must be over before this one starts. */
  after: readonly Step[];
  queue: Queue;
  policy: PolicyName;
  /** The failure of a required step fails the video; that of an optional one is a warning. */
  required: boolean;
}

/** The DAG. The runner, the progress view and everything downstream of a step are derived from this table. */
export const PIPELINE: readonly PipelineStep[] = [
  { step: 'probe', after: [], queue: 'probe', policy: 'probe', required: true },
  { step: 'split', after: ['probe'], queue: 'split', policy: 'split', required: true },
  { step: 'transcode', after: ['split'], queue: 'transcode-cpu', policy: 'transcode', required: true },
  { step: 'audio', after: ['split'], queue: 'audio', policy: 'audio', required: true },
  { step: 'thumbnails', after: ['transcode'], queue: 'thumbnail', policy: 'thumbnails', required: false },
  { step: 'package', after: ['transcode', 'audio'], queue: 'package', policy: 'package', required: true },
  { step: 'publish', after: ['package'], queue: 'package', policy: 'publish', required: true },
];

/** The row of `step`. Throws a RangeError for a step that the table does not have. */
export function pipelineStep(step: Step): PipelineStep {
  const row = PIPELINE.find((candidate) => candidate.step === step);
  if (!row) throw new RangeError(`the pipeline has no step ${step}`);
  return row;
}

/** `step` and every step that stands on it, directly or through others, in the order of the table. */
export function downstreamOf(table: readonly PipelineStep[], step: Step): Step[] {
  const found = new Set<Step>([step]);
  // Rows come after the rows they stand on, so one pass sees everything.
  for (const row of table) if (row.after.some((before) => found.has(before))) found.add(row.step);
  return table.map((row) => row.step).filter((one) => found.has(one));
}
