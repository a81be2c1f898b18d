import type { FirstPicture } from '../../../../temporal/contract/media/picture-shape';
import type { Fraction } from '../../../../temporal/contract/media/plan';
import { fractionText } from '../../timeline/frame-rate';

/** `accurate_rnd` and `bitexact` give the same pixels on every CPU, whatever vector instructions it has. */
export const SCALER_FLAGS = 'bicubic+accurate_rnd+full_chroma_int+bitexact';

/**
 * Pictures of another size or pixel shape, as phones that are turned and broadcasts write them, keep their shape and get bars. Fields
 * are scaled apart, and pictures of the first shape pass untouched. For inputs whose filters are not built anew (`-reinit_filter 0`).
 */
export function fitPicture({ width, height, pixelAspect: { num, den } }: FirstPicture, aspects: readonly TimedAspect[] = []): string[] {
  // ffmpeg gives every frame the first pixel aspect of the stream, so those that change go by the time.
  const shown = aspects.length > 0 ? `(iw/ih*${aspectExpression(aspects)})` : 'dar';
  const fitted = [`w='min(${width},round(${height}*${shown}*${den}/${num}))'`, `h='min(${height},round(${width}*${num}/${den}/${shown}))'`];
  return [`scale=${fitted.join(':')}:eval=frame:interl=-1:flags=${SCALER_FLAGS}`, `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:eval=frame`];
}

/** A pixel aspect from a time on, in seconds after the start of the chunk. */
export interface TimedAspect {
  fromSeconds: number;
  pixelAspect: Fraction;
}

function aspectExpression(aspects: readonly TimedAspect[]): string {
  return aspects
    .map(({ fromSeconds, pixelAspect }) => ({ from: fromSeconds.toFixed(6), aspect: fractionText(pixelAspect) }))
    .reduce((before, later) => ({ ...later, aspect: `if(lt(t,${later.from}),${before.aspect},${later.aspect})` })).aspect;
}
