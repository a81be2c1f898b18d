import { XMLParser } from 'fast-xml-parser';
import * as HLS from 'hls-parser';
import type { VideoRung } from '../../../temporal/contract/media/plan';
import { videoRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { dashManifest } from './dash';
import { masterPlaylist } from './hls';
import { imagePlaylist, type ImagePresentation } from './images';
import type { Presentation } from './presentation';

const segment = {
  name: 'segment_00001.m4s',
  sizeBytes: 100_000,
  sampleCount: 325,
  durationTicks: 325,
  startTicks: 0,
  reorderTicks: 2,
  stepTicks: 1,
};
const rendition: RenditionReport = {
  ...{
    ref: videoRef('h264', { name: '360p' }),
    timescale: 25,
    codec: 'avc1.4d401e',
    initName: 'init.mp4',
    initSizeBytes: 800,
    initSha256: 'a',
  },
  segments: [{ ...segment, keyFrame: { offset: 96, sizeBytes: 1000 } }],
};
const images: ImagePresentation = {
  ...{ generationPrefix: 'g2/', folder: 'thumbnails', intervalMs: 2000, durationMs: 13_000, count: 7 },
  ...{ width: 320, height: 180, columns: 2, rows: 2, largestSheetBytes: 50_000 },
};
const title: Presentation = {
  ...{ folderPrefix: 'g2/drm/cbcs/', frameRate: { num: 25, den: 1 }, audio: [], text: [], images: [] },
  video: [{ rung: { name: '360p', width: 640, height: 360 } as VideoRung, rendition }],
};

it('lists sheets for players that know tiles', () => {
  expect(imagePlaylist(images)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:8
#EXT-X-MEDIA-SEQUENCE:1
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-IMAGES-ONLY
#EXTINF:8.000,
#EXT-X-TILES:RESOLUTION=320x180,LAYOUT=2x2,DURATION=2.000
../thumbnails/sprite_001.jpg
#EXTINF:5.000,
#EXT-X-TILES:RESOLUTION=320x180,LAYOUT=2x2,DURATION=2.000
../thumbnails/sprite_002.jpg
#EXT-X-ENDLIST
`);
  const remade = imagePlaylist({ ...images, folder: 'thumbnails/2000ms' });
  expect(remade).toContain('\n../../thumbnails/2000ms/sprite_001.jpg\n');
});

it('is named by the multivariant playlist, beside the generation and not beside encrypted media', () => {
  const clear = masterPlaylist(title);
  const master = masterPlaylist({ ...title, thumbnails: images });
  const line = '#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=50000,RESOLUTION=320x180,CODECS="jpeg",URI="g2/images/playlist.m3u8"';
  expect(master).toBe(`${clear}\n${line}\n`);
  HLS.setOptions({ strictMode: true });
  expect((HLS.parse(master) as HLS.types.MasterPlaylist).variants).toHaveLength(2);
});

it('is an AdaptationSet of tiles', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const sets = parser.parse(dashManifest({ ...title, thumbnails: images })).MPD.Period.AdaptationSet;
  expect(sets[1]).toEqual({
    ...{ id: '1', contentType: 'image', mimeType: 'image/jpeg' },
    SegmentTemplate: { media: 'g2/thumbnails/sprite_$Number%03d$.jpg', timescale: '1000', duration: '8000', startNumber: '1' },
    Representation: {
      ...{ id: 'thumbnails', bandwidth: '50000', width: '640', height: '360' },
      EssentialProperty: { schemeIdUri: 'http://dashif.org/guidelines/thumbnail_tile', value: '2x2' },
    },
  });
});
