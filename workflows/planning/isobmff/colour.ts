import type { HdrTransfer } from '../../../temporal/contract/media/hdr';
import { BoxReader, type Box } from './box';
import { VISUAL_ENTRY_FIELDS } from './codec';

/** Colours of a visual sample entry, in the code points of ITU-T H.273. */
export interface EntryColour {
  primaries: number;
  transfer: number;
  matrix: number;
  isFullRange: boolean;
}

/** BT.2020, and its matrix with non-constant luminance. */
const BT2020 = { primaries: 9, matrix: 9 } as const;
const TRANSFER_CODES: Readonly<Record<HdrTransfer, number>> = { pq: 16, hlg: 18 };

/** The code points of the colours that a rung which keeps HDR has. */
export function hdrCodePoints(hdr: HdrTransfer): EntryColour {
  return { ...BT2020, transfer: TRANSFER_CODES[hdr], isFullRange: false };
}

/** Whether the transfer is one of ITU-R BT.2100. */
export function isHdr({ transfer }: EntryColour): boolean {
  return Object.values(TRANSFER_CODES).includes(transfer);
}

/** Colours from the `colr` box of type `nclx` (ISO/IEC 14496-12 12.1.5) in a visual sample entry; null without one. */
export function readColour(reader: BoxReader, entry: Box): EntryColour | null {
  const boxes = reader.boxes(entry.bodyStart + VISUAL_ENTRY_FIELDS, entry.end);
  const colr = boxes.find(({ type, bodyStart }) => type === 'colr' && reader.text(bodyStart, 4) === 'nclx');
  if (!colr) return null;
  const [primaries, transfer, matrix] = [4, 6, 8].map((offset) => reader.u16(colr.bodyStart + offset)) as [number, number, number];
  return { primaries, transfer, matrix, isFullRange: (reader.u8(colr.bodyStart + 10) & 0x80) !== 0 };
}

/** Colours of the only entry of a whole `stsd` box of a picture; null when it is not marked. Throws `MalformedBoxError`. */
export function colourOf(stsd: Uint8Array): EntryColour | null {
  const reader = new BoxReader(stsd);
  const box = reader.box('stsd');
  const [entry] = reader.boxes(box.bodyStart + 8, box.end);
  return entry ? readColour(reader, entry) : null;
}
