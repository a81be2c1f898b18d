import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { Failure } from '../../temporal/contract/failures';
import { FORMAT_VERSION, ofKnownVersion } from '../../temporal/contract/format-version';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { PictureRecord } from '../../temporal/contract/media/pictures';
import { thumbnailKeys } from '../../temporal/contract/picture-keys';

/** A lost conditional PUT means that another change won; a few losses in a row are an exception. */
const MOST_TRIES = 5;

/** Which pictures of a generation are stored; null where none are, or an earlier release made them. Throws `PlanVersionUnknown`. */
export async function loadPictures(objects: ObjectStore, { videoId, generation }: RunRef): Promise<PictureRecord | null> {
  const record = await objects.getJson<PictureRecord>('transcoded', thumbnailKeys.record(videoId, generation));
  if (record) ofKnownVersion(record);
  return record;
}

/** Records pictures once they are stored; changes at the same time never undo each other. Resolves to the record. */
export async function changePictures(
  objects: ObjectStore,
  { videoId, generation }: RunRef,
  change: (record: PictureRecord) => PictureRecord,
): Promise<PictureRecord> {
  const key = thumbnailKeys.record(videoId, generation);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const stored = await objects.getWithEtag('transcoded', key);
    const before = stored ? (JSON.parse(Buffer.from(stored.bytes).toString('utf8')) as PictureRecord) : null;
    const next = change(before ?? { formatVersion: FORMAT_VERSION, generation });
    const options = { ...OBJECTS.pictureRecord, etag: stored?.etag ?? null };
    if (await objects.putIfUnchanged('transcoded', key, Buffer.from(JSON.stringify(next)), options)) return next;
  }
  throw new Failure('StorageUnavailable', 'The record of the pictures keeps changing.');
}
