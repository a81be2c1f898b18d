import type { TsPieceReport } from '../../../temporal/contract/media/mpeg-ts';
import type { Fraction } from '../../../temporal/contract/media/plan';
import { tsSegmentName } from '../../../temporal/contract/object-keys';
import type { AudioPresentation, Presentation, VideoPresentation } from '../manifests/presentation';
import { pieceCount, pieceSpan, type SegmentSpan } from '../protection/pieces';

/** What is copied: pictures of every rung, and the sound that goes with all of them. */
export interface TsSource {
  frameRate: Fraction;
  /** H.264 alone, largest first. */
  video: readonly VideoPresentation[];
  /** Null for a silent title. */
  audio: AudioPresentation | null;
}

/** A rung in MPEG-TS: its segments have the frames and durations of the CMAF ones. */
export interface TsRendition {
  video: VideoPresentation;
  segments: { name: string; sizeBytes: number; durationTicks: number }[];
}

/** In MPEG-TS old players know H.264, and AAC of two channels at most. */
const MOST_CHANNELS = 2;

/**
 * What of a title goes into MPEG-TS: its H.264 renditions, and the first track, which is the default one, in AAC with two channels at
 * most. A segment has one sound, so other tracks are left out.
 */
export function tsSourceOf({ frameRate, video, audio }: Pick<Presentation, 'frameRate' | 'video' | 'audio'>): TsSource {
  const [first] = audio;
  const isOfDefault = (one: AudioPresentation) => one.audio.language === first?.audio.language && one.audio.role === first?.audio.role;
  const isPlayable = ({ audio: { family, channels } }: AudioPresentation) => family === 'aac' && channels <= MOST_CHANNELS;
  return {
    frameRate,
    video: video.filter(({ rendition }) => rendition.ref.family === 'h264'),
    audio: audio.find((one) => isPlayable(one) && isOfDefault(one)) ?? null,
  };
}

/** In how many pieces the segments are made; none for a title without H.264. */
export function tsPieceCount({ video }: Pick<TsSource, 'video'>): number {
  return video.length === 0 ? 0 : pieceCount(video.map(({ rendition }) => rendition));
}

/** The segments of a piece, of pictures and of sound. The last piece has the sound to its end, which may be in a segment of its own. */
export function tsPieceSpan(source: TsSource, pieceIndex: number): { video: SegmentSpan; audio: SegmentSpan; isLast: boolean } {
  const video = pieceSpan(
    source.video.map(({ rendition }) => rendition),
    pieceIndex,
  );
  const isLast = pieceIndex === tsPieceCount(source) - 1;
  const audioEnd = source.audio?.rendition.segments.length ?? 0;
  return { video, audio: { first: Math.min(video.first, audioEnd), end: isLast ? audioEnd : Math.min(video.end, audioEnd) }, isLast };
}

/** The renditions of all pieces, in order. Throws RangeError when a piece does not have the segments that it should. */
export function tsRenditions(source: TsSource, pieces: readonly TsPieceReport[]): TsRendition[] {
  return source.video.map((video) => {
    const { ref, segments } = video.rendition;
    const sizes = pieces.flatMap(({ renditions }) => renditions.find(({ name }) => name === ref.name)?.sizesBytes ?? []);
    if (sizes.length !== segments.length) throw new RangeError(`${ref.name} has ${sizes.length} of ${segments.length} segments`);
    return {
      video,
      segments: segments.map(({ durationTicks }, index) => ({
        name: tsSegmentName(index + 1),
        sizeBytes: sizes[index] ?? 0,
        durationTicks,
      })),
    };
  });
}
