import type { AudioFacts, AudioPlan, VideoRung } from '../../../temporal/contract/media/plan';
import type { RenditionRole } from '../../../temporal/contract/media/renditions';
import { AUDIO_CODECS, type SoundRequest } from '../../../temporal/contract/media/sound';
import { tracksInOrder } from '../source/sound/choose-sound';

interface Rates {
  /** Of the top rung: the first row that the picture reaches is taken. */
  shortSide: number;
  /** Stereo, and 5.1 in AAC. */
  aacBps: number;
  opusBps: number;
  surroundBps: number;
}

/** Bit rates by the short side of the top rung. Opus sounds alike at two thirds of the rate of AAC. */
const RATES: readonly [Rates, ...Rates[]] = [
  { shortSide: 1080, aacBps: 192_000, opusBps: 128_000, surroundBps: 384_000 },
  { shortSide: 480, aacBps: 128_000, opusBps: 96_000, surroundBps: 320_000 },
  { shortSide: 360, aacBps: 96_000, opusBps: 64_000, surroundBps: 256_000 },
  { shortSide: 0, aacBps: 64_000, opusBps: 48_000, surroundBps: 192_000 },
];

/** Rates that every player's AAC decoder and Media Source accept; others are resampled to 48 kHz, the one rate of Opus (RFC 7845 5.1). */
const KEPT_SAMPLE_RATES = [44_100, 48_000];
const USUAL_SAMPLE_RATE = 48_000;

const LOWEST_MONO_BPS = { aac: 64_000, opus: 48_000 } as const;

const SURROUND_CHANNELS = 6;
/** ffmpeg's names of layouts that hold 5.1. Quadraphonic and other ones lack a channel of it, and are mixed down alone. */
const SURROUND_LAYOUT = /^[567]\.1/;

interface AudioInput {
  audio: readonly AudioFacts[];
  topRung: VideoRung;
  /** Without it one track is made, as releases before did: in AAC, stereo at most, and as loud as it is. */
  sound?: SoundRequest | undefined;
}

/**
 * The audio renditions of a title, those of its default track first; none for a silent source. Every track becomes stereo in each codec, or mono
 * where it is mono, at half the bit rate but not below that of the least; and 5.1 in AAC besides where it holds that.
 */
export function planAudio({ audio, topRung, sound }: AudioInput): AudioPlan[] {
  const order = tracksInOrder(audio);
  const made = sound ? order : order.slice(0, 1);
  const rates = ratesOf(topRung, sound);
  const languages = made.map((track) => languageTag(audio[track]?.language ?? null));
  const plans = made.flatMap((sourceTrack, index) => {
    const track = audio[sourceTrack] as AudioFacts;
    const language = languages[index] ?? null;
    const isSpoken = languages.slice(0, index).includes(language);
    const role = sound ? (track.role ?? (isSpoken ? 'alternate' : 'main')) : 'main';
    return renditionsOf(track, { rates, sound }).map((one) => ({ ...one, role, language, sourceTrack, isDefault: index === 0 }));
  });
  return named(plans);
}

type Rendition = Pick<AudioPlan, 'family' | 'bitrateBps' | 'channels' | 'sampleRateHz' | 'loudnessLufs'>;

function renditionsOf(track: AudioFacts, { rates, sound }: { rates: Rates; sound: SoundRequest | undefined }): Rendition[] {
  const { codecs = ['aac'], loudnessLufs = null } = sound ?? {};
  const loudness = loudnessLufs === null ? {} : { loudnessLufs };
  const aacRateHz = KEPT_SAMPLE_RATES.includes(track.sampleRateHz) ? track.sampleRateHz : USUAL_SAMPLE_RATE;
  const isMono = track.channels === 1;
  const isSurround = sound !== undefined && track.channels >= SURROUND_CHANNELS && SURROUND_LAYOUT.test(track.layout ?? '');
  return AUDIO_CODECS.filter((family) => codecs.includes(family)).flatMap((family) => {
    const stereoBps = family === 'aac' ? rates.aacBps : rates.opusBps;
    const sampleRateHz = family === 'aac' ? aacRateHz : USUAL_SAMPLE_RATE;
    const bitrateBps = isMono ? Math.max(LOWEST_MONO_BPS[family], stereoBps / 2) : stereoBps;
    const wide = { family, bitrateBps: rates.surroundBps, channels: SURROUND_CHANNELS, sampleRateHz, ...loudness };
    const narrow = { family, bitrateBps, channels: isMono ? 1 : 2, sampleRateHz, ...loudness };
    return family === 'aac' && isSurround ? [narrow, wide] : [narrow];
  });
}

function ratesOf({ width, height }: VideoRung, sound: SoundRequest | undefined): Rates {
  const asked = sound?.stereoBps;
  const fits = ({ shortSide, aacBps }: Rates) => (asked === undefined ? Math.min(width, height) >= shortSide : asked >= aacBps);
  const row = RATES.find(fits) ?? RATES[0];
  return asked === undefined ? row : { ...row, aacBps: asked };
}

/** Names tell codec and rate, and language and role of tracks that are not the default one; they differ. */
function named(plans: readonly (Omit<AudioPlan, 'name'> & { isDefault: boolean })[]): AudioPlan[] {
  const taken = new Set<string>();
  return plans.map(({ isDefault, ...plan }) => {
    const parts = [plan.family, `${plan.bitrateBps / 1000}k`, ...(isDefault ? [] : [plan.language, roleInName(plan.role)])];
    const base = parts.filter((part) => part !== null).join('_');
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
    taken.add(name);
    return { ...plan, name };
  });
}

function roleInName(role: RenditionRole): string | null {
  return ['main', 'alternate'].includes(role) ? null : role;
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
