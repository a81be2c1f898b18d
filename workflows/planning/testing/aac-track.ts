import type { AudioPlan } from '../../../temporal/contract/media/plan';

/** A planned stereo track, as most titles have. */
export function aacTrack(change: Partial<AudioPlan> = {}): AudioPlan {
  return {
    family: 'aac',
    name: 'aac_128k',
    role: 'main',
    bitrateBps: 128_000,
    channels: 2,
    sampleRateHz: 48_000,
    language: null,
    sourceTrack: 0,
    ...change,
  };
}
