import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef, TsPieceRef } from '../../temporal/contract/activities';
import { FORMAT_VERSION, ofKnownVersion } from '../../temporal/contract/format-version';
import type { TsPieceReport } from '../../temporal/contract/media/mpeg-ts';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { renditionFolder } from '../../temporal/contract/media/renditions';
import { segmentsKeys, tsKey, tsSegmentName } from '../../temporal/contract/object-keys';
import { tsPieceSpan } from '../../workflows/planning/mpegts/ts-title';
import { storedSpan, storedVersions, versionsSha256 } from '../renditions/stored-versions';
import type { StoredTsSource } from './ts-source';

/** The report of a piece, or null when it is not done. Throws `PlanVersionUnknown`. */
export async function loadTsPiece(objects: ObjectStore, { videoId, generation, pieceIndex }: TsPieceRef): Promise<TsPieceReport | null> {
  return ofKnownVersion(await objects.getJson<TsPieceReport>('segments', segmentsKeys.tsPieceReport(videoId, generation, pieceIndex)));
}

/** Marks a piece as done: all its segments are stored before. */
export async function storeTsPiece(objects: ObjectStore, ref: TsPieceRef, made: Omit<TsPieceReport, 'formatVersion'>): Promise<void> {
  const report: TsPieceReport = { formatVersion: FORMAT_VERSION, ...made };
  const key = segmentsKeys.tsPieceReport(ref.videoId, ref.generation, ref.pieceIndex);
  await objects.put('segments', key, JSON.stringify(report), OBJECTS.record);
}

/** A report counts while the CMAF objects are those that it was made from, and all segments that it tells of are stored. */
export async function isTsPieceDone(objects: ObjectStore, ref: TsPieceRef, source: StoredTsSource): Promise<boolean> {
  const report = await loadTsPiece(objects, ref);
  if (!report || report.cmafSha256 !== (await cmafSha256(objects, ref, source))) return false;
  const { first } = tsPieceSpan(source, ref.pieceIndex).video;
  const stored = await Promise.all(report.renditions.map((one) => areStored(objects, ref, { ...one, first })));
  return stored.every(Boolean);
}

/** One value for the content of all objects that a piece is copied from. */
async function cmafSha256(objects: ObjectStore, { pieceIndex }: TsPieceRef, source: StoredTsSource): Promise<string> {
  const { video, audio, place } = source;
  const span = tsPieceSpan(source, pieceIndex);
  const parts = [
    ...video.map(({ rendition }) => ({ rendition, ...span.video })),
    ...(audio && span.audio.first < span.audio.end ? [{ rendition: audio.rendition, ...span.audio }] : []),
  ];
  const versions = await Promise.all(
    parts.map(({ rendition, first, end }) => {
      const { ref, initName, segments } = rendition;
      return storedVersions(objects, place, { folder: renditionFolder(ref), initName, segments: segments.slice(first, end) });
    }),
  );
  return versionsSha256(versions.flat().map(({ version }) => version));
}

async function areStored(
  objects: ObjectStore,
  run: RunRef,
  { name, sizesBytes, first }: { name: string; sizesBytes: readonly number[]; first: number },
): Promise<boolean> {
  const names = sizesBytes.map((_, index) => tsSegmentName(first + index + 1));
  const listed = await storedSpan(objects, { bucket: 'transcoded', prefix: tsKey(run, name, ''), names });
  const sizes = new Map(listed.map((one) => [one.name, one.sizeBytes]));
  return names.every((one, index) => sizes.get(one) === sizesBytes[index]);
}
