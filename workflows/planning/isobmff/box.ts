/** Bytes that do not parse as an ISO base media file (ISO/IEC 14496-12). */
export class MalformedBoxError extends Error {
  override readonly name = 'MalformedBoxError';
}

/** One box; offsets count from the start of the buffer it was read from. */
export interface Box {
  type: string;
  start: number;
  /** First byte after size and type. */
  bodyStart: number;
  end: number;
}

const SIZE_AND_TYPE_BYTES = 8;
const LARGE_SIZE_BYTES = 8;

/** A buffer with big-endian integer access that refuses to read past its end. */
export class BoxReader {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Boxes that fill the range exactly. Throws {@link MalformedBoxError} otherwise. */
  boxes(start = 0, end = this.bytes.byteLength): Box[] {
    const boxes: Box[] = [];
    for (let offset = start; offset < end;) {
      const box = this.boxAt(offset, end);
      boxes.push(box);
      offset = box.end;
    }
    return boxes;
  }

  /** The only box at `path`, such as `moov/trak/mdia`. Throws {@link MalformedBoxError} when there is none or several. */
  box(path: string, within?: Box): Box {
    const [type = '', ...rest] = path.split('/');
    const found = this.boxes(within?.bodyStart, within?.end).filter((box) => box.type === type);
    const only = found[0];
    if (only === undefined || found.length > 1) throw new MalformedBoxError(`expected one ${type} box, found ${found.length}`);
    return rest.length === 0 ? only : this.box(rest.join('/'), only);
  }

  u8(offset: number): number {
    return this.read(offset, 1, () => this.view.getUint8(offset));
  }

  u16(offset: number): number {
    return this.read(offset, 2, () => this.view.getUint16(offset));
  }

  u32(offset: number): number {
    return this.read(offset, 4, () => this.view.getUint32(offset));
  }

  /** A 64-bit integer as a number. Throws {@link MalformedBoxError} above 2^53 - 1. */
  u64(offset: number): number {
    const value = Number(this.read(offset, 8, () => this.view.getBigUint64(offset)));
    if (!Number.isSafeInteger(value)) throw new MalformedBoxError('a 64-bit field is out of range');
    return value;
  }

  text(offset: number, length: number): string {
    return Array.from({ length }, (_, index) => String.fromCharCode(this.u8(offset + index))).join('');
  }

  /** Version of a full box. */
  version(box: Box): number {
    return this.u8(box.bodyStart);
  }

  /** The 24 flag bits of a full box. */
  flags(box: Box): number {
    return this.u32(box.bodyStart) & 0xffffff;
  }

  private boxAt(offset: number, limit: number): Box {
    const size = this.u32(offset);
    const type = this.text(offset + 4, 4);
    const large = size === 1;
    const bodyStart = offset + SIZE_AND_TYPE_BYTES + (large ? LARGE_SIZE_BYTES : 0);
    const end = offset + (large ? this.u64(offset + SIZE_AND_TYPE_BYTES) : size);
    if (end < bodyStart || end > limit) throw new MalformedBoxError('a box does not fit its container');
    return { type, start: offset, bodyStart, end };
  }

  private read<T>(offset: number, length: number, get: () => T): T {
    if (offset + length > this.bytes.byteLength) throw new MalformedBoxError('a field lies past the end');
    return get();
  }
}

/** Overwrites a 32-bit field. Throws {@link MalformedBoxError} when the value does not fit. */
export function writeU32(bytes: Uint8Array, offset: number, value: number): void {
  if (value < 0 || value > 0xffffffff) throw new MalformedBoxError('a value does not fit 32 bits');
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).setUint32(offset, value);
}

export function writeU64(bytes: Uint8Array, offset: number, value: number): void {
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).setBigUint64(offset, BigInt(value));
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined;
}
