import type { DrmScheme, IvRange } from '../../../temporal/contract/media/protection';
import type { SegmentReport } from '../../../temporal/contract/media/reports';
import type { EncryptedSample, TrackEncryption } from '../isobmff/encryption';

/** Smaller samples may consist of headers alone, which stay clear (ISO/IEC 23001-7 9.5, 10.4). */
const CERTAINLY_PROTECTED_BYTES = 1024;

/** How scheme and kind of a track are encrypted (ISO/IEC 23001-7 10.1, 10.4): sound by all its blocks, pictures in CBC by every tenth. */
const PATTERNS = {
  cbcs: { video: { cryptBlocks: 1, skipBlocks: 9 }, audio: { cryptBlocks: 0, skipBlocks: 0 } },
  cenc: { video: { cryptBlocks: 0, skipBlocks: 0 }, audio: { cryptBlocks: 0, skipBlocks: 0 } },
} as const;
const CTR_IV_BYTES = 8;

export interface WantedEncryption {
  scheme: DrmScheme;
  kind: 'video' | 'audio';
  kid: string;
  /** The constant IV of cbcs. */
  iv: string;
}

/** What is wrong with the encryption that an init segment declares, in a few words, or null. */
export function declarationProblem(declared: TrackEncryption | null, wanted: WantedEncryption): string | null {
  if (!declared) return 'the init segment declares no encryption';
  if (declared.scheme !== wanted.scheme) return `the scheme is ${declared.scheme}`;
  if (declared.kid !== wanted.kid) return 'the key id is another one';
  const pattern = PATTERNS[wanted.scheme][wanted.kind];
  if (declared.pattern.cryptBlocks !== pattern.cryptBlocks || declared.pattern.skipBlocks !== pattern.skipBlocks) {
    return 'another pattern of blocks is encrypted';
  }
  const [constantIv, sampleIvBytes] = wanted.scheme === 'cbcs' ? [wanted.iv, 0] : [null, CTR_IV_BYTES];
  return declared.constantIv === constantIv && declared.sampleIvBytes === sampleIvBytes ? null : 'the IV is another one';
}

/** How an encrypted segment differs from the clear one besides its size, in a few words, or null. */
export function timelineProblem(clear: SegmentReport, encrypted: SegmentReport): string | null {
  const same = ['sampleCount', 'durationTicks', 'startTicks', 'reorderTicks', 'stepTicks'] as const;
  const field = same.find((one) => clear[one] !== encrypted[one]);
  return field ? `${encrypted.name} has another ${field} than the clear segment` : null;
}

export interface ComparedSamples {
  clear: readonly Uint8Array[];
  /** The encrypted samples, decrypted again. */
  decrypted: readonly Uint8Array[];
  /** Compares the bytes of two samples: every byte of a film passes here. */
  isSame: (one: Uint8Array, other: Uint8Array) => boolean;
}

/** What is wrong with the samples of a segment next to the clear ones and those decrypted again, in a few words, or null. */
export function samplesProblem(samples: readonly EncryptedSample[], { clear, decrypted, isSame }: ComparedSamples): string | null {
  if (samples.length !== clear.length) return 'another number of samples';
  for (const [index, { data, subSamples }] of samples.entries()) {
    const original = clear[index] as Uint8Array;
    const protectedBytes = subSamples.length === 0 ? data.byteLength : subSamples.reduce((sum, one) => sum + one.protectedBytes, 0);
    const coveredBytes =
      subSamples.length === 0 ? data.byteLength : subSamples.reduce((sum, one) => sum + one.clearBytes + one.protectedBytes, 0);
    if (coveredBytes !== data.byteLength) return `sample ${index} is not covered by its parts`;
    const mustDiffer = data.byteLength >= CERTAINLY_PROTECTED_BYTES;
    if (mustDiffer && (protectedBytes === 0 || isSame(data, original))) return `sample ${index} is clear`;
    if (!isSame(decrypted[index] as Uint8Array, original)) return `sample ${index} decrypts to something else`;
  }
  return null;
}

/** The IVs of samples that follow each other; null where they do not count on by one, so that two could be the same. */
export function ivRangeOf(samples: readonly Pick<EncryptedSample, 'iv'>[]): IvRange | null {
  const [first] = samples;
  if (!first?.iv) return null;
  const start = BigInt(`0x${first.iv}`);
  const counts = samples.every(({ iv }, index) => iv !== null && BigInt(`0x${iv}`) === start + BigInt(index));
  return counts ? { first: first.iv, count: samples.length } : null;
}
