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
const HDR_WHITE_NITS = 203;

/** How the picture becomes 8-bit 4:2:0 in limited range with declared colours. */
export interface ColourPlan {
  /** Filters on the decoded picture, before it is scaled for each rung. */
  toneMap: string[];
  /** Options of the scaler: matrix and range on both sides. */
  scaler: string;
  /** Marks on every encoded frame. */
  marks: string;
}

/** Colours of the output. Throws nothing: what a stream leaves open is read as players read it. */
export function planColour(video: Pick<SourceFacts['video'], 'colour' | 'pixelFormat' | 'width' | 'height'>): ColourPlan {
  const { colour } = video;
  if (HDR_TRANSFERS.includes(colour.transfer ?? '')) return fromHdr(colour);
  const isRgb = colour.matrix === 'gbr' || /^(gbr|rgb|bgr|argb|abgr|rgba|bgra|0rgb|0bgr|pal8|x2rgb)/.test(video.pixelFormat);
  const standard = Math.min(video.width, video.height) < HIGH_DEFINITION_HEIGHT ? 'smpte170m' : 'bt709';
  const sourceMatrix = colour.matrix ?? standard;
  const matrix = isRgb || !KEPT_MATRICES.includes(sourceMatrix) ? 'bt709' : sourceMatrix;
  const range = isRgb || colour.range === 'full' ? 'full' : 'limited';
  return {
    toneMap: [],
    scaler: [
      ...(isRgb ? [] : [`in_color_matrix=${sourceMatrix}`]),
      `out_color_matrix=${matrix}`,
      `in_range=${range}`,
      'out_range=limited',
    ].join(':'),
    marks: marksOf({
      matrix,
      primaries: KEPT_PRIMARIES.includes(colour.primaries ?? '') ? (colour.primaries as string) : matrix,
      transfer: KEPT_TRANSFERS.includes(colour.transfer ?? '') ? (colour.transfer as string) : 'bt709',
    }),
  };
}

/** PQ and HLG are brought to linear light, their colours into BT.709, and highlights rolled off. */
function fromHdr(colour: ColourFacts): ColourPlan {
  const matrix = colour.matrix === 'bt2020c' ? '2020_cl' : colour.matrix === 'bt709' ? '709' : '2020_ncl';
  const primaries = colour.primaries === 'bt709' ? '709' : colour.primaries === 'smpte432' ? 'smpte432' : '2020';
  const range = colour.range === 'full' ? 'full' : 'limited';
  return {
    toneMap: [
      `zscale=tin=${colour.transfer}:pin=${primaries}:min=${matrix}:rin=${range}:t=linear:npl=${HDR_WHITE_NITS}`,
      'format=gbrpf32le',
      'zscale=p=709',
      'tonemap=mobius:desat=0',
      'zscale=t=709:m=709:r=limited',
      'format=yuv420p',
    ],
    scaler: 'in_color_matrix=bt709:out_color_matrix=bt709:in_range=limited:out_range=limited',
    marks: marksOf({ matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' }),
  };
}

function marksOf({ matrix, primaries, transfer }: { matrix: string; primaries: string; transfer: string }): string {
  return `setparams=range=limited:colorspace=${matrix}:color_primaries=${primaries}:color_trc=${transfer}`;
}
