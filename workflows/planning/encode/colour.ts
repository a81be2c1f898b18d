import type { HdrPicture, HdrTransfer } from '../../../temporal/contract/media/hdr';
import type { ColourFacts, SourceFacts } from '../../../temporal/contract/media/plan';

/** Matrices that 8-bit players take as they are; everything else is brought to BT.709. */
const KEPT_MATRICES = ['bt709', 'smpte170m', 'bt470bg'];

/** Transfers that an SDR screen shows as they are. */
const KEPT_TRANSFERS = ['bt709', 'smpte170m', 'bt470bg', 'bt470m', 'gamma22', 'gamma28', 'iec61966-2-1', 'bt2020-10', 'bt2020-12'];
const KEPT_PRIMARIES = ['bt709', 'smpte170m', 'bt470bg', 'bt470m', 'bt2020', 'smpte431', 'smpte432'];

const HDR_TRANSFERS = ['smpte2084', 'arib-std-b67'];

/** Below this height unmarked video is standard definition, and its matrix is that of ITU-R BT.601. */
const HIGH_DEFINITION_HEIGHT = 720;

/** Luminance of diffuse white in HDR video (ITU-R BT.2408), which becomes the white of SDR. */
export const HDR_WHITE_NITS = 203;

/** How the picture becomes 4:2:0 in limited range with declared colours. */
export interface ColourPlan {
  /** Filters on the light of the decoded picture, before it is scaled for each rung. */
  light: string[];
  /** Options of the scaler: matrix and range on both sides. */
  scaler: string;
  /** Of the output, in the words of the scaler. */
  matrix: string;
  pixelFormat: 'yuv420p' | 'yuv420p10le';
  /** Marks on every encoded frame. */
  marks: string;
}

/** Colours of the output, which keeps the `hdr` of the source where it is given. Throws nothing: what a stream leaves open is read as players read it. */
export function planColour(
  video: Pick<SourceFacts['video'], 'colour' | 'pixelFormat' | 'width' | 'height'>,
  hdr: HdrPicture | undefined,
): ColourPlan {
  const { colour } = video;
  if (hdr) return keptHdr(colour, hdr.transfer);
  if (HDR_TRANSFERS.includes(colour.transfer ?? '')) return fromHdr(colour);
  const isRgb = colour.matrix === 'gbr' || /^(gbr|rgb|bgr|argb|abgr|rgba|bgra|0rgb|0bgr|pal8|x2rgb)/.test(video.pixelFormat);
  const standard = Math.min(video.width, video.height) < HIGH_DEFINITION_HEIGHT ? 'smpte170m' : 'bt709';
  const sourceMatrix = colour.matrix ?? standard;
  const matrix = isRgb || !KEPT_MATRICES.includes(sourceMatrix) ? 'bt709' : sourceMatrix;
  const range = isRgb || colour.range === 'full' ? 'full' : 'limited';
  return {
    light: [],
    scaler: [
      ...(isRgb ? [] : [`in_color_matrix=${sourceMatrix}`]),
      `out_color_matrix=${matrix}`,
      `in_range=${range}`,
      'out_range=limited',
    ].join(':'),
    matrix,
    pixelFormat: 'yuv420p',
    marks: marksOf({
      matrix,
      primaries: KEPT_PRIMARIES.includes(colour.primaries ?? '') ? (colour.primaries as string) : matrix,
      transfer: KEPT_TRANSFERS.includes(colour.transfer ?? '') ? (colour.transfer as string) : 'bt709',
    }),
  };
}

/** They reach the encoder of the first rung only (ffmpeg 9.0): all rungs of an HDR set get those of the plan, and SDR has none. */
const WITHOUT_MASTERING_DATA = ['MASTERING_DISPLAY_METADATA', 'CONTENT_LIGHT_LEVEL'].map((type) => `sidedata=mode=delete:type=${type}`);

/** HDR stays as it is but for size and chroma: ten bits of BT.2100 in limited range. */
function keptHdr(colour: ColourFacts, transfer: HdrTransfer): ColourPlan {
  const isRgb = colour.matrix === 'gbr';
  return {
    light: WITHOUT_MASTERING_DATA,
    scaler: [
      ...(isRgb ? [] : ['in_color_matrix=bt2020']),
      'out_color_matrix=bt2020',
      `in_range=${isRgb || colour.range === 'full' ? 'full' : 'limited'}`,
      'out_range=limited',
    ].join(':'),
    matrix: 'bt2020',
    pixelFormat: 'yuv420p10le',
    marks: marksOf({ matrix: 'bt2020nc', primaries: 'bt2020', transfer: { pq: 'smpte2084', hlg: 'arib-std-b67' }[transfer] }),
  };
}

/** PQ and HLG are brought to linear light, their colours into BT.709, and highlights rolled off. */
function fromHdr(colour: ColourFacts): ColourPlan {
  const matrix = colour.matrix === 'bt709' ? 'bt709' : 'bt2020nc';
  const primaries = colour.primaries === 'bt709' || colour.primaries === 'smpte432' ? colour.primaries : 'bt2020';
  const range = colour.range === 'full' ? 'full' : 'limited';
  return {
    light: [
      // Marks of the container alone reach no frame, and zscale finds no way from a colour that a frame leaves open.
      `setparams=range=${range}:colorspace=${matrix}:color_primaries=${primaries}:color_trc=${colour.transfer}`,
      `zscale=t=linear:npl=${HDR_WHITE_NITS}`,
      'format=gbrpf32le',
      'zscale=p=709',
      'tonemap=mobius:desat=0',
      'zscale=t=709:m=709:r=limited',
      'format=yuv420p',
      ...WITHOUT_MASTERING_DATA,
    ],
    scaler: 'in_color_matrix=bt709:out_color_matrix=bt709:in_range=limited:out_range=limited',
    matrix: 'bt709',
    pixelFormat: 'yuv420p',
    marks: marksOf({ matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' }),
  };
}

function marksOf({ matrix, primaries, transfer }: { matrix: string; primaries: string; transfer: string }): string {
  return `setparams=range=limited:colorspace=${matrix}:color_primaries=${primaries}:color_trc=${transfer}`;
}
