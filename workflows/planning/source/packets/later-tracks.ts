import type { SourceWarning } from '../../../../temporal/contract/media/warnings';

/**
 * Whether ffmpeg says that a demuxer has met picture or sound in a track behind the header, which is not copied. It tells a track only when the
 * number of the track is higher than all that it told before, so one line may stand for several tracks.
 */
export function tellsOfLaterTrack(line: string): boolean {
  return /\] New (?:video|audio) stream .*\bat pos:/.test(line);
}

/** What users are told where recordings were joined whose tracks have other identifiers (ISO/IEC 13818-1 2.4.4.8, elementary_PID). */
export const LATER_TRACKS: SourceWarning = {
  code: 'TrackLeftOut',
  message: 'Tracks that begin in the middle of the file are left out; recordings may have been joined there.',
};
