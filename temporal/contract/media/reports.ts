import type { CodecFamily } from './families';
import type { RenditionRef } from './renditions';

/** One published media segment. Durations are in ticks of the rendition's timescale. */
export interface SegmentReport {
  /** Object name without folder, such as `segment_00001.m4s`. */
  name: string;
  sizeBytes: number;
  /** Sample count and duration of the track fragment. */
  sampleCount: number;
  durationTicks: number;
  /** Decode time of the first sample on the title's timeline. */
  startTicks: number;
  /** From there to the earliest presentation time, the same in all segments of a rendition. */
  reorderTicks: number;
  /** The one step between all presentation times of the segment; null when they differ. */
  stepTicks: number | null;
  /** Byte range of moof and first sync sample, for I-frame playlists; null without a sync sample. */
  keyFrame: { offset: number; sizeBytes: number } | null;
}

/** The output of one task in one rendition: the whole track for audio, one chunk for video. */
export interface RenditionReport {
  ref: RenditionRef;
  timescale: number;
  /** RFC 6381 codec string. */
  codec: string;
  initName: string;
  initSizeBytes: number;
  /** Hash of the init segment without its creation times and duration; equal over all chunks. */
  initSha256: string;
  segments: SegmentReport[];
}

/** The tools that made a chunk, in their own words. */
export interface ToolVersions {
  ffmpeg: string;
  packager: string;
  encoder: string;
}

/**
 * Written last by a transcode task: its presence proves that every object it names is stored. It holds nothing that differs
 * between two runs of the same chunk.
 */
export interface ChunkReport {
  formatVersion: 1;
  planSha256: string;
  family: CodecFamily;
  chunkIndex: number;
  startFrame: number;
  endFrame: number;
  /** Absent in reports of the first release. */
  madeWith?: ToolVersions;
  renditions: RenditionReport[];
}

export interface AudioReport {
  formatVersion: 1;
  planSha256: string;
  /** In the order of the plan. */
  renditions: RenditionReport[];
  /** Tracks of the source whose planned renditions could not be made; none when it is left out. */
  leftOut?: number[];
}

export interface RenditionQuality {
  /** Below the generation, such as `h264/720p`. */
  folder: string;
  averageBps: number;
  peakBps: number;
  /** Cap of the plan. */
  boundBps: number;
  /** Of the judged frames; null when none was. */
  vmaf: { mean: number; lowest: number; frames: number } | null;
  /** Wanted mean; null where no bar applies. */
  vmafBar: number | null;
}

/** The part of a quality report that the video's row holds. */
export interface QualitySummary {
  /** Lowest mean of any judged rendition; null when none was judged. */
  worstVmaf: number | null;
  problemCount: number;
}

/** Measured before publishing, and kept beside the streams for as long as they are. */
export interface QualityReport {
  formatVersion: 1;
  durationMs: number;
  sourceDurationMs: number;
  /** Start of the audio after the start of the picture, of the track that is furthest off; null for a silent title. */
  audioOffsetMs: number | null;
  /** Frames of the source that no slot of the grid shows; absent where the facts do not say. */
  droppedFrames?: number;
  renditions: RenditionQuality[];
  /** Faults that are refused even without `strict`: black or frozen stretches that the source does not have. */
  faults: string[];
  /** A sentence for every fault and everything below its bar. */
  problems: string[];
}
