import type { PictureRecord } from '../../../temporal/contract/media/pictures';

const POSTER = /^g\d+\/thumbnails\/(?:[a-z\d]+\/)?poster(?:_\d+)?\.(?:jpg|avif)$/;
const PREVIEW = /^g\d+\/thumbnails\/preview\.mp4$/;
const SHEETS = /^g\d+\/(?:images\/.*|thumbnails\/(?:[a-z\d]+\/)?(?:thumb_\d+\.jpg|sprite_\d+\.jpg|sprite\.vtt))$/;

/** Which pictures a title keeps that is protected after it was published: they are clear, so none may be higher than `mostHeight` pixels. */
export function keptPictures({ images, poster, preview, ...about }: PictureRecord, mostHeight: number): PictureRecord {
  const isSmall = (one: { height: number } | undefined) => one !== undefined && one.height <= mostHeight;
  return {
    ...about,
    ...(images && isSmall(images) ? { images } : {}),
    ...(poster && isSmall(poster.sizes[0]) ? { poster } : {}),
    ...(preview && isSmall(preview) ? { preview } : {}),
  };
}

/**
 * Whether that is the name, below its video's folder, of a picture that goes when its title is protected. Sheets of earlier generations and
 * intervals are of one size, and stay with those that are kept; other posters and previews may be of any.
 */
export function isDroppedPicture(name: string, { generation, images, poster, preview }: PictureRecord): boolean {
  if (POSTER.test(name)) return !(poster && name.startsWith(`g${generation}/${poster.folder}/poster`));
  if (PREVIEW.test(name)) return !(preview && name === `g${generation}/${preview.name}`);
  return SHEETS.test(name) && !images;
}
