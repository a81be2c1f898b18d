import { FAMILIES } from '../../../workflows/planning/families/family';
import { IFRAME_PLAYLIST_NAME } from '../../../workflows/planning/manifests/hls';
import {
  clearPlace,
  familyKey,
  EARLY_NAMES,
  MANIFEST_NAMES,
  TS_MANIFEST_NAME,
  tsKey,
  tsSegmentName,
  protectedPlace,
  protectedTitleKey,
  moderationKeys,
  qualityKey,
  renditionKey,
  segmentName,
  segmentsKeys,
  textKeys,
  textSegmentName,
  titleKey,
  PLAYLIST_NAME,
} from '../object-keys';
import { chosenPosterFolder, PICTURES_FOLDER, remadeFolder, thumbnailKeys } from '../picture-keys';
import { mediaObjects, objectKindOf, OBJECTS, type ObjectKind, type ObjectKindName } from './objects';
import { audioRef, videoRef } from './renditions';

const ID = '01M7ZF4PXBDQ3QAZSNXTCAQ0H3';
const TRACK = '01M7ZF4PXBDQ3QAZSNXTCAQ0H4';
const run = { videoId: ID, generation: 12 };
const at = [ID, 12] as const;
const audio = audioRef({ family: 'aac', name: 'aac_128k', language: null, role: 'main' });

/** Every key that code makes, by kind. */
const KEYS: Record<ObjectKindName, string[]> = {
  hlsManifest: [`${ID}/${MANIFEST_NAMES.hls}`],
  dashManifest: [`${ID}/${MANIFEST_NAMES.dash}`],
  earlyHls: [`${ID}/${EARLY_NAMES.hls}`],
  earlyDash: [`${ID}/${EARLY_NAMES.dash}`],
  mediaPlaylist: [...videos(PLAYLIST_NAME), renditionKey(clearPlace(run), audio, PLAYLIST_NAME)],
  iframePlaylist: videos(IFRAME_PLAYLIST_NAME),
  videoInit: videos('init.mp4'),
  videoSegment: [...videos(segmentName(1)), ...videos(segmentName(123_456))],
  audioInit: [clearPlace(run), protectedPlace(run, 'cenc')].map((place) => renditionKey(place, audio, 'init.mp4')),
  audioSegment: [renditionKey(clearPlace(run), audio, segmentName(1))],
  tsManifest: [`${ID}/${TS_MANIFEST_NAME}`],
  tsPlaylist: [tsKey(run, '720p', PLAYLIST_NAME)],
  tsSegment: [tsKey(run, '720p', tsSegmentName(1))],
  picture: [
    ...[undefined, remadeFolder({ intervalMs: 2500 }), chosenPosterFolder(ID)].flatMap((folder) => [
      thumbnailKeys.poster(...at, folder),
      thumbnailKeys.thumb(...at, 7, folder),
      thumbnailKeys.sprite(...at, 1000, folder),
    ]),
    thumbnailKeys.posterSize({ ...run, folder: PICTURES_FOLDER }, 640, 'jpg'),
  ],
  smallPicture: [null, 640].map((width) => thumbnailKeys.posterSize({ ...run, folder: chosenPosterFolder(ID) }, width, 'avif')),
  preview: [thumbnailKeys.preview(...at)],
  imagePlaylist: [PICTURES_FOLDER, remadeFolder({ intervalMs: 1000 })].map((folder) => thumbnailKeys.imagePlaylist(...at, folder)),
  spriteIndex: [thumbnailKeys.spriteIndex(...at), thumbnailKeys.spriteIndex(...at, remadeFolder({ intervalMs: 1000 }))],
  textPlaylist: [`${ID}/${textKeys.folder(12, TRACK)}/playlist.m3u8`],
  text: [textSegmentName(1), 'subtitles.vtt'].map((name) => `${ID}/${textKeys.folder(12, TRACK)}/${name}`),
  cues: [textKeys.cues(ID, TRACK)],
  quality: [qualityKey(...at), ...FAMILIES.map(({ name }) => qualityKey(...at, name))],
  presentation: [
    titleKey(...at),
    protectedTitleKey(run, 'cbcs'),
    protectedTitleKey({ ...run, joins: 'av1' }, 'cenc'),
    ...FAMILIES.map(({ name }) => familyKey(...at, name)),
  ],
  pictureRecord: [thumbnailKeys.record(...at)],
  moderationReport: [moderationKeys.report(...at)],
  flaggedPicture: [moderationKeys.picture(...at, 24)],
  record: [
    ...[segmentsKeys.facts(...at), segmentsKeys.ffprobe(...at), segmentsKeys.frameTimes(...at), segmentsKeys.plan(...at)],
    ...[
      segmentsKeys.plan(...at, 'av1'),
      segmentsKeys.audioReport(...at),
      segmentsKeys.leadReport(...at, 'h264', 7),
      segmentsKeys.pieceReport(...at, 'cbcs', { group: 'av1-hdr', pieceIndex: 12 }),
      segmentsKeys.tsPieceReport(...at, 12),
      segmentsKeys.chunkReport(...at, 'h264', 3),
      segmentsKeys.initRecord(...at, 'h264', '0123456789abcdef'),
    ],
  ],
  sourceCopy: [segmentsKeys.sourceAudio(...at), segmentsKeys.sourceSubtitles(...at), segmentsKeys.mezzanine(...at)],
  soundLevels: [segmentsKeys.soundLevels(...at, 0), segmentsKeys.soundLevels(...at, 12)],
  capture: [segmentsKeys.capture(...at, 5)],
  stagedHls: [...staged(MANIFEST_NAMES.hls)],
  stagedDash: [...staged(MANIFEST_NAMES.dash)],
};

function videos(name: string): string[] {
  const places = [clearPlace(run), protectedPlace(run, 'cbcs'), protectedPlace(run, 'cenc')];
  return places.flatMap((place) => FAMILIES.map((family) => renditionKey(place, videoRef(family.name, { name: '720p' }), name)));
}

function staged(name: string): string[] {
  const kinds = [{}, { joins: 'av1' }, { scheme: 'cbcs' }, { joins: 'av1', scheme: 'cenc' }] as const;
  return kinds.map((kind) => segmentsKeys.stagedManifest(run, name, kind));
}

const kinds = Object.entries(OBJECTS) as [ObjectKindName, ObjectKind][];

it.each(Object.entries(KEYS))('every key of kind %s is of that kind and no other', (kind, keys) => {
  for (const key of keys) {
    const name = key.slice(ID.length + 1);
    expect(kinds.filter(([, { pattern }]) => pattern.test(name)).map(([one]) => one)).toEqual([kind]);
    expect(objectKindOf(name)).toBe(kind);
  }
});

it.each([
  'original.mp4',
  'g1/original.mp4',
  'g1/h264/720p/init.mp4/x',
  'x/g1/manifest.m3u8',
  'g1/thumbnails/other.jpg',
  'manifest.m3u8x',
  '',
])('%j is of no kind', (name) => expect(objectKindOf(name)).toBeNull());

it('makes public what players ask for, and nothing else', () => {
  const names = kinds.filter(([, { isPublic }]) => isPublic).map(([name]) => name);
  expect(names).toEqual([
    ...[
      'hlsManifest',
      'dashManifest',
      'earlyHls',
      'earlyDash',
      'mediaPlaylist',
      'iframePlaylist',
      'videoInit',
      'videoSegment',
      'audioInit',
      'audioSegment',
    ],
    ...['tsManifest', 'tsPlaylist', 'tsSegment', 'picture', 'smallPicture', 'preview', 'imagePlaylist', 'spriteIndex'],
    ...['textPlaylist', 'text'],
  ]);
  const served = names.flatMap((name) => KEYS[name]);
  expect(served.filter((key) => !/\.(m3u8|mpd|m4s|mp4|ts|jpg|avif|vtt)$/.test(key))).toEqual([]);
});

it('lets caches keep for ever what never changes under its name, and only that', () => {
  const replaceable = kinds.filter(([, { cacheControl }]) => cacheControl === 'public, max-age=30').map(([name]) => name);
  expect(replaceable).toEqual([
    ...['hlsManifest', 'dashManifest', 'mediaPlaylist', 'iframePlaylist', 'tsManifest', 'tsPlaylist', 'imagePlaylist', 'textPlaylist'],
  ]);
  const early = ['earlyHls', 'earlyDash'];
  expect(kinds.filter(([, kind]) => 'cacheControl' in kind && kind.cacheControl === 'no-store').map(([name]) => name)).toEqual(early);
  const others = kinds
    .filter(([name, { isPublic }]) => isPublic && !replaceable.includes(name) && !early.includes(name))
    .map(([, kind]) => kind.cacheControl);
  expect(new Set(others)).toEqual(new Set(['public, max-age=31536000, immutable']));
});

it('knows what renditions are made of', () => {
  expect(mediaObjects(audio)).toEqual({ init: OBJECTS.audioInit, segment: OBJECTS.audioSegment });
  expect(mediaObjects({ kind: 'video' })).toEqual({ init: OBJECTS.videoInit, segment: OBJECTS.videoSegment });
  expect(() => mediaObjects({ kind: 'image' })).toThrow(RangeError);
});
