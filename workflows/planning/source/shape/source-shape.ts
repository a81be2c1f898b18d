import type { FirstPicture, Turn } from '../../../../temporal/contract/media/picture-shape';
import type { Fraction } from '../../../../temporal/contract/media/plan';
import type { SourceWarning } from '../../../../temporal/contract/media/warnings';
import type { LookedAtPicture } from '../first-look';
import type { DeclaredTurn } from './turn';

/** Pixels longer than this multiple of their other side are a mistake: the longest in use is 3.6, of 352x576 at 2.21:1. */
const LONGEST_PIXEL = 8;

/** How the first picture of a source is shown. */
export interface SourceShape {
  /** As it is coded, with pixels that can be meant. */
  coded: FirstPicture;
  /** As it is shown: turned, with pixels that can be meant. */
  shown: LookedAtPicture;
  /** Null for a picture that is shown as it is coded. */
  turn: Turn | null;
  /** The pixel aspect that the source declares is not believed. */
  isAspectReplaced: boolean;
  warnings: SourceWarning[];
}

/** `picture` as it is coded; `track` is the index of its stream. */
export function sourceShape(picture: LookedAtPicture, declared: DeclaredTurn | null, track: number): SourceShape {
  const pixelAspect = crediblePixelAspect(picture.pixelAspect);
  const { width, height } = picture;
  const isAspectReplaced = pixelAspect !== picture.pixelAspect;
  const turn = declared?.turn ?? null;
  const isOnItsSide = turn !== null && turn.quarters % 2 === 1;
  const shape = isOnItsSide
    ? { width: height, height: width, pixelAspect: { num: pixelAspect.den, den: pixelAspect.num } }
    : { width, height, pixelAspect };
  const warnings = [
    ...(isAspectReplaced ? [doubtfulPixels(picture.pixelAspect)] : []),
    ...(declared && declared.inexactDegrees !== null ? [doubtfulAngle(declared.inexactDegrees, declared.turn)] : []),
  ];
  return {
    ...{ coded: { width, height, pixelAspect }, shown: { ...picture, ...shape }, turn, isAspectReplaced },
    warnings: warnings.map((message) => ({ code: 'ShapeAdjusted', message, track })),
  };
}

/** A pixel aspect, or square pixels where it cannot be meant. */
export function crediblePixelAspect(aspect: Fraction): Fraction {
  const { num, den } = aspect;
  return Math.max(num, den) > LONGEST_PIXEL * Math.min(num, den) ? { num: 1, den: 1 } : aspect;
}

function doubtfulPixels({ num, den }: Fraction): string {
  return `The file says that pixels are ${num}:${den}, which cannot be meant; they are shown as squares.`;
}

function doubtfulAngle(degrees: number, { quarters }: Turn): string {
  const shown = quarters === 3 ? -90 : quarters * 90;
  return `The file says that the picture is turned by ${degrees} degrees; it is turned by ${shown}, the nearest quarter turn.`;
}
