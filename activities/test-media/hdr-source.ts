import type { BarcodeSource } from './make-source';

/** An HDR source, with mastering display and content light level or without. */
export interface HdrKind {
  transfer: 'smpte2084' | 'arib-std-b67';
  isMastered: boolean;
}

const MASTERING = 'master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1):max-cll=1000,400';

/** What makes a barcode source one in BT.2100: ten bits in HEVC, with SDR white at 203 cd/m2 (ITU-R BT.2408). */
export function hdrSource({ transfer, isMastered }: HdrKind): Pick<BarcodeSource, 'pictureFilter' | 'outputArgs'> {
  const marks = `colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc:range=limited${isMastered ? `:hdr10=1:${MASTERING}` : ''}`;
  return {
    pictureFilter:
      'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=limited,' +
      `zscale=t=${transfer}:p=bt2020:m=bt2020nc:npl=203,format=yuv420p10le`,
    outputArgs: ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', `log-level=error:keyint=250:${marks}`],
  };
}
