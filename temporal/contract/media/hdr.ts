import type { EncodingRequest } from './encoding';
import { hdrSetOf, type CodecFamily } from './families';
import type { ColourFacts, SourceFacts, VideoFacts } from './plan';

/** Transfer functions of ITU-R BT.2100: perceptual quantisation, as HDR10 uses it, and hybrid log-gamma. */
export type HdrTransfer = 'pq' | 'hlg';

/** CIE 1931 x and y in steps of 0.00002. */
type Chromaticity = readonly [x: number, y: number];

/** The screen that a picture was graded on (SMPTE ST 2086), in the units of ITU-T H.265 D.3.28. */
export interface MasteringDisplay {
  red: Chromaticity;
  green: Chromaticity;
  blue: Chromaticity;
  white: Chromaticity;
  /** In steps of 0.0001 cd/m2. */
  maxLuminance: number;
  minLuminance: number;
}

/** Of the brightest pixel and of the brightest frame on average, in cd/m2 (CTA-861.3). */
interface ContentLight {
  maxCll: number;
  maxFall: number;
}

/** What an HDR picture says of itself besides its colours. */
export interface LightFacts {
  masteringDisplay?: MasteringDisplay;
  contentLight?: ContentLight;
}

/** How a rung keeps HDR. */
export interface HdrPicture extends LightFacts {
  transfer: HdrTransfer;
}

/** What an upload wants of a source in HDR: renditions that keep it beside the tone-mapped ones, or only these. */
export const HDR_CHOICES = ['keep', 'sdr-only'] as const;

export type HdrChoice = (typeof HDR_CHOICES)[number];

const TRANSFERS: Readonly<Record<string, HdrTransfer>> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' };

/**
 * The transfer of a source that gets an HDR set; null for others. Screens for HDR take BT.2100 in
 * Y'CbCr, so a source in other colours, or one that leaves them open, is only tone-mapped.
 */
function hdrTransferOf({ primaries, transfer, matrix }: ColourFacts): HdrTransfer | null {
  if (primaries !== 'bt2020' || (matrix !== 'bt2020nc' && matrix !== 'gbr')) return null;
  return TRANSFERS[transfer ?? ''] ?? null;
}

/** How an HDR set keeps a source; null for one that gets none. Mastering data belong to PQ: HLG is relative to the screen. */
export function hdrPictureOf({ colour, light = {} }: Pick<VideoFacts, 'colour' | 'light'>): HdrPicture | null {
  const transfer = hdrTransferOf(colour);
  return transfer && { transfer, ...(transfer === 'pq' ? light : {}) };
}

/** What tells which families a video is to have. */
export interface FamilyRequest {
  codecs: readonly CodecFamily[];
  encoding: Pick<EncodingRequest, 'hdr'>;
  /** Null before the source was examined. */
  sourceFacts: Pick<SourceFacts, 'video'> | null;
}

/** Whether a video may have HDR sets. */
export function isHdrVideo({ sourceFacts }: Pick<FamilyRequest, 'sourceFacts'>): boolean {
  return sourceFacts !== null && hdrPictureOf(sourceFacts.video) !== null;
}

/** Families that are made without being asked for again: those of the upload, and their HDR sets where it keeps HDR. */
export function familiesOf(video: FamilyRequest): CodecFamily[] {
  return video.codecs.flatMap((codec) => [codec, ...(video.encoding.hdr === 'keep' && isHdrVideo(video) ? hdrSetOf(codec) : [])]);
}

/** What a codec brings that is asked for once more. An upload of an older release had no choice, and HDR is kept unless one says otherwise. */
export function familiesWith(codec: CodecFamily, video: FamilyRequest): CodecFamily[] {
  return [codec, ...(video.encoding.hdr !== 'sdr-only' && isHdrVideo(video) ? hdrSetOf(codec) : [])];
}
