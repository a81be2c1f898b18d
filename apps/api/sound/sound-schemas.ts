import { z } from 'zod';
import { AUDIO_CODECS, LOUDNESS_BOUNDS_LUFS, STEREO_BOUNDS_KBPS } from '../../../temporal/contract/media/sound';

/** Codecs of sound, each once. Safari has had Opus for some years only, and older televisions have none, so AAC is always there. */
export const audioCodecs = z
  .array(z.enum(AUDIO_CODECS))
  .refine((names) => names.includes('aac'), { error: 'has to name aac, which every player has' })
  .refine((names) => new Set(names).size === names.length, { error: 'names a codec twice' });

const { lowest, highest } = LOUDNESS_BOUNDS_LUFS;
const loudnessError = { error: `is off, or a number of LUFS from ${lowest} to ${highest}` };

/** A loudness in LUFS, or `off`. */
export const loudness = z.union([z.literal('off'), z.number().min(lowest, loudnessError).max(highest, loudnessError)], loudnessError);

export type LoudnessChoice = z.infer<typeof loudness>;

/** Bit rate of stereo in AAC, in kb/s. */
export const audioKbps = z.number().int().min(STEREO_BOUNDS_KBPS.lowest).max(STEREO_BOUNDS_KBPS.highest);
