import type { UploadState } from './api-bodies.ts';

export interface PartRange {
  number: number;
  /** First byte and exclusive end. */
  start: number;
  end: number;
}

/** Parts of equal size that tile the file; the last one may be shorter. */
export function partRanges(sizeBytes: number, upload: Pick<UploadState, 'max_chunk_size' | 'parts_total'>): PartRange[] {
  return Array.from({ length: upload.parts_total }, (_, index) => ({
    number: index + 1,
    start: index * upload.max_chunk_size,
    end: Math.min(sizeBytes, (index + 1) * upload.max_chunk_size),
  }));
}

/** The parts that storage lacks, or holds in another size than announced. Throws when the upload is of a file of another size. */
export function partsToSend(sizeBytes: number, state: UploadState): PartRange[] {
  if (state.file_size_bytes !== sizeBytes)
    throw new Error(`The upload is of a file of ${state.file_size_bytes} bytes, this one has ${sizeBytes}. Start a new upload.`);
  const wanted = new Set([...state.missing_parts, ...state.wrong_parts]);
  return partRanges(sizeBytes, state).filter(({ number }) => wanted.has(number));
}
