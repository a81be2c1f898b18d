import type { HdrTransfer } from '../../../../temporal/contract/media/hdr';
import type { Plan, VideoRung } from '../../../../temporal/contract/media/plan';
import type { Watermark } from '../../../../temporal/contract/media/watermark';
import { SCALER_FLAGS } from '../../source/shape/fit-picture';
import { placeWatermark } from './place-watermark';
import { tickOfFrame } from '../chunk-frames';
import { HDR_WHITE_NITS, planColour } from '../colour';

/** A watermark to draw, and the file that its raster lies in. */
export interface DrawnMark {
  watermark: Watermark;
  path: string;
}

type MarkedPlan = Pick<Plan, 'grid' | 'source'>;
type MarkedRung = Pick<VideoRung, 'width' | 'height' | 'hdr'>;

/** Input options of the raster: our own PNG, and read as nothing else. */
export function markInputArgs({ path }: DrawnMark): string[] {
  return ['-threads', '1', '-protocol_whitelist', 'file', '-f', 'png_pipe', '-i', path];
}

/**
 * Filters from the raster, which is input `input`, to a mark for each rung at its final size, at the pads `[mark0]` and on. Colours are
 * multiplied by alpha while they are scaled: what is transparent has a colour, too, and would bleed into the edges.
 */
export function markFilters(
  plan: MarkedPlan,
  { watermark }: DrawnMark,
  { rungs, input }: { rungs: readonly MarkedRung[]; input: number },
): string[] {
  const pads = rungs.map((_, index) => `[raw${index}]`).join('');
  return [
    `[${input}:v]format=gbrap16le,premultiply=inplace=1,split=${rungs.length}${pads}`,
    ...rungs.map((rung, index) => `[raw${index}]${markOfRung(plan, watermark, rung)}[mark${index}]`),
  ];
}

/** Behind the filters of a rung: draws `[mark{index}]` on its pictures, at the same place in all of them. */
export function drawMark({ watermark }: DrawnMark, { width, height, hdr }: MarkedRung, index: number): string {
  const { x, y } = placeWatermark(watermark, { width, height });
  return `[plain${index}];[plain${index}][mark${index}]overlay=x=${x}:y=${y}:eval=init:format=${hdr ? 'yuv420p10' : 'yuv420'}:alpha=straight`;
}

function markOfRung(plan: MarkedPlan, watermark: Watermark, rung: MarkedRung): string {
  const { width, height } = placeWatermark(watermark, rung);
  const { matrix, pixelFormat, marks } = planColour(plan.source.video, rung.hdr);
  return [
    `scale=${width}:${height}:flags=${SCALER_FLAGS}`,
    'unpremultiply=inplace=1',
    ...(rung.hdr ? toHdr(rung.hdr.transfer) : []),
    ...(watermark.opacity < 1 ? [`colorchannelmixer=aa=${watermark.opacity}`] : []),
    `scale=flags=${SCALER_FLAGS}:out_color_matrix=${matrix}:out_range=limited`,
    `format=${pixelFormat.replace('yuv', 'yuva')}`,
    marks,
    'setsar=1',
    // The overlay counts in the finer of both timebases, which must be that of the pictures.
    `settb=${tickOfFrame(plan)}`,
    'setpts=0',
  ].join(',');
}

/** Luminance of a full PQ signal (SMPTE ST 2084), and the peak of the display that HLG is made for (ITU-R BT.2100 table 5). */
const PQ_PEAK_NITS = 10_000;
const HLG_PEAK_NITS = 1_000;

/**
 * From sRGB to BT.2100, white at the luminance of diffuse white and not at the peak (ITU-R BT.2408 5.1). Tables and integers, so that all
 * machines draw the same; HLG inverts the display's gamma for each colour by itself, which is exact for greys.
 */
function toHdr(transfer: HdrTransfer): string[] {
  const encoded = transfer === 'pq' ? PQ : HLG;
  return [table(SRGB_TO_LIGHT), BT709_TO_BT2020, table(encoded)];
}

/** IEC 61966-2-1 */
const SRGB_TO_LIGHT = 'if(lte(val/maxval,0.04045),val/maxval/12.92,pow((val/maxval+0.055)/1.055,2.4))';

/** ITU-R BT.2087 2.2 */
const BT709_TO_BT2020 = 'colorchannelmixer=rr=0.6274:rg=0.3293:rb=0.0433:gr=0.0691:gg=0.9195:gb=0.0114:br=0.0164:bg=0.0880:bb=0.8956';

/** SMPTE ST 2084 equation 5.2 */
const PQ_POWER = `pow(${HDR_WHITE_NITS / PQ_PEAK_NITS}*val/maxval,0.1593017578125)`;
const PQ = `pow((0.8359375+18.8515625*${PQ_POWER})/(1+18.6875*${PQ_POWER}),78.84375)`;

/** ITU-R BT.2100 table 5: the inverse of the display's gamma of 1.2, then the transfer of the camera. */
const HLG_SCENE = `pow(${HDR_WHITE_NITS / HLG_PEAK_NITS}*val/maxval,1/1.2)`;
const HLG = `if(lte(${HLG_SCENE},1/12),sqrt(3*${HLG_SCENE}),0.17883277*log(12*${HLG_SCENE}-0.28466892)+0.55991073)`;

function table(share: string): string {
  const level = `'maxval*${share}'`;
  return `lutrgb=r=${level}:g=${level}:b=${level}`;
}
