import { openSync } from 'fontkit';
import { RasterRefused } from './raster-refused';

/** DejaVu Sans Bold 2.37, under the licence of Bitstream Vera: Latin, Greek, Cyrillic and many symbols. */
const FONT = 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf';

/** A dark edge keeps white letters apart from a bright picture; in parts of the em. */
const EDGE = 0.08;

/** Scripts whose letters join, reorder or run from right to left, which takes more than outlines in a row. */
const UNSHAPED = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{M}]/u;

/** The text as an SVG of outlines, so that no part of it is read as markup. Throws {@link RasterRefused} for characters that it cannot draw. */
export function svgOfText(text: string): string {
  const font = openSync(require.resolve(FONT));
  if (!('layout' in font)) throw new TypeError('the font file is a collection');
  if (UNSHAPED.test(text) || Array.from(text).some((character) => !font.hasGlyphForCodePoint(character.codePointAt(0) as number))) {
    const advice = 'send the text as a picture.';
    throw new RasterRefused('WatermarkTextUnsupported', `The text has characters that the font of watermarks does not draw; ${advice}`);
  }
  const { glyphs, positions } = font.layout(text);
  let x = 0;
  const outlines = glyphs.map((glyph, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    const outline = `<path transform="translate(${x + xOffset} ${yOffset})" d="${glyph.path.toSVG()}"/>`;
    x += xAdvance;
    return outline;
  });
  const edge = Math.round(font.unitsPerEm * EDGE);
  const box = [-edge, -font.ascent - edge, x + 2 * edge, font.ascent - font.descent + 2 * edge];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${box[2]}" height="${box[3]}" viewBox="${box.join(' ')}">` +
    `<g transform="scale(1 -1)" fill="#fff" stroke="#000" stroke-opacity="0.6" stroke-width="${edge}" stroke-linejoin="round" paint-order="stroke">` +
    `${outlines.join('')}</g></svg>`
  );
}
