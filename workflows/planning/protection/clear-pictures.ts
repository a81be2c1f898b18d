import type { PictureRecord } from '../../../temporal/contract/media/pictures';

const POSTER = /^g\d+\/thumbnails\/(?:[a-z\d]+\/)?poster(?:_\d+)?\.(?:jpg|avif)$/;
const PREVIEW = /^g\d+\/thumbnails\/preview\.mp4$/;
const SHEETS = /^g\d+\/(?:images\/.*|thumbnails\/(?:[a-z\d]+\/)?(?:thumb_\d+\.jpg|sprite_\d+\.jpg|sprite\.vtt))$/;

/**
 * Which pictures a title keeps that is protected after it was published: they are clear, so none may be higher than `mostHeight`
 * pixels. A preview is media, and goes. */
export function keptPictures({ formatVersion, generation, images, poster }: PictureRecord, mostHeight: number): PictureRecord {
  const isSmall = (one: { height: number } | undefined) => one !== undefined && one.height <= mostHeight;
  return {
    ...{ formatVersion, generation },
    ...(images && isSmall(images) ? { images } : {}),
    ...(poster && isSmall(poster.sizes[0]) ? { poster } : {}),
  };
}

/**
 * Whether that is the name, below its video's folder, of a picture that goes when its title is protected. Sheets of earlier generations and
 * intervals are of one size, and stay with those that are kept; other posters may be of any.
 */
export function isDroppedPicture(name: string, { generation, images, poster }: PictureRecord): boolean {
  if (POSTER.test(name)) return !(poster && name.startsWith(`g${generation}/${poster.folder}/poster`));
  return PREVIEW.test(name) || (SHEETS.test(name) && !images);
}
