import { XMLParser } from 'fast-xml-parser';
import * as HLS from 'hls-parser';
import type { VideoRung } from '../../../temporal/contract/media/plan';
import { audioRef, videoRef, type RenditionRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport, SegmentReport } from '../../../temporal/contract/media/reports';
import { aacTrack } from '../testing/aac-track';
import { measureBandwidth, targetDurationSeconds } from './bandwidth';
import { dashManifest } from './dash';
import { iframePlaylist, masterPlaylist, mediaPlaylist } from './hls';
import { pairRungs, type Presentation } from './presentation';

const NTSC = { num: 30000, den: 1001 };

function rendition(ref: RenditionRef, codec: string, sizes: readonly number[]): RenditionReport {
  const frames = sizes.map((_, index) => (index < sizes.length - 1 ? 180 : 30));
  const segments = sizes.map((sizeBytes, index): SegmentReport => ({
    name: `segment_0000${index + 1}.m4s`,
    sizeBytes,
    sampleCount: frames[index] ?? 0,
    durationTicks: (frames[index] ?? 0) * 1001,
    startTicks: index * 180 * 1001,
    reorderTicks: 2002,
    stepTicks: 1001,
    keyFrame: { offset: 96, sizeBytes: 10_000 + index },
  }));
  return { ref, timescale: 30000, codec, initName: 'init.mp4', initSizeBytes: 860, initSha256: 'a', segments };
}

const rung = (name: string, width: number, height: number) => ({ name, width, height }) as VideoRung;
const h264 = (name: string) => videoRef('h264', { name });
const video = pairRungs({ family: 'h264', rungs: [rung('480p', 854, 480), rung('240p', 426, 240)] }, [
  rendition(h264('240p'), 'avc1.4d4015', [300_300, 150_150, 25_025]),
  rendition(h264('480p'), 'avc1.4d401f', [600_600, 750_750, 75_075]),
]);
const audio = aacTrack({ language: 'en' });
const sound: RenditionReport = {
  ref: audioRef(audio),
  timescale: 48_000,
  codec: 'mp4a.40.2',
  initName: 'init.mp4',
  initSizeBytes: 800,
  initSha256: 'b',
  segments: [
    {
      name: 'segment_00001.m4s',
      sizeBytes: 96_000,
      sampleCount: 281,
      durationTicks: 287_744,
      startTicks: 0,
      reorderTicks: 0,
      stepTicks: 1024,
      keyFrame: null,
    },
    {
      name: 'segment_00002.m4s',
      sizeBytes: 96_100,
      sampleCount: 282,
      durationTicks: 288_768,
      startTicks: 287_744,
      reorderTicks: 0,
      stepTicks: 1024,
      keyFrame: null,
    },
    {
      name: 'segment_00003.m4s',
      sizeBytes: 17_000,
      sampleCount: 48,
      durationTicks: 49_152,
      startTicks: 576_512,
      reorderTicks: 0,
      stepTicks: 1024,
      keyFrame: null,
    },
  ],
};
const presentation: Presentation = {
  folderPrefix: 'g1/',
  frameRate: NTSC,
  video,
  audio: [{ audio, rendition: sound }],
  text: [],
  images: [],
};

describe('a title with an HDR set', () => {
  const kept = (name: string): VideoRung => ({ ...rung(name, 854, 480), hdr: { transfer: 'pq' } });
  const hdr = pairRungs({ family: 'hevc-hdr', rungs: [kept('480p')] }, [
    rendition(videoRef('hevc-hdr', { name: '480p' }), 'hvc1.2.4.L90.90', [600_600, 750_750, 75_075]),
  ]);
  const both = { ...presentation, video: [...hdr, ...video] };

  it('says in HLS which variants are HDR, the others before them', () => {
    const lines = masterPlaylist(both).split('\n');
    expect(lines.filter((line) => line.startsWith('g1/')).map((line) => line.split('/').slice(1, 3).join('/'))).toEqual([
      ...['h264/480p', 'h264/240p', 'hevc-hdr/480p'],
    ]);
    expect(lines.filter((line) => line.includes('VIDEO-RANGE'))).toEqual([
      '#EXT-X-STREAM-INF:BANDWIDTH=1128523,AVERAGE-BANDWIDTH=1005259,CODECS="hvc1.2.4.L90.90,mp4a.40.2",RESOLUTION=854x480,' +
        'FRAME-RATE=29.970,VIDEO-RANGE=PQ,AUDIO="audio",CLOSED-CAPTIONS=NONE',
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=22838,AVERAGE-BANDWIDTH=18445,CODECS="hvc1.2.4.L90.90",RESOLUTION=854x480,VIDEO-RANGE=PQ,' +
        'URI="g1/hevc-hdr/480p/iframes.m3u8"',
    ]);
    expect(masterPlaylist({ ...both, video })).toBe(masterPlaylist(presentation));
  });

  it('has a set of its own in DASH, which players leave out that do not know its colours', () => {
    const sets = dashManifest(both).split('<AdaptationSet').slice(1);
    expect(
      sets.map((set) =>
        [...set.matchAll(/<EssentialProperty schemeIdUri="urn:mpeg:mpegB:cicp:(\w+)" value="(\d+)"\/>/g)].map(([, ...one]) => one),
      ),
    ).toEqual([
      [],
      [
        ['ColourPrimaries', '9'],
        ['TransferCharacteristics', '16'],
        ['MatrixCoefficients', '9'],
      ],
      [],
    ]);
    expect(sets[1]).toContain('codecs="hvc1.2.4.L90.90"');
  });
});

describe('HLS', () => {
  const master = masterPlaylist(presentation);

  it('names every rendition in the master', () => {
    expect(master).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS

#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="g1/audio/aac_128k/playlist.m3u8"

#EXT-X-STREAM-INF:BANDWIDTH=1128523,AVERAGE-BANDWIDTH=1005259,CODECS="avc1.4d401f,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=29.970,AUDIO="audio",CLOSED-CAPTIONS=NONE
g1/h264/480p/playlist.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=528523,AVERAGE-BANDWIDTH=420643,CODECS="avc1.4d4015,mp4a.40.2",RESOLUTION=426x240,FRAME-RATE=29.970,AUDIO="audio",CLOSED-CAPTIONS=NONE
g1/h264/240p/playlist.m3u8

#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=22838,AVERAGE-BANDWIDTH=18445,CODECS="avc1.4d401f",RESOLUTION=854x480,URI="g1/h264/480p/iframes.m3u8"
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=22838,AVERAGE-BANDWIDTH=18445,CODECS="avc1.4d4015",RESOLUTION=426x240,URI="g1/h264/240p/iframes.m3u8"
`);
  });

  it('lists segments with exact durations', () => {
    expect(mediaPlaylist(video[0]!.rendition)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:1
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="init.mp4"
#EXTINF:6.006000,
segment_00001.m4s
#EXTINF:6.006000,
segment_00002.m4s
#EXTINF:1.001000,
segment_00003.m4s
#EXT-X-ENDLIST
`);
  });

  it('lists I-frames by byte range', () => {
    expect(iframePlaylist(video[0]!.rendition)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:1
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-I-FRAMES-ONLY
#EXT-X-MAP:URI="init.mp4"
#EXTINF:6.006000,
#EXT-X-BYTERANGE:10000@96
segment_00001.m4s
#EXTINF:6.006000,
#EXT-X-BYTERANGE:10001@96
segment_00002.m4s
#EXTINF:1.001000,
#EXT-X-BYTERANGE:10002@96
segment_00003.m4s
#EXT-X-ENDLIST
`);
    expect(() => iframePlaylist(sound)).toThrow(RangeError);
  });

  it('is what a parser of the standard reads back', () => {
    const parsed = HLS.parse(master) as HLS.types.MasterPlaylist;
    expect(parsed.variants.filter(({ isIFrameOnly }) => !isIFrameOnly).map(({ uri }) => uri)).toEqual([
      'g1/h264/480p/playlist.m3u8',
      'g1/h264/240p/playlist.m3u8',
    ]);
    const media = HLS.parse(mediaPlaylist(sound)) as HLS.types.MediaPlaylist;
    expect(media.segments.map(({ uri, duration }) => [uri, duration])).toEqual([
      ['segment_00001.m4s', 5.994667],
      ['segment_00002.m4s', 6.016],
      ['segment_00003.m4s', 1.024],
    ]);
    expect(media.endlist).toBe(true);
  });
});

describe('DASH', () => {
  const manifest = dashManifest(presentation);

  it('describes the same segments', () => {
    expect(manifest).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT13.013S" minBufferTime="PT2S" maxSegmentDuration="PT6.006S">
  <Period id="0" start="PT0S">
    <AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" frameRate="30000/1001" maxWidth="854" maxHeight="480">
      <Representation id="h264-480p" bandwidth="1000000" codecs="avc1.4d401f" width="854" height="480" sar="1:1">
        <SegmentTemplate timescale="30000" startNumber="1" initialization="g1/h264/480p/init.mp4" media="g1/h264/480p/segment_$Number%05d$.m4s">
          <SegmentTimeline>
            <S t="0" d="180180" r="1"/>
            <S d="30030"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>
      <Representation id="h264-240p" bandwidth="400000" codecs="avc1.4d4015" width="426" height="240" sar="1:1">
        <SegmentTemplate timescale="30000" startNumber="1" initialization="g1/h264/240p/init.mp4" media="g1/h264/240p/segment_$Number%05d$.m4s">
          <SegmentTimeline>
            <S t="0" d="180180" r="1"/>
            <S d="30030"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>
    </AdaptationSet>
    <AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1" lang="en">
      <Representation id="audio-aac_128k" bandwidth="128523" codecs="mp4a.40.2" audioSamplingRate="48000">
        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>
        <SegmentTemplate timescale="48000" startNumber="1" initialization="g1/audio/aac_128k/init.mp4" media="g1/audio/aac_128k/segment_$Number%05d$.m4s">
          <SegmentTimeline>
            <S t="0" d="287744"/>
            <S d="288768"/>
            <S d="49152"/>
          </SegmentTimeline>
        </SegmentTemplate>
      </Representation>
    </AdaptationSet>
  </Period>
</MPD>
`);
  });

  it('is XML without an audio set for a silent title', () => {
    const parser = new XMLParser({ ignoreAttributes: false });
    const parsed = parser.parse(dashManifest({ ...presentation, audio: [] })) as { MPD: { Period: { AdaptationSet: unknown } } };
    expect(parsed.MPD.Period.AdaptationSet).toMatchObject({ '@_contentType': 'video' });
    const both = parser.parse(manifest) as { MPD: { Period: { AdaptationSet: unknown[] } } };
    expect(both.MPD.Period.AdaptationSet).toHaveLength(2);
  });
});

describe('measureBandwidth', () => {
  it('takes the peak over runs of half to one and a half target durations', () => {
    const segments = [6, 6, 1].map((seconds, index) => ({ durationTicks: seconds * 10, sizeBytes: [600, 1200, 900][index] ?? 0 }));
    // The last second alone is too short to count; with the six before it, it is the peak.
    expect(measureBandwidth(segments, 10)).toEqual({ peakBps: 2400, averageBps: 1662 });
    expect(targetDurationSeconds(segments, 10)).toBe(6);
  });

  it('takes the whole when that is shorter than half the target', () => {
    expect(measureBandwidth([{ durationTicks: 4, sizeBytes: 100 }], 10)).toEqual({ peakBps: 2000, averageBps: 2000 });
  });
});
