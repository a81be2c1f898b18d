/** Codecs of sound, in the order of manifests: every player decodes the first one. */
export const AUDIO_CODECS = ['aac', 'opus'] as const;

export type AudioCodec = (typeof AUDIO_CODECS)[number];

/** Loudness of programmes for the internet (AES TD1008), in LUFS. */
export const DEFAULT_LOUDNESS_LUFS = -16;

/** Bounds of what may be asked for, in LUFS: broadcasts have -24 to -23, and louder sound than the upper one is squeezed. */
export const LOUDNESS_BOUNDS_LUFS = { lowest: -31, highest: -10 } as const;

/** Bounds of the bit rate of stereo in AAC, in kb/s. */
export const STEREO_BOUNDS_KBPS = { lowest: 64, highest: 192 } as const;

/** How the sound of a video is made, as it was asked for. */
export interface SoundRequest {
  /** `aac` is always one of them. */
  codecs: readonly AudioCodec[];
  /** Loudness of every track in LUFS; null leaves the tracks as loud as they are. */
  loudnessLufs: number | null;
  /** Of stereo in AAC, from which other rates follow; by the size of the picture when it is left out. */
  stereoBps?: number;
}
