import type { TextKind, TextOrigin } from '../../../temporal/contract/media/text-tracks';

/** `video_subtitles`: text tracks of videos. Those that were removed keep their rows, so that a retry does not bring them back. */
export interface VideoSubtitlesTable {
  subtitleId: string;
  videoId: string;
  origin: TextOrigin;
  /** Of the source; null for an uploaded one, which belongs to the video. */
  generation: number | null;
  /** Index of the stream in the container, that of the picture for captions inside it; null for an uploaded one. */
  sourceTrack: number | null;
  /** BCP 47 tag. */
  language: string;
  label: string;
  kind: TextKind;
  cueCount: number;
  createdAt: Date;
  removedAt: Date | null;
}
