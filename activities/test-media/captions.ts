/** A caption that pops on with one frame and goes with another. */
export interface PopOnCaption {
  text: string;
  fromFrame: number;
  endFrame: number;
}

/** Of CEA-608, channel 1: load a caption, on the last line, show it, and clear the screen. */
const CODES = { load: [0x14, 0x20], lastLine: [0x14, 0x70], show: [0x14, 0x2f], clear: [0x14, 0x2c] } as const;
const NOTHING = [0x80, 0x80];

/**
 * Puts a caption into H.264 in Annex B without B-frames: two bytes of CEA-608 a picture, as SEI of ATSC A/53 Part 4. The text is loaded in
 * the pictures before it is shown. Throws RangeError where it does not fit there.
 */
export function withCaption(annexB: Buffer, { text, fromFrame, endFrame }: PopOnCaption): Buffer {
  const letters = text.match(/.{1,2}/g) ?? [];
  const load = [CODES.load, CODES.load, CODES.lastLine, CODES.lastLine, ...letters.map((two) => [...Buffer.from(two.padEnd(2, '\0'))])];
  if (load.length > fromFrame) throw new RangeError('the caption is too long for the pictures before it');
  const pairs = new Map<number, readonly number[]>(load.map((pair, index) => [fromFrame - load.length + index, pair]));
  for (const [frame, code] of [
    [fromFrame, CODES.show],
    [endFrame, CODES.clear],
  ] as const) {
    for (const again of [0, 1]) pairs.set(frame + again, code);
  }
  let frame = 0;
  return Buffer.concat(
    nalUnits(annexB).flatMap((unit) => {
      const sei = startsPicture(unit) ? [startCode, captionSei((pairs.get(frame++) ?? NOTHING).map(withParity))] : [];
      return [...sei, startCode, unit];
    }),
  );
}

const startCode = Buffer.from([0, 0, 0, 1]);

function nalUnits(annexB: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = annexB.indexOf('000001', 0, 'hex'); at !== -1; at = annexB.indexOf('000001', at + 3, 'hex')) starts.push(at);
  return starts.map((start, index) => {
    let end = starts[index + 1] ?? annexB.length;
    while (annexB[end - 1] === 0) end--;
    return annexB.subarray(start + 3, end);
  });
}

/** The first slice of a picture begins with `first_mb_in_slice` 0, which is a one in Exp-Golomb. */
function startsPicture(unit: Buffer): boolean {
  const type = (unit[0] ?? 0) & 0x1f;
  return (type === 1 || type === 5) && ((unit[1] ?? 0) & 0x80) !== 0;
}

function captionSei(pair: readonly number[]): Buffer {
  const payload = [0xb5, 0x00, 0x31, ...Buffer.from('GA94'), 0x03, 0x41, 0xff, 0xfc, ...pair, 0xff];
  const sei: number[] = [];
  for (const byte of [6, 4, payload.length, ...payload, 0x80]) {
    if (byte <= 3 && sei.at(-1) === 0 && sei.at(-2) === 0) sei.push(3);
    sei.push(byte);
  }
  return Buffer.from(sei);
}

/** The eighth bit makes the number of ones odd. */
function withParity(byte: number): number {
  const ones = [...(byte & 0x7f).toString(2)].filter((bit) => bit === '1').length;
  return ones % 2 === 1 ? byte & 0x7f : byte | 0x80;
}
