import type { VideoProgress } from '../../../packages/client/src/api-bodies';
import type { ProgressRow } from './progress-view';

/** Of videos and of codec families. */
const END_STATUSES: readonly string[] = ['ready', 'failed', 'cancelled', 'removed'];
const DONE_STATES = ['completed', 'skipped'];

type StepProgress = VideoProgress['pipeline_progress'][keyof VideoProgress['pipeline_progress']];

/** A row for each step, and one for each codec family that joins. */
export function videoRows({ pipeline_progress: steps, families }: Pick<VideoProgress, 'pipeline_progress' | 'families'>): ProgressRow[] {
  return [
    ...Object.entries(steps).map(([step, value]) => stepRow(step, value)),
    ...Object.entries(families).map(([name, { state, percent }]) => ({ name, state, percent })),
  ];
}

/** Whether nothing more happens by itself. A ready video may have families on their way. */
export function isOver({ status, families }: Pick<VideoProgress, 'status' | 'families'>): boolean {
  if (!END_STATUSES.includes(status)) return false;
  return status !== 'ready' || Object.values(families).every(({ state }) => END_STATUSES.includes(state));
}

/** ` at step probe: The file is damaged.`, or nothing where the video did not fail. */
export function failureSentence({ failed_step: step, error }: Pick<VideoProgress, 'failed_step' | 'error'>): string {
  return `${step ? ` at step ${step}` : ''}${error ? `: ${error.message}` : ''}`;
}

function stepRow(name: string, value: StepProgress): ProgressRow {
  if (typeof value === 'string') return { name, state: value, percent: DONE_STATES.includes(value) ? 100 : 0 };
  return { name, state: value.state, percent: value.percent };
}
