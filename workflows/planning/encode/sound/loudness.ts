/** How loud a track is as a whole (ITU-R BS.1770). */
export interface Loudness {
  /** Null for silence, and for what is as good as silent. */
  integratedLufs: number | null;
  truePeakDbtp: number;
}

/** How a track is brought to a loudness. */
export interface SoundGain {
  gainDb: number;
  /** True peaks above it are pressed down to it; none are expected when it is left out. */
  ceilingDbtp?: number;
}

/** The absolute gate of BS.1770: below it is no programme, and a gain would lift noise alone. */
const SILENT_LUFS = -70;

/** Players and lossy codecs overshoot, so no peak is to come nearer to full scale (EBU R 128). */
const HIGHEST_PEAK_DBTP = -1;
/** What the codec is given: it adds up to half a decibel to most sound. */
const CEILING_DBTP = -1.5;
/** The limiter takes none that is lower. */
const LOWEST_CEILING_DBTP = -20;
/** Other peaks come out higher once the highest ones are lower. */
const MARGIN_DB = 0.5;
const OFF_LU = 0.5;
/** Times that loudness and peaks are mended, and times that peaks alone are, after those. */
const [LOUDNESS_CORRECTIONS, PEAK_CORRECTIONS] = [2, 3];

/** Peaks are written with three digits behind the point. */
const PEAK_ROUNDING = 0.0005;

/** Names of the files that hold the measures of a mix with so many channels. */
export function loudnessFiles(channels: number): { integrated: string; truePeak: string } {
  return { integrated: `loudness_${channels}.txt`, truePeak: `true-peak_${channels}.txt` };
}

/** Filters that measure what passes them into {@link loudnessFiles} of the working folder. */
export function loudnessFilters(channels: number): string[] {
  const { integrated, truePeak } = loudnessFiles(channels);
  const print = (key: string, file: string) => `ametadata=mode=print:key=lavfi.r128.${key}:file=${file}`;
  return ['ebur128=peak=true:metadata=1:framelog=quiet', print('I', integrated), print('true_peak', truePeak)];
}

/** Reads {@link loudnessFiles}: the last of the values that stand there. A track that is too short to be measured counts as silent. */
export function parseLoudness({ integrated, truePeak }: { integrated: string; truePeak: string }): Loudness {
  const integratedLufs = lastOf(integrated, 'I') ?? -Infinity;
  const peak = lastOf(truePeak, 'true_peak') ?? 0;
  return {
    integratedLufs: integratedLufs > SILENT_LUFS ? integratedLufs : null,
    truePeakDbtp: 20 * Math.log10(peak + PEAK_ROUNDING),
  };
}

function lastOf(text: string, key: string): number | null {
  const name = `lavfi.r128.${key}=`;
  const at = text.lastIndexOf(name);
  const value = at < 0 ? NaN : Number.parseFloat(text.slice(at + name.length));
  return Number.isFinite(value) ? value : null;
}

/** The gain that brings a track to its loudness; null for a silent one, which stays as it is. */
export function gainFor({ integratedLufs, truePeakDbtp }: Loudness, targetLufs: number): SoundGain | null {
  if (integratedLufs === null) return null;
  const gainDb = targetLufs - integratedLufs;
  return truePeakDbtp + gainDb <= CEILING_DBTP ? { gainDb } : { gainDb, ceilingDbtp: CEILING_DBTP };
}

/**
 * A better gain for a rendition that came out as `heard` with the gain before: limited sound is quieter than the gain says, and codecs
 * overshoot at sharp edges. After some `corrections` peaks alone are mended, by less of everything: limited harder, sound that is all peak would
 * overshoot again. Null where it is right, and for more corrections than are made.
 */
export function correctedGain(
  { gainDb, ceilingDbtp = CEILING_DBTP }: SoundGain,
  { heard, targetLufs, corrections }: { heard: Loudness; targetLufs: number; corrections: number },
): SoundGain | null {
  if (heard.integratedLufs === null || corrections >= LOUDNESS_CORRECTIONS + PEAK_CORRECTIONS) return null;
  const missingLu = targetLufs - heard.integratedLufs;
  const overshootDb = heard.truePeakDbtp - HIGHEST_PEAK_DBTP;
  const lowerDb = overshootDb > 0 ? overshootDb + MARGIN_DB : 0;
  const isOff = Math.abs(missingLu) > OFF_LU;
  const ceiling = Math.max(LOWEST_CEILING_DBTP, Math.min(CEILING_DBTP, ceilingDbtp - lowerDb));
  if (corrections >= LOUDNESS_CORRECTIONS) return overshootDb > 0 ? { gainDb: gainDb - lowerDb, ceilingDbtp: ceiling } : null;
  return isOff || overshootDb > 0 ? { gainDb: gainDb + (isOff ? missingLu : 0), ceilingDbtp: ceiling } : null;
}

/** Filters of a gain. The limiter sees four times the samples, so that it sees the peaks between those that are written, and delays nothing. */
export function gainFilters({ gainDb, ceilingDbtp }: SoundGain, sampleRateHz: number): string[] {
  const volume = `volume=${gainDb.toFixed(2)}dB`;
  if (ceilingDbtp === undefined) return [volume];
  const limit = (10 ** (ceilingDbtp / 20)).toFixed(4);
  return [
    volume,
    `aresample=${4 * sampleRateHz}`,
    `alimiter=limit=${limit}:attack=5:release=50:level=false:latency=true`,
    `aresample=${sampleRateHz}`,
  ];
}
