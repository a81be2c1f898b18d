import type { Plan } from '../../../temporal/contract/media/plan';
import { FIRST_WALK } from '../../../temporal/contract/pipeline';
import type { Step } from '../../../temporal/contract/steps';
import { copiedText, hasCaptions } from '../text/source-text';

/** Steps for what the source of a plan does not have. */
export function needlessSteps(plan: Pick<Plan, 'audio' | 'source' | 'walk'>): Step[] {
  const { audio, walk = FIRST_WALK } = plan;
  // A walk without speech to text has no such step to skip.
  const soundSteps = (['audio', 'speech'] as const).filter((step) => step === 'audio' || walk.some((row) => row.step === step));
  return [...(audio.length > 0 ? [] : soundSteps), ...(copiedText(plan).length > 0 || hasCaptions(plan) ? [] : (['subtitles'] as const))];
}
