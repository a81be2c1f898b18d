import type { AudioPlan, VideoRung } from '../../../temporal/contract/media/plan';
import { audioRef, videoRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { aacTrack } from '../testing/aac-track';
import type { Presentation } from '../manifests/presentation';
import { tsConformanceProblems } from '../quality/ts-conformance';
import { muxTsArgs } from './mux-args';
import { tsMasterPlaylist, tsMediaPlaylist } from './ts-playlists';
import { tsPieceCount, tsPieceSpan, tsRenditions, tsSourceOf } from './ts-title';

const SEGMENTS = 12;
const FRAMES = 180;

function report(
  ref: RenditionReport['ref'],
  { codec, timescale, ticks, count = SEGMENTS }: { codec: string; timescale: number; ticks: number; count?: number },
): RenditionReport {
  const segments = Array.from({ length: count }, (_, index) => ({
    ...{
      name: `segment_${String(index + 1).padStart(5, '0')}.m4s`,
      sizeBytes: 1000,
      sampleCount: FRAMES,
      durationTicks: ticks,
      startTicks: index * ticks,
    },
    ...{ reorderTicks: 0, stepTicks: 1001, keyFrame: null },
  }));
  return { ref, timescale, codec, initName: 'init.mp4', initSizeBytes: 1, initSha256: 'a', segments };
}

const rung = (name: string, width: number, height: number) => ({ name, width, height }) as VideoRung;
const picture = (family: 'h264' | 'hevc', name: string, height: number) => ({
  rung: rung(name, height * 2, height),
  rendition: report(videoRef(family, { name }), {
    codec: family === 'h264' ? 'avc1.4d401f' : 'hvc1',
    timescale: 30_000,
    ticks: FRAMES * 1001,
  }),
});
const track = (differences: Partial<AudioPlan> = {}, count = SEGMENTS) => {
  const audio = { ...aacTrack(), ...differences };
  return { audio, rendition: report(audioRef(audio), { codec: 'mp4a.40.2', timescale: 48_000, ticks: 288_288, count }) };
};
const presentation: Presentation = {
  ...{ folderPrefix: 'g2/', frameRate: { num: 30_000, den: 1001 }, text: [], images: [] },
  video: [picture('h264', '480p', 480), picture('h264', '240p', 240)],
  audio: [track(), track({ name: 'aac_other', language: 'fr' })],
};
const source = tsSourceOf(presentation);

it('takes H.264 and the default track', () => {
  expect(source.audio?.audio.name).toBe(aacTrack().name);
  const more = { ...presentation, video: [picture('hevc', '480p', 480), ...presentation.video] };
  expect(tsSourceOf(more).video.map(({ rung: { name }, rendition }) => [rendition.ref.family, name])).toEqual([
    ['h264', '480p'],
    ['h264', '240p'],
  ]);
});

it('takes the two channels of the default track where it has more first, and no other language', () => {
  const surround = track({ name: 'aac_384k', channels: 6 });
  expect(tsSourceOf({ ...presentation, audio: [surround, track()] }).audio?.audio.channels).toBeLessThanOrEqual(2);
  expect(tsSourceOf({ ...presentation, audio: [surround, track({ language: 'fr' })] }).audio).toBeNull();
  expect(tsSourceOf({ ...presentation, audio: [] }).audio).toBeNull();
});

it('makes pieces of about a minute, the last of which has the sound to its end', () => {
  expect(tsPieceCount(source)).toBe(2);
  expect(tsPieceSpan(source, 0)).toEqual({ video: { first: 0, end: 9 }, audio: { first: 0, end: 9 }, isLast: false });
  const longer = { ...source, audio: track({}, SEGMENTS + 1) };
  expect(tsPieceSpan(longer, 1)).toEqual({ video: { first: 9, end: 12 }, audio: { first: 9, end: 13 }, isLast: true });
  const shorter = { ...source, audio: track({}, 7) };
  expect(tsPieceSpan(shorter, 1)).toEqual({ video: { first: 9, end: 12 }, audio: { first: 7, end: 7 }, isLast: true });
  expect(tsPieceCount(tsSourceOf({ ...presentation, video: [picture('hevc', '480p', 480)] }))).toBe(0);
});

it('cuts where the CMAF segments are cut, with times of the title', () => {
  const args = muxTsArgs({ firstNumber: 10, frameCounts: [180, 180, 60], hasAudio: true }).join(' ');
  expect(args).toBe(
    '-hide_banner -nostdin -nostats -v error -y -copyts -i video.mp4 -copyts -i audio.mp4 -map 0:v:0 -map 1:a:0 -c copy ' +
      '-map_metadata -1 -fflags +bitexact -muxdelay 0.5 -muxpreload 0 -output_ts_offset 9 -f segment -segment_format mpegts ' +
      '-segment_format_options pcr_period=20:pat_period=3600:sdt_period=3600 -individual_header_trailer 0 -segment_frames 180,360,420 ' +
      '-segment_start_number 10 segment_%05d.ts',
  );
  expect(muxTsArgs({ firstNumber: 1, frameCounts: [10], hasAudio: false })).not.toContain('audio.mp4');
});

describe('what is published', () => {
  const sizes = (count: number) => ['480p', '240p'].map((name) => ({ name, sizesBytes: Array.from({ length: count }, () => 1200) }));
  const piece = (pieceIndex: number, count: number) => ({
    formatVersion: 1 as const,
    pieceIndex,
    cmafSha256: 'a',
    renditions: sizes(count),
  });
  const renditions = tsRenditions(source, [piece(0, 9), piece(1, 3)]);

  it('is a master of muxed renditions', () => {
    expect(tsMasterPlaylist(source, renditions.slice(0, 1), 'g2/')).toBe(
      [
        ...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-INDEPENDENT-SEGMENTS', ''],
        '#EXT-X-STREAM-INF:BANDWIDTH=1599,AVERAGE-BANDWIDTH=1599,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=960x480,FRAME-RATE=29.970,CLOSED-CAPTIONS=NONE',
        'g2/ts/480p/playlist.m3u8',
        '',
      ].join('\n'),
    );
  });

  it('is a playlist without init segment', () => {
    const text = tsMediaPlaylist({ ...renditions[0]!, segments: renditions[0]!.segments.slice(0, 2) });
    expect(text.split('\n')).toEqual([
      ...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-INDEPENDENT-SEGMENTS', '#EXT-X-TARGETDURATION:6', '#EXT-X-MEDIA-SEQUENCE:1'],
      ...[
        '#EXT-X-PLAYLIST-TYPE:VOD',
        '#EXTINF:6.006000,',
        'segment_00001.ts',
        '#EXTINF:6.006000,',
        'segment_00002.ts',
        '#EXT-X-ENDLIST',
        '',
      ],
    ]);
  });

  it('is refused where a piece lacks a segment', () => {
    expect(() => tsRenditions(source, [piece(0, 9), piece(1, 2)])).toThrow('11 of 12 segments');
  });

  const media = (changed: object = {}) => ({
    ...{ targetDurationSeconds: 6, independentSegments: true, ended: true, initName: null, keys: [] },
    segments: renditions[0]!.segments.map(({ name }) => ({ name, durationSeconds: 6.006, range: null })),
    ...changed,
  });
  const variant = (name: string, changed: object = {}) => ({
    ...{ uri: `g2/ts/${name}/playlist.m3u8`, bandwidthBps: 1599, averageBps: 1599, codecs: 'avc1.4d401f,mp4a.40.2' },
    ...{ videoRange: 'SDR' as const, audioUris: [], ...changed },
  });
  const published = ({ of480 = {}, list = {}, lost = '' } = {}) => ({
    master: {
      ...{ sessionKeys: [], independentSegments: true, iframeVariants: [] },
      variants: [variant('480p', of480), variant('240p')],
    },
    media: new Map([
      ['480p', media(list)],
      ['240p', media()],
    ]),
    sizes: new Map(
      renditions.flatMap(({ video, segments }) =>
        segments
          .map(({ name, sizeBytes }): [string, number] => [`${video.rung.name}/${name}`, sizeBytes])
          .filter(([name]) => name !== lost),
      ),
    ),
  });

  it('agrees with what was made', () => {
    expect(tsConformanceProblems(source, renditions, published())).toEqual([]);
  });

  it.each<[string, string, Parameters<typeof published>[0]]>([
    ['objects', 'a lost segment', { lost: '480p/segment_00002.ts' }],
    ['playlists', 'a wrong duration', { list: { segments: media().segments.map((one) => ({ ...one, durationSeconds: 6 })) } }],
    ['playlists', 'a segment that is not listed', { list: { segments: media().segments.slice(1) } }],
    ['playlists', 'no end', { list: { ended: false } }],
    ['playlists', 'another target duration', { list: { targetDurationSeconds: 10 } }],
    ['playlists', 'an init segment', { list: { initName: 'init.mp4' } }],
    ['variants', 'other codecs', { of480: { codecs: 'avc1.4d401f' } }],
    ['variants', 'a bandwidth below the peak', { of480: { bandwidthBps: 900 } }],
    ['variants', 'a rung that is missing', { of480: { uri: 'g2/ts/720p/playlist.m3u8' } }],
  ])('breaks the rule %s with %s', (rule, _what, spoilt) => {
    expect(tsConformanceProblems(source, renditions, published(spoilt)).map((one) => one.rule)).toContain(rule);
  });
});
