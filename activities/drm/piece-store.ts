import type { ObjectStore } from '../../infra/object-store/object-store';
import type { PieceRef } from '../../temporal/contract/activities';
import { ofKnownVersion } from '../../temporal/contract/format-version';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { DrmScheme, PieceReport } from '../../temporal/contract/media/protection';
import { renditionFolder } from '../../temporal/contract/media/renditions';
import { protectedPlace, segmentsKeys } from '../../temporal/contract/object-keys';
import { storedVersions, versionsSha256 } from '../renditions/stored-versions';
import type { PieceSource } from './protection-source';

/** Key of the report of a piece. */
export function pieceReportKey({ videoId, generation, ...piece }: PieceRef, scheme: DrmScheme): string {
  return segmentsKeys.pieceReport(videoId, generation, scheme, piece);
}

/** The report of a piece, or null when it is not done. Throws `PlanVersionUnknown`. */
export async function loadPieceReport(objects: ObjectStore, ref: PieceRef, scheme: DrmScheme): Promise<PieceReport | null> {
  const report = await objects.getJson<PieceReport>('segments', pieceReportKey(ref, scheme));
  if (report) ofKnownVersion(report);
  return report;
}

/** Marks a piece as done: all objects that the report names are stored before. */
export async function storePieceReport(
  objects: ObjectStore,
  ref: PieceRef,
  { scheme, report }: { scheme: DrmScheme; report: PieceReport },
): Promise<void> {
  await objects.put('segments', pieceReportKey(ref, scheme), JSON.stringify(report), OBJECTS.record);
}

/** A report counts while the clear objects are those that it was made from, and all that it names are stored. */
export async function isPieceDone(objects: ObjectStore, source: PieceSource): Promise<boolean> {
  const { ref, request, place, renditions, span } = source;
  const report = await loadPieceReport(objects, ref, request.scheme);
  if (!report) return false;
  const clear = renditions.map((one) => {
    return { folder: renditionFolder(one.ref), initName: one.initName, segments: one.segments.slice(span.first, span.end) };
  });
  const versions = await Promise.all(clear.map((one) => storedVersions(objects, place, one)));
  if (report.clearSha256 !== versionsSha256(versions.flat().map(({ version }) => version))) return false;
  const target = protectedPlace(ref, request.scheme);
  const stored = await Promise.all(
    report.renditions.map(async (one) => {
      const found = await storedVersions(objects, target, { ...one, folder: renditionFolder(one.ref) });
      const sizes = [one.initSizeBytes, ...one.segments.map(({ sizeBytes }) => sizeBytes)];
      return found.length === sizes.length && found.every(({ sizeBytes }, index) => sizeBytes === sizes[index]);
    }),
  );
  return stored.every(Boolean);
}
