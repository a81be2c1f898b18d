import { createHash } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentKey } from '../../infra/content-keys/content-keys';
import { Failure } from '../../temporal/contract/failures';
import type { DrmScheme, ProtectedRendition } from '../../temporal/contract/media/protection';
import type { Recipe } from '../../temporal/contract/media/recipe';
import { renditionFolder } from '../../temporal/contract/media/renditions';
import type { SegmentReport } from '../../temporal/contract/media/reports';
import { segmentNumber } from '../../temporal/contract/object-keys';
import { SAMPLE_ENTRY_CODECS } from '../../workflows/planning/families/family';
import { MalformedBoxError } from '../../workflows/planning/isobmff/box';
import {
  protectedInit,
  readEncryptedSamples,
  readTrackEncryption,
  sampleData,
  type EncryptedSample,
  type TrackEncryption,
} from '../../workflows/planning/isobmff/encryption';
import { restoreObus, type HiddenObu } from '../../workflows/planning/isobmff/hidden-obus';
import { moveSegment, readInit, readSegment } from '../../workflows/planning/isobmff/isobmff';
import { declarationProblem, ivRangeOf, samplesProblem, timelineProblem } from '../../workflows/planning/protection/check-encryption';
import type { JoinedRendition } from '../renditions/fetch-span';
import { decryptSample } from './sample-cipher';

/** Encrypted segments of a rendition as the packager left them, next to the clear ones. */
export interface EncryptedRendition {
  joined: JoinedRendition;
  span: { first: number; end: number };
  /** Holds the init segment and the segments; they are completed in place. */
  folder: string;
  key: ContentKey;
  scheme: DrmScheme;
  recipe: Recipe;
}

/**
 * Completes the encrypted segments of a rendition in place and proves them: declared as asked, encrypted in every sample, on the timeline of
 * the clear ones, and the same bytes once they are decrypted. Throws `OutputInvalid`.
 */
export async function checkRendition(made: EncryptedRendition): Promise<ProtectedRendition> {
  const { rendition } = made.joined;
  try {
    return await completed(made);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing && !(error instanceof MalformedBoxError)) throw error;
    throw refused(made, isMissing ? 'a segment is missing' : (error as MalformedBoxError).message, rendition.initName);
  }
}

async function completed(made: EncryptedRendition): Promise<ProtectedRendition> {
  const { joined, span, key } = made;
  const { init, encryption } = await completeInit(made);
  const facts = readInit(init, SAMPLE_ENTRY_CODECS);
  const { ref, initName, codec, timescale, segments: all } = joined.rendition;
  if (facts.codec !== codec || facts.timescale !== timescale) throw refused(made, 'the codec or the timescale is another one', initName);
  const segments: SegmentReport[] = [];
  const ivs: Pick<EncryptedSample, 'iv'>[] = [];
  const clearFile = await open(joined.path);
  try {
    for (const [index, { offset, sizeBytes, hidden }] of joined.segments.entries()) {
      const { buffer } = await clearFile.read(Buffer.alloc(sizeBytes), 0, sizeBytes, offset);
      const clear = sampleData(buffer);
      restoreObus(clear, hidden);
      const wanted = all[span.first + index] as SegmentReport;
      const { report, samples } = await completeSegment(made, { wanted, clear, hidden, encryption });
      segments.push(report);
      ivs.push(...samples.map(({ iv }) => ({ iv })));
    }
  } finally {
    await clearFile.close();
  }
  const range = ivRangeOf(ivs);
  if (made.scheme === 'cenc' && !range) throw refused(made, 'IVs do not count on from sample to sample', initName);
  const initSha256 = createHash('sha256').update(init).digest('hex');
  return { ref, codec, timescale, initName, initSizeBytes: init.byteLength, initSha256, segments, kid: key.kid, ivs: range };
}

async function completeInit(made: EncryptedRendition): Promise<{ init: Uint8Array; encryption: TrackEncryption }> {
  const { joined, folder, key, scheme } = made;
  const { initName, ref } = joined.rendition;
  const path = join(folder, initName);
  const ofServer = key.signalling?.pssh.map((box) => new Uint8Array(Buffer.from(box, 'base64')));
  const init = protectedInit(joined.init, await readFile(path), ofServer);
  const encryption = readTrackEncryption(init);
  const problem = declarationProblem(encryption, { scheme, kind: ref.kind === 'audio' ? 'audio' : 'video', kid: key.kid, iv: key.iv });
  if (problem || !encryption) throw refused(made, problem ?? 'no encryption', initName);
  await writeFile(path, init);
  return { init, encryption };
}

async function completeSegment(
  made: EncryptedRendition,
  {
    wanted,
    clear,
    hidden,
    encryption,
  }: { wanted: SegmentReport; clear: readonly Uint8Array[]; hidden: readonly HiddenObu[]; encryption: TrackEncryption },
): Promise<{ report: SegmentReport; samples: EncryptedSample[] }> {
  const path = join(made.folder, wanted.name);
  const packaged = await readFile(path);
  // The packager takes the edit list off the times of sound.
  const offsetTicks = wanted.startTicks - readSegment(packaged).startTicks;
  const bytes = moveSegment(packaged, { offsetTicks, sequenceNumber: segmentNumber(wanted.name), withBrands: made.recipe >= 2 });
  const report = { name: wanted.name, sizeBytes: bytes.byteLength, ...readSegment(bytes) };
  const samples = readEncryptedSamples(bytes, encryption);
  restoreObus(
    samples.map(({ data }) => data),
    hidden,
  );
  const decrypted = samples.map((sample) => decryptSample(sample, encryption, made.key.key));
  const problem = timelineProblem(wanted, report) ?? samplesProblem(samples, { clear, decrypted, isSame });
  if (problem) throw refused(made, problem, wanted.name);
  await writeFile(path, bytes);
  return { report, samples };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function refused({ joined }: EncryptedRendition, problem: string, name: string): Failure {
  const where = `${renditionFolder(joined.rendition.ref)}/${name}`;
  return new Failure('OutputInvalid', `The encrypted streams did not pass their check at ${where}: ${problem}. They were not published.`);
}
