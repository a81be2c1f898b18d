import type { CodecFamily } from '../../../temporal/contract/media/families';
import { Failure } from '../../../temporal/contract/failures';
import type { FrameGrid, VideoRung } from '../../../temporal/contract/media/plan';
import type { Recipe } from '../../../temporal/contract/media/recipe';
import type { BoxReader } from '../isobmff/box';
import type { SampleEntryCodec } from '../isobmff/codec';
import { AV1, AV1_HDR } from './av1';
import { H264 } from './h264';
import { HEVC, HEVC_HDR } from './hevc';
import { SOUND_CODECS } from './sound-codecs';
import { VP9 } from './vp9';

/** A row of a family's rate and quality table. */
export interface LadderStep {
  /** Bound on the short side of the picture in pixels, so that portrait video gets the same rungs as landscape. */
  shortSide: number;
  /** For 16:9 at up to 30 frames per second. */
  maxrateBps: number;
  crf: number;
  profile: string;
}

/** The values that determine the level of a rung. */
export type LevelInput = Pick<VideoRung, 'width' | 'height' | 'maxrateBps' | 'bufsizeBits'> & Pick<FrameGrid, 'frameRate'>;

/** What all rungs of a family are encoded with. */
interface EncoderSettings extends Pick<FrameGrid, 'framesPerSegment'> {
  recipe: Recipe;
  /** Preset of the encoder in its own words. */
  speed: string;
}

/** All differences between video codecs. The rest of the code knows codecs only through this interface. */
export interface Family extends SampleEntryCodec {
  /** Name in plans and paths. */
  readonly name: CodecFamily;
  /** Rate and quality table, largest first. */
  readonly ladder: readonly LadderStep[];
  /** Longer sides in pixels would leave the levels that players decode; they exist only at extreme aspect ratios. */
  readonly longestSide: number;
  /** The lowest level that a rung fits. Throws RangeError for a picture that no level holds. */
  level(rung: LevelInput): string;
  /** Preset of the encoder in plans that name none. */
  readonly defaultSpeed: string;
  /**
   * ffmpeg output options that encode a rung with one closed GOP per segment. The same input gives the same bytes and the same
   * sample description in every chunk.
   */
  encoderArgs(rung: VideoRung, how: EncoderSettings): string[];
  /** ffmpeg output options of a test encode, which proves at worker start that the encoder works. */
  readonly testEncodeArgs: readonly string[];
  /**
   * Codec string that a rung will have, for manifests that are written before it is encoded; null where only the encoder can tell. Left out for
   * families that never know.
   */
  readonly plannedCodecString?: (rung: Pick<VideoRung, 'profile' | 'level'>, speed: string) => string | null;
  /** Global options of ffmpeg that open the device of the encoder; left out where there is none to open. */
  readonly deviceArgs?: readonly string[];
  /** Filter that makes frames the encoder takes of those in yuv420p; left out where it takes them as they are. */
  readonly frameFilter?: string;
  /** How the encoder names itself and its version in the log of ffmpeg. */
  readonly encoderNameIn: RegExp;
  /** Memory of one transcode slot beside the worker process. */
  readonly slotMemoryBytes: number;
  /** Memory that the encoder of a rung holds for each of its pixels, decoder and scaler included, by its preset. */
  readonly memoryBytesPerPixel: Readonly<Record<string, number>>;
  /** Stream selector of Shaka Packager. */
  readonly packagerStream: 'video';
  /** `@mimeType` of its AdaptationSet (ISO/IEC 23009-1 5.3.7). */
  readonly mimeType: string;
  /** Codec strings of a family that keeps HDR: ten bits, and colours where the codec names them. Left out for the others. */
  readonly hdrCodec?: RegExp;
  /** Whether decoding can start with the sample in the bytes from `start` to `end`. Throws `MalformedBoxError`. */
  isKeyPicture(reader: BoxReader, start: number, end: number): boolean;
}

/** In the order of manifests: what most players decode comes first. */
export const FAMILIES: readonly Family[] = [H264, HEVC, AV1, VP9, HEVC_HDR, AV1_HDR];

/** Families that every title is encoded in. */
export const DEFAULT_FAMILIES: readonly Family[] = [H264];

/** Every codec that an init segment may hold. */
export const SAMPLE_ENTRY_CODECS: readonly SampleEntryCodec[] = [...FAMILIES, ...Object.values(SOUND_CODECS)];

/** The family of that name. Throws `EncoderMissing` for one that this code does not have. */
export function familyOf(name: CodecFamily): Family {
  const family = FAMILIES.find((one) => one.name === name);
  if (!family) throw new Failure('EncoderMissing', `This worker cannot encode ${name}.`);
  return family;
}
