import type { AudioPlan, Plan } from '../../../temporal/contract/plan';

/** Plans from before titles had a list of audio renditions: one in AAC, or null. */
type OneAudio = Omit<AudioPlan, 'family' | 'role'> | null;

export type RecordedPlan = Omit<Plan, 'audio'> & { audio: Plan['audio'] | OneAudio };

/** The plan as the store has it, whatever code wrote it. */
export function planOf(recorded: RecordedPlan): Plan {
  const { audio } = recorded;
  if (Array.isArray(audio)) return { ...recorded, audio };
  return { ...recorded, audio: audio === null ? [] : [{ ...audio, family: 'aac', role: 'main' }] };
}
