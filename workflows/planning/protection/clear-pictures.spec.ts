import type { PictureRecord } from '../../../temporal/contract/media/pictures';
import { isDroppedPicture, keptPictures } from './clear-pictures';

const RECORD: PictureRecord = {
  ...{ formatVersion: 1, generation: 2 },
  images: {
    folder: 'thumbnails',
    intervalMs: 5000,
    durationMs: 9000,
    count: 2,
    width: 320,
    height: 180,
    columns: 2,
    rows: 1,
    largestSheetBytes: 9,
  },
  poster: {
    folder: 'thumbnails/01abc',
    sizes: [
      { width: 640, height: 360 },
      { width: 320, height: 180 },
    ],
  },
  preview: { name: 'thumbnails/preview.mp4', width: 854, height: 480, durationMs: 3000 },
};
const NAMES = [
  'g2/thumbnails/01abc/poster.jpg',
  'g2/thumbnails/01abc/poster_320.avif',
  'g2/thumbnails/poster.jpg',
  'g1/thumbnails/poster_640.jpg',
  'g2/thumbnails/preview.mp4',
  'g1/thumbnails/preview.mp4',
  'g2/thumbnails/sprite_001.jpg',
  'g2/thumbnails/2000ms/thumb_001.jpg',
  'g2/images/playlist.m3u8',
  'g2/pictures.json',
];
const stays = (mostHeight: number) => NAMES.filter((name) => !isDroppedPicture(name, keptPictures(RECORD, mostHeight)));

it('leaves a protected title pictures that are small enough, and no preview', () => {
  expect(stays(480)).toEqual([...NAMES.slice(0, 2), ...NAMES.slice(6)]);
  expect(stays(360)).toEqual(stays(480));
  expect(stays(359)).toEqual(NAMES.slice(6));
  expect(stays(179)).toEqual(['g2/pictures.json']);
  expect(keptPictures(RECORD, 359)).toEqual({ formatVersion: 1, generation: 2, images: RECORD.images });
});
