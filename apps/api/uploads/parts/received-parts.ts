import { expectedPartBytes, partCount } from './part-layout';

export interface StoredPart {
  partNumber: number;
  sizeBytes: number;
  /** Equal for equal contents. */
  etag: string;
  storedAt: Date;
}

export interface ReceivedParts<T extends StoredPart> {
  /** The parts that make the file, in order; all of them when nothing is missing or wrong. */
  parts: T[];
  missingParts: number[];
  /** Numbers of parts that must be sent again, and of parts beyond the end of the file. */
  wrongParts: number[];
  bytesReceived: number;
  partsTotal: number;
}

/** Compares the stored parts with those that a file of this size must have. Of a part that was sent again the newest counts. */
export function compareParts<T extends StoredPart>(fileSizeBytes: number, partSizeBytes: number, stored: readonly T[]): ReceivedParts<T> {
  const partsTotal = partCount(fileSizeBytes, partSizeBytes);
  const versions = newestVersions(stored);
  const received: ReceivedParts<T> = { parts: [], missingParts: [], wrongParts: [], bytesReceived: 0, partsTotal };
  for (let number = 1; number <= partsTotal; number++) {
    const newest = versions.get(number);
    if (!newest) {
      received.missingParts.push(number);
      continue;
    }
    const right = newest.filter((part) => part.sizeBytes === expectedPartBytes(fileSizeBytes, partSizeBytes, number));
    received.bytesReceived += (right[0] ?? newest[0])?.sizeBytes ?? 0;
    // Two contents of one size from the same second: nothing tells which is the later one. Equal tags are equal contents.
    if (right[0] && new Set(right.map(({ etag }) => etag)).size === 1) received.parts.push(right[0]);
    else received.wrongParts.push(number);
  }
  const beyond = stored.filter((part) => part.partNumber > partsTotal);
  received.wrongParts.push(...new Set(beyond.map((part) => part.partNumber)));
  received.bytesReceived += beyond.reduce((sum, part) => sum + part.sizeBytes, 0);
  return received;
}

/** Why these parts are not the announced file, in a sentence that helps, or null when they are. */
export function reasonNotComplete(received: ReceivedParts<StoredPart>, fileSizeBytes: number): string | null {
  const { missingParts, wrongParts, bytesReceived } = received;
  if (missingParts.length > 0) {
    const parts = missingParts.length === 1 ? `Part ${listed(missingParts)} is` : `Parts ${listed(missingParts)} are`;
    return `${parts} missing; send what is missing and call complete again.`;
  }
  if (wrongParts.length > 0) {
    const sizes = `The parts add up to ${bytesReceived} bytes and file_size_bytes is ${fileSizeBytes}.`;
    return `${sizes} Send part ${listed(wrongParts)} again, or start a new upload with the right size.`;
  }
  return null;
}

/** The versions of each part with the latest time; more than one when they came within a second. */
function newestVersions<T extends StoredPart>(stored: readonly T[]): Map<number, T[]> {
  const versions = new Map<number, T[]>();
  for (const part of stored) {
    const newest = versions.get(part.partNumber);
    const newerBy = newest?.[0] ? part.storedAt.getTime() - newest[0].storedAt.getTime() : 1;
    if (newerBy > 0) versions.set(part.partNumber, [part]);
    else if (newerBy === 0) newest?.push(part);
  }
  return versions;
}

function listed(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 10).join(', ');
  return numbers.length > 10 ? `${shown} and ${numbers.length - 10} more` : shown;
}
