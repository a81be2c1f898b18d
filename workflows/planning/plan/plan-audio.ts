import type { AudioFacts, AudioPlan, VideoRung } from '../../../temporal/contract/media/plan';
import { chooseSound } from '../source/sound/choose-sound';

/** AAC bit rate by the short side of the top rung; the first row that the rung reaches. */
const BITRATES: readonly { shortSide: number; bitrateBps: number }[] = [
  { shortSide: 1080, bitrateBps: 192_000 },
  { shortSide: 480, bitrateBps: 128_000 },
  { shortSide: 360, bitrateBps: 96_000 },
  { shortSide: 0, bitrateBps: 64_000 },
];

/** Rates that every player's AAC decoder and Media Source accept; others are resampled to 48 kHz. */
const KEPT_SAMPLE_RATES = [44_100, 48_000];

/**
 * One AAC rendition of the track that {@link chooseSound} names, or none for a silent source. Mono stays mono at half the bit rate but
 * not below 64 kb/s, more than two channels are downmixed to stereo.
 */
export function planAudio({ audio, topRung }: { audio: readonly AudioFacts[]; topRung: VideoRung }): AudioPlan[] {
  const sourceTrack = chooseSound(audio);
  const track = sourceTrack === null ? undefined : audio[sourceTrack];
  if (sourceTrack === null || track === undefined) return [];
  const channels = track.channels === 1 ? 1 : 2;
  const bitrateBps = bitrateOf(Math.min(topRung.width, topRung.height), channels);
  const plan: AudioPlan = {
    family: 'aac',
    name: `aac_${bitrateBps / 1000}k`,
    role: 'main',
    bitrateBps,
    channels,
    sampleRateHz: KEPT_SAMPLE_RATES.includes(track.sampleRateHz) ? track.sampleRateHz : 48_000,
    language: languageTag(track.language),
    sourceTrack,
  };
  return [plan];
}

function bitrateOf(shortSide: number, channels: number): number {
  const stereoBps = BITRATES.find((row) => shortSide >= row.shortSide)?.bitrateBps ?? 64_000;
  return channels === 1 ? Math.max(64_000, stereoBps / 2) : stereoBps;
}

/** The shortest BCP 47 tag for a container's ISO 639-2 code (`eng` is `en`), or null when it is none. */
function languageTag(language: string | null): string | null {
  if (language === null || language === 'und') return null;
  try {
    return Intl.getCanonicalLocales(language)[0] ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
