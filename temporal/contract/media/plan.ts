import type { CodecFamily } from './families';
import type { HdrPicture, LightFacts } from './hdr';
import type { HardwareKind } from './hardware';
import type { DrmRequest } from './protection';
import type { FirstPicture, TimedPixelAspect, Turn } from './picture-shape';
import type { Recipe } from './recipe';
import type { RenditionRole } from './renditions';
import type { AudioCodec } from './sound';
import type { Walk } from '../pipeline';
import type { Watermark } from './watermark';
import type { SourceWarning } from './warnings';

/** An exact rate or ratio; frames per second when it is a frame rate. */
export interface Fraction {
  num: number;
  den: number;
}

/** Colour as the stream declares it, in ffprobe's names; null where it does not say. */
export interface ColourFacts {
  primaries: string | null;
  transfer: string | null;
  matrix: string | null;
  range: 'limited' | 'full' | null;
}

/** `marked`: the stream says so, picture by picture. `top-first`, `bottom-first`: only the pictures show it. */
export type Interlacing = 'none' | 'marked' | 'top-first' | 'bottom-first';

export interface VideoFacts {
  /** Index of the stream in the container. */
  streamIndex: number;
  codec: string;
  /** Size as shown: turned and with square pixels. */
  width: number;
  height: number;
  /** As the header of the container says. */
  rotationDegrees: number;
  /** Width of a coded pixel over its height. */
  pixelAspect: Fraction;
  /** Later pictures of other shapes are fitted into this one, before they are turned; absent in facts that were recorded before they were. */
  firstPicture?: FirstPicture;
  /** Pixel shapes by time, ascending, in place of those that the decoder gives the frames; absent where these are right. */
  pixelAspects?: TimedPixelAspect[];
  /** Pictures are turned so, and not as the decoder says; absent where they are shown as they are coded, and in facts that were recorded before. */
  turn?: Turn;
  pixelFormat: string;
  bitDepth: number;
  colour: ColourFacts;
  /** Of the first picture; absent where it says nothing, and in facts that were recorded before they were read. */
  light?: LightFacts;
  interlacing: Interlacing;
  /** The first pictures carry captions (CEA-608, CEA-708); absent in facts that were recorded before they were looked for. */
  hasCaptions?: boolean;
  /** Timebase of every PTS below, in seconds per tick. */
  timebase: Fraction;
  frameCount: number;
  /** PTS of the first shown frame, in `timebase` ticks. */
  firstPts: number;
  /** Slots of the title before the first frame, which show it: the sound starts that much earlier. Absent where it does not. */
  leadSlots?: number;
  frameRate: Fraction;
  /** `constant`: every frame sits on the grid. `variable`: frames are mapped onto it. */
  cadence: 'constant' | 'variable';
  keyFrameCount: number;
  /** The container calls every frame a key frame, so a seek has to name the time of a true one. */
  keyFramesUnmarked?: boolean;
  /** Frames that follow later than one and a half frame durations after the one before, and those at the same time. */
  gapCount: number;
  duplicateCount: number;
  /** Frames that no slot of the grid shows; absent in facts that were recorded before they were counted. */
  droppedFrameCount?: number;
}

export interface AudioFacts {
  streamIndex: number;
  codec: string;
  channels: number;
  /** Such as `5.1(side)`; null when the stream does not say. */
  layout: string | null;
  sampleRateHz: number;
  language: string | null;
  /** When it starts and ends, after the start of the picture; the end is absent in facts that were recorded before it was measured. */
  startUs: number;
  endUs?: number;
  /** The file marks it as the one that is heard unless a viewer chooses another. */
  isDefault?: boolean;
  /** A commentary, or meant for listeners who hear or see less: never the one that is heard unless a viewer chooses it. */
  isAside?: boolean;
  /** What it is beside the main sound, as the file says; absent where it says nothing, and in facts that were recorded before it was read. */
  role?: RenditionRole;
}

export interface SubtitleFacts {
  streamIndex: number;
  codec: string;
  language: string | null;
  /** Index in the extracted subtitle file, or null for pictures, which are not extracted. */
  extractedTrack: number | null;
  /** As the file names it; absent where it does not, and in facts that were recorded before titles were read. */
  title?: string;
  /** Shown also to viewers who asked for no subtitles. */
  isForced?: boolean;
  /** For viewers who hear less. */
  isCaptions?: boolean;
}

/** Facts from one pass over the packets of the source. */
export interface SourceFacts {
  container: string;
  sizeBytes: number;
  durationMs: number;
  bitrateBps: number;
  /** Start time of the container, in microseconds; input seeks are relative to it. */
  startTimeUs: number;
  video: VideoFacts;
  /** Tracks that can be decoded, in the order of the extracted audio file. */
  audio: AudioFacts[];
  subtitles: SubtitleFacts[];
  /** The source cannot be sought in; its indexed copy is read instead, and stream numbers and times here are the copy's. */
  mezzanine: boolean;
  /** Warnings to the user about the source; absent in facts that were recorded before there were any. */
  warnings?: SourceWarning[];
}

/** PTS of the frames that a source shows, ascending, in ticks of the video's timebase. */
export interface FrameTimes {
  pts: number[];
  keyFramePts: number[];
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
  /** Slot of the last picture, for a chunk that begins after it and shows nothing else. */
  heldSlot?: number;
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
  /** The rung keeps the HDR of the source, in ten bits; absent for SDR, which everything else is tone-mapped to. */
  hdr?: HdrPicture;
}

export interface FamilyPlan {
  family: CodecFamily;
  /** The hardware that encodes all of it; the CPU does when it is left out. */
  encoder?: HardwareKind;
  /** No CPU takes over when the hardware fails. */
  needsGpu?: true;
  /** Preset of the encoder in its own words; the family's default in plans that were recorded without one. */
  speed?: string;
  /** Largest first. */
  rungs: VideoRung[];
}

export interface AudioPlan {
  family: AudioCodec;
  /** Name in paths, such as `aac_128k`. */
  name: string;
  role: RenditionRole;
  bitrateBps: number;
  /** 1, 2, or 6 for 5.1. */
  channels: number;
  sampleRateHz: number;
  language: string | null;
  /** Stream index in the extracted audio file. */
  sourceTrack: number;
  /** Integrated loudness that the track is brought to, in LUFS (ITU-R BS.1770); as loud as its source when it is left out. */
  loudnessLufs?: number;
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

/** The plan of a generation, recorded once and expanded by all later steps. */
export interface Plan {
  formatVersion: 1;
  /** How media is made from this plan; 1 when it is left out. */
  recipe?: Recipe;
  /** The steps of the run that made the plan; `FIRST_WALK` when it is left out. */
  walk?: Walk;
  videoId: string;
  generation: number;
  originalKey: string;
  source: SourceFacts;
  grid: FrameGrid;
  chunks: ChunkPlan[];
  /** Slots of the fleet that the chunks are meant for. */
  transcodeSlots: number;
  families: FamilyPlan[];
  /** The default track first; empty for a silent title. */
  audio: AudioPlan[];
  thumbnails: ThumbnailPlan;
  /** The title is published encrypted alone, so its clear media lies where players cannot reach it; published clear when it is left out. */
  protection?: DrmRequest;
  opensEarly?: true;
  /**
   * The input seek of every segment up to the last picture, as `seekUs` of a chunk: viewers of a title that opens early may have segments cut from
   * a chunk. Absent for a title that does not, and in plans that were recorded before they could.
   */
  segmentSeeksUs?: number[];
  /** Drawn on every rung; none when it is left out. */
  watermark?: Watermark;
}
