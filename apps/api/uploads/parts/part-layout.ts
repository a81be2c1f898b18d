import { MIB } from '../../../../temporal/contract/units';

/** S3's own limits (Amazon S3 User Guide, "Multipart upload limits"). */
const MAX_PARTS = 10_000;

export interface PartLayout {
  partSizeBytes: number;
  partsTotal: number;
}

/** Parts of `preferredPartSizeBytes`, or of larger whole MiB when the file would need more than 10,000 of them. */
export function partLayout(fileSizeBytes: number, preferredPartSizeBytes: number): PartLayout {
  const neededBytes = Math.ceil(fileSizeBytes / MAX_PARTS / MIB) * MIB;
  const partSizeBytes = Math.max(preferredPartSizeBytes, neededBytes);
  return { partSizeBytes, partsTotal: partCount(fileSizeBytes, partSizeBytes) };
}

export function partCount(fileSizeBytes: number, partSizeBytes: number): number {
  return Math.ceil(fileSizeBytes / partSizeBytes);
}

/** Bytes that the 1-based part must have; all parts but the last are equal. */
export function expectedPartBytes(fileSizeBytes: number, partSizeBytes: number, partNumber: number): number {
  return Math.min(partSizeBytes, fileSizeBytes - (partNumber - 1) * partSizeBytes);
}
