import type { ColourFacts } from '../../../temporal/contract/media/plan';
import type { SourceWarning } from '../../../temporal/contract/media/warnings';
import type { LookedAtPicture } from './first-look';
import type { ProbedStream } from './probed-container';

/** Matrices (ITU-T H.273 table 4) that the scaler and tone mapping can undo; none of them undoes constant luminance. */
const UNDONE_MATRICES = ['bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'];
const RGB_FORMATS = /^(gbr|rgb|bgr|argb|abgr|rgba|bgra|0rgb|0bgr|pal8|x2rgb)/;

/**
 * Colour as the container declares it, else as the decoder does. A matrix that cannot be true of the pixels, or that nothing here can
 * undo, counts as unmarked: then the picture keeps its levels, and only its tint may be off.
 */
export function colourFacts(stream: ProbedStream, picture: LookedAtPicture): { colour: ColourFacts; warnings: SourceWarning[] } {
  const declared = (marked: string | undefined, decoded: string) => known(marked) ?? known(decoded);
  const matrix = declared(stream.color_space, picture.colour.matrix);
  const isCredible = matrix === null || canUndo(matrix, picture.pixelFormat);
  return {
    colour: {
      primaries: declared(stream.color_primaries, picture.colour.primaries),
      transfer: declared(stream.color_transfer, picture.colour.transfer),
      matrix: isCredible ? matrix : null,
      range: rangeOf(stream, picture),
    },
    warnings: isCredible ? [] : [unknownMatrix(stream, matrix)],
  };
}

function canUndo(matrix: string, pixelFormat: string): boolean {
  return RGB_FORMATS.test(pixelFormat) || UNDONE_MATRICES.includes(matrix);
}

function rangeOf(stream: ProbedStream, { pixelFormat, colour }: LookedAtPicture): ColourFacts['range'] {
  const range = known(stream.color_range) ?? known(colour.range);
  if (range === 'pc' || pixelFormat.startsWith('yuvj')) return 'full';
  return range === 'tv' ? 'limited' : null;
}

function unknownMatrix({ index }: ProbedStream, matrix: string): SourceWarning {
  return {
    code: 'ColourUnknown',
    message: `The picture is marked with colours that it cannot have or that are not supported (${matrix}); it is shown as if it were not marked.`,
    track: index,
  };
}

function known(value: string | undefined): string | null {
  return value === undefined || value === 'unknown' || value === 'reserved' ? null : value;
}
