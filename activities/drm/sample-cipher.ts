import { createDecipheriv } from 'node:crypto';
import type { EncryptedSample, TrackEncryption } from '../../workflows/planning/isobmff/encryption';

const BLOCK_BYTES = 16;
const CIPHERS = { cenc: 'aes-128-ctr', cbcs: 'aes-128-cbc' } as const;

/** A sample as it was before it was encrypted (ISO/IEC 23001-7 9.5, 9.6, 10.1, 10.4); `key` is 32 hex digits. */
export function decryptSample(sample: EncryptedSample, encryption: TrackEncryption, key: string): Uint8Array {
  const clear = Buffer.from(sample.data);
  const keyBytes = Buffer.from(key, 'hex');
  const ranges = protectedRanges(sample);
  if (encryption.scheme === 'cenc') {
    // One keystream runs over all protected parts of a sample; the blocks are counted in the half of the counter behind the IV.
    const decipher = createDecipheriv(CIPHERS.cenc, keyBytes, Buffer.from((sample.iv ?? '').padEnd(2 * BLOCK_BYTES, '0'), 'hex'));
    for (const { start, end } of ranges) decipher.update(clear.subarray(start, end)).copy(clear, start);
    return clear;
  }
  const iv = Buffer.from(encryption.constantIv ?? '', 'hex');
  for (const { start, end } of ranges) {
    const blocks = encryptedBlocks({ start, end }, encryption.pattern);
    // Every part begins with the constant IV again, and blocks that are left clear stand outside of the chain.
    const decipher = createDecipheriv(CIPHERS.cbcs, keyBytes, iv).setAutoPadding(false);
    const decrypted = decipher.update(Buffer.concat(blocks.map((at) => clear.subarray(at, at + BLOCK_BYTES))));
    blocks.forEach((at, index) => decrypted.copy(clear, at, index * BLOCK_BYTES, (index + 1) * BLOCK_BYTES));
  }
  return clear;
}

interface ByteRange {
  start: number;
  end: number;
}

function protectedRanges({ data, subSamples }: EncryptedSample): ByteRange[] {
  if (subSamples.length === 0) return [{ start: 0, end: data.byteLength }];
  let offset = 0;
  return subSamples.map(({ clearBytes, protectedBytes }) => {
    const start = offset + clearBytes;
    offset = start + protectedBytes;
    return { start, end: offset };
  });
}

/** Offsets of the whole blocks that are encrypted; without a pattern all are. What is shorter than a block stays clear. */
function encryptedBlocks({ start, end }: ByteRange, { cryptBlocks, skipBlocks }: TrackEncryption['pattern']): number[] {
  const period = cryptBlocks + skipBlocks;
  const blocks: number[] = [];
  for (let index = 0; start + (index + 1) * BLOCK_BYTES <= end; index++) {
    if (period === 0 || index % period < cryptBlocks) blocks.push(start + index * BLOCK_BYTES);
  }
  return blocks;
}
