import type { ThumbnailRequest } from './media/pictures';
import { generationFolder, pad, type RunOfVideo } from './object-keys';

/** Folder of the pictures that a run of the pipeline makes, below that of its generation. */
export const PICTURES_FOLDER = 'thumbnails';

/** Folder of thumbnails that were made later, at another interval. */
export function remadeFolder({ intervalMs }: ThumbnailRequest): string {
  return `${PICTURES_FOLDER}/${intervalMs}ms`;
}

/** Folder of a poster that a user has chosen. */
export function chosenPosterFolder(posterId: string): string {
  return `${PICTURES_FOLDER}/${posterId.toLowerCase()}`;
}

/** Pictures of a generation, below `video-transcoded`; in {@link PICTURES_FOLDER} unless another folder is named. */
export const thumbnailKeys = {
  poster: (videoId: string, generation: number, folder?: string) => thumbnailKey(videoId, generation, 'poster.jpg', folder),
  /** The poster in a smaller width than the largest, or in another format. */
  posterSize: (at: GenerationFolder, width: number | null, format: 'jpg' | 'avif') =>
    thumbnailKey(at.videoId, at.generation, posterName(width, format), at.folder),
  /** The 1-based thumbnail `number`. */
  thumb: (videoId: string, generation: number, number: number, folder?: string) =>
    thumbnailKey(videoId, generation, thumbName(number), folder),
  /** The 1-based sprite sheet `number`. */
  sprite: (videoId: string, generation: number, number: number, folder?: string) =>
    thumbnailKey(videoId, generation, spriteName(number), folder),
  /** WebVTT that maps times to places on the sprite sheets, which it names without folder. */
  spriteIndex: (videoId: string, generation: number, folder?: string) => thumbnailKey(videoId, generation, 'sprite.vtt', folder),
  /** HLS playlist of the sheets in `folder`. */
  imagePlaylist: (videoId: string, generation: number, folder: string) =>
    `${generationFolder(videoId, generation)}/${imagePlaylistPath(folder)}`,
  preview: (videoId: string, generation: number) => thumbnailKey(videoId, generation, PREVIEW_NAME),
  /** Which of them there are; for the service only. */
  record: (videoId: string, generation: number) => `${generationFolder(videoId, generation)}/pictures.json`,
};

interface GenerationFolder extends RunOfVideo {
  folder: string;
}

export const PREVIEW_NAME = 'preview.mp4';

/** Path of the HLS playlist of the sheets in `folder`, below the folder of the generation. */
export function imagePlaylistPath(folder: string): string {
  return `images${folder.slice(PICTURES_FOLDER.length)}/playlist.m3u8`;
}

/** File name of a poster; `width` is null for the largest size. */
export function posterName(width: number | null, format: 'jpg' | 'avif'): string {
  return `poster${width === null ? '' : `_${width}`}.${format}`;
}

/** File name of the 1-based thumbnail `number`. */
export function thumbName(number: number): string {
  return `thumb_${pad(number, 3)}.jpg`;
}

/** File name of the 1-based sprite sheet `number`. */
export function spriteName(number: number): string {
  return `sprite_${pad(number, 3)}.jpg`;
}

function thumbnailKey(videoId: string, generation: number, name: string, folder = PICTURES_FOLDER): string {
  return `${generationFolder(videoId, generation)}/${folder}/${name}`;
}
