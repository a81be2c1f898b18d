import { OLD_GENERATION_GRACE_MS, referencedGenerations, removableGenerations } from './removable-generations';

const HLS =
  '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI="g3/audio/aac_128k/playlist.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1\ng3/h264/480p/playlist.m3u8\n';

it.each<[string, string, number[]]>([
  ['a multivariant playlist', HLS, [3]],
  ['an MPD', '<SegmentTemplate initialization="g12/h264/480p/init.mp4" media="g12/h264/480p/segment_$Number%05d$.m4s">', [12]],
  ['the path of a poster', '/stream/01ABC/g2/thumbnails/poster.jpg', [2]],
  ['a mix', `${HLS}\ng2/h264/480p/playlist.m3u8`, [2, 3]],
  ['no manifest', '#EXTM3U\nslug3/h264/playlist.m3u8', []],
])('finds the generations in %s', (_, text, generations) => {
  expect(referencedGenerations(text)).toEqual(generations);
});

describe('removableGenerations', () => {
  const state = { stored: [1, 2, 3, 4], referenced: [3], publishedAtMs: 0, nowMs: OLD_GENERATION_GRACE_MS };

  it('removes what is older than the published one', () => expect(removableGenerations(state)).toEqual([1, 2]));

  it.each([
    ['before the grace is over', { ...state, nowMs: OLD_GENERATION_GRACE_MS - 1 }, []],
    ['when nothing is published', { ...state, referenced: [] }, []],
    ['that a manifest still names', { ...state, referenced: [1, 3] }, []],
    ['that holds the poster', { ...state, referenced: [2, 3] }, [1]],
  ])('keeps a generation %s', (_, other, removed) => expect(removableGenerations(other)).toEqual(removed));
});
