import type { AudioPlan, Plan } from '../../../temporal/contract/media/plan';

/** The first release knew one audio rendition, in AAC, or none. Its workers may read a plan during an upgrade, and read that one. */
type FirstAudio = Omit<AudioPlan, 'family' | 'role'> | null;

/** The stored form of a plan: `audio` is the first rendition, `audioTracks` are all of them. */
export type RecordedPlan = Omit<Plan, 'audio'> & { audio: FirstAudio; audioTracks?: Plan['audio'] };

/** The plan from its stored form, whatever release wrote it. */
export function planOf({ audio, audioTracks, ...plan }: RecordedPlan): Plan {
  return { ...plan, audio: audioTracks ?? (audio === null ? [] : [{ ...audio, family: 'aac', role: 'main' }]) };
}

/** The stored form of a plan, which every release reads. */
export function recordedPlanOf({ audio, ...plan }: Plan): RecordedPlan {
  return { ...plan, audio: audio[0] ?? null, audioTracks: audio };
}
