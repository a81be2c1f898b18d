import type { ProbedContainer, ProbedStream } from '../probed-container';
import type { DecodedSound } from './trial-decode';

/**
 * Audio streams that belong to the picture, in container order. In a multiplex of several programmes (ISO/IEC 13818-1 2.4.4) the
 * sound of another one is none of this title's.
 */
export function soundOfProgramme({ programs = [], streams }: ProbedContainer, picture: Pick<ProbedStream, 'index'>): ProbedStream[] {
  const programmesOf = (index: number) => programs.filter((one) => one.streams.some((stream) => stream.index === index));
  const own = programmesOf(picture.index);
  return streams.filter(({ codec_type, index }) => {
    if (codec_type !== 'audio') return false;
    const its = programmesOf(index);
    return own.length === 0 || its.length === 0 || its.some((programme) => own.includes(programme));
  });
}

/** The container with these audio streams only, which are described as their decoder describes them. */
export function withSound(probe: ProbedContainer, sounds: readonly ProbedStream[]): ProbedContainer {
  const kept = (index: number) => sounds.find((sound) => sound.index === index);
  return {
    ...probe,
    streams: probe.streams.flatMap((stream) => (stream.codec_type === 'audio' ? (kept(stream.index) ?? []) : stream)),
  };
}

/** A stream with what its decoder says of it, which is right where the container is wrong or does not say. */
export function asDecoded(stream: ProbedStream, { sampleRateHz, layout, channels }: DecodedSound, fold: string | null): ProbedStream {
  const described = { ...stream, codec_name: stream.codec_name ?? 'unknown', sample_rate: String(sampleRateHz) };
  if (fold) return { ...described, channel_layout: 'stereo', channels: 2, fold };
  return { ...described, channel_layout: layout, channels };
}

/** The audio streams of a copy, in the same order as those they were copied from, with the flags and names of these. */
export function soundOfCopy(copy: ProbedContainer, originals: readonly ProbedStream[]): ProbedStream[] {
  const copies = copy.streams.filter(({ codec_type }) => codec_type === 'audio');
  return copies.flatMap((stream, track) => {
    const original = originals[track];
    return original ? { ...stream, disposition: original.disposition, tags: original.tags } : [];
  });
}
