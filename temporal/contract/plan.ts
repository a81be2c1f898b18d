/** An exact rate or ratio; frames per second when it is a frame rate. */
export interface Fraction {
  num: number;
  den: number;
}

export type CodecFamily = 'h264';

export interface VideoFacts {
  /** Index of the stream in the container. */
  streamIndex: number;
  codec: string;
  /** Size as shown: rotation applied and pixels squared. */
  width: number;
  height: number;
  rotationDegrees: number;
  pixelFormat: string;
  /** Timebase of every PTS below, in seconds per tick. */
  timebase: Fraction;
  frameCount: number;
  /** PTS of the first shown frame, in `timebase` ticks. */
  firstPts: number;
  frameRate: Fraction;
  /** `constant`: every frame sits on the grid. `variable`: frames are mapped onto it. */
  cadence: 'constant' | 'variable';
}

export interface AudioFacts {
  streamIndex: number;
  codec: string;
  channels: number;
  sampleRateHz: number;
  language: string | null;
}

/** What one pass over the packets of the source established. */
export interface SourceFacts {
  container: string;
  sizeBytes: number;
  durationMs: number;
  bitrateBps: number;
  /** Start time of the container, in microseconds; input seeks are relative to it. */
  startTimeUs: number;
  video: VideoFacts;
  audio: AudioFacts[];
}

/** The common timeline of every rendition. Frame ranges have an exclusive end. */
export interface FrameGrid {
  frameRate: Fraction;
  frameCount: number;
  framesPerSegment: number;
  segmentCount: number;
}

/** One unit of work: a whole number of segments. */
export interface ChunkPlan {
  index: number;
  startFrame: number;
  endFrame: number;
  /** Input seek, in microseconds after the container's start, halfway between two source frames. */
  seekUs: number;
}

export interface VideoRung {
  /** Name in paths and playlists, such as `720p`. */
  name: string;
  width: number;
  height: number;
  crf: number;
  maxrateBps: number;
  bufsizeBits: number;
  profile: string;
  level: string;
}

export interface FamilyPlan {
  family: CodecFamily;
  /** Largest first. */
  rungs: VideoRung[];
}

export interface AudioPlan {
  /** Name in paths, such as `aac_128k`. */
  name: string;
  bitrateBps: number;
  channels: number;
  sampleRateHz: number;
  language: string | null;
  /** Stream index in the extracted audio file. */
  sourceTrack: number;
}

export interface ThumbnailPlan {
  /** Grid frames that are captured while they are encoded, ascending, one per interval. */
  captureFrames: number[];
  intervalMs: number;
  width: number;
  height: number;
  /** Size of captures, and so of the poster. */
  posterWidth: number;
  posterHeight: number;
  columns: number;
  rows: number;
}

/** Everything later steps need, recorded once and expanded by all of them. */
export interface Plan {
  formatVersion: 1;
  videoId: string;
  generation: number;
  originalKey: string;
  source: SourceFacts;
  grid: FrameGrid;
  chunks: ChunkPlan[];
  families: FamilyPlan[];
  audio: AudioPlan | null;
  thumbnails: ThumbnailPlan;
}
