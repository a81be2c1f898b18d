/** Names of files in the scratch folder of the step. */
export const SOUND_FILES = { rendition: 'rendition.mp4', whole: 'sound.wav', silences: 'silences.txt', piece: 'piece.wav' } as const;

/** What models of speech are trained with, and engines expect: one channel, 16 bits. */
const SAMPLE_RATE_HZ = 16_000;
export const SOUND_BYTES_PER_SECOND = 2 * SAMPLE_RATE_HZ;

/** A pause of a speaker: quieter than speech by far, and as long as one between sentences. */
const SILENCE_DB = -40;
const SILENCE_SECONDS = 0.4;

const QUIETLY = ['-hide_banner', '-nostdin', '-nostats', '-v', 'error', '-y'];
const AS_WAV = ['-c:a', 'pcm_s16le', '-f', 'wav'];

/** ffmpeg arguments that decode a whole rendition of sound for an engine, and write down where it is silent. */
export function decodeSoundArgs(): string[] {
  const filters = [
    `aresample=${SAMPLE_RATE_HZ}`,
    'aformat=sample_fmts=s16:channel_layouts=mono',
    `silencedetect=noise=${SILENCE_DB}dB:duration=${SILENCE_SECONDS}`,
    `ametadata=mode=print:file=${SOUND_FILES.silences}`,
  ];
  return [...QUIETLY, '-i', SOUND_FILES.rendition, '-map', '0:a:0', '-af', filters.join(','), ...AS_WAV, SOUND_FILES.whole];
}

/** ffmpeg arguments that cut a piece out of the decoded sound. */
export function cutSoundArgs({ startMs, endMs }: { startMs: number; endMs: number }): string[] {
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  return [...QUIETLY, '-ss', seconds(startMs), '-t', seconds(endMs - startMs), '-i', SOUND_FILES.whole, ...AS_WAV, SOUND_FILES.piece];
}
