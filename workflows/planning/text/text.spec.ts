import type { Cue } from '../../../temporal/contract/media/text-tracks';
import { subtitleFacts, subtitleWarnings } from '../source/subtitle-streams';
import { AUDIO_COPY_OFFSET_US } from '../source/packet-scan';
import { probedContainer } from '../source/probed-container';
import { cuesWithin, textPlaylist, textSegments } from './text-segments';
import { captionsArgs, kindOf, onTitle, webVttArgs, withoutDrawings } from './source-text';

const cue = (startMs: number, endMs: number, text = 'x'): Cue => ({ startMs, endMs, text, settings: '' });

it('cuts a title into a minute each, with a cue in every segment that shows it', () => {
  const segments = textSegments([cue(1_000, 2_500, 'one'), cue(59_000, 61_000, 'both'), cue(120_000, 125_500, 'last')], 125_500);
  expect(segments.map(({ name, durationMs }) => [name, durationMs])).toEqual([
    ['segment_00001.vtt', 60_000],
    ['segment_00002.vtt', 60_000],
    ['segment_00003.vtt', 5_500],
  ]);
  expect(segments[0]?.text).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.500\none\n\n00:00:59.000 --> 00:01:01.000\nboth\n');
  expect(segments[1]?.text).toBe('WEBVTT\n\n00:00:59.000 --> 00:01:01.000\nboth\n');
  expect(textPlaylist(segments)).toBe(
    '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:60\n#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-PLAYLIST-TYPE:VOD\n' +
      '#EXTINF:60.000,\nsegment_00001.vtt\n#EXTINF:60.000,\nsegment_00002.vtt\n#EXTINF:5.500,\nsegment_00003.vtt\n#EXT-X-ENDLIST\n',
  );
});

it('ends the last cue with the title, and has no cue after it', () => {
  expect(cuesWithin([cue(0, 90), cue(50, 200), cue(100, 300)], 100)).toEqual([cue(0, 90), cue(50, 100)]);
});

it('moves the times of a copied track to the title, which begins with its first picture', () => {
  const source = { video: { firstPts: 1_500, timebase: { num: 1, den: 1000 }, frameRate: { num: 25, den: 1 } } } as never;
  const lateMs = AUDIO_COPY_OFFSET_US / 1000;
  expect(
    onTitle([cue(lateMs, lateMs + 1_000), cue(lateMs + 1_000, lateMs + 2_000), cue(lateMs + 4_000, lateMs + 5_000)], { source }, 'copy'),
  ).toEqual([cue(0, 500), cue(2_500, 3_500)]);
});

it('keeps what is said and not what is drawn', () => {
  const cues = [cue(0, 10, 'm 0 0 l 100 0 100 100'), cue(0, 10, 'said\n<i>m 1.5 -3 b 1 2 3 4 5 6 c</i>'), cue(0, 10, 'm 0 pm')];
  expect(withoutDrawings(cues).map(({ text }) => text)).toEqual(['said', 'm 0 pm']);
});

it('copies WebVTT, whose markup and places a decoder drops', () => {
  const encoderOf = (codec: string) => {
    const track = { streamIndex: 2, codec, language: null, extractedTrack: 0 };
    const args = webVttArgs({ inputPath: '/w/text.mkv', track, outPath: '/w/track.vtt' });
    return args[args.indexOf('-c:s') + 1];
  };
  expect(['webvtt', 'subrip', 'ass'].map(encoderOf)).toEqual(['copy', 'webvtt', 'webvtt']);
});

it('knows which tracks are text, what they are for, and names those that are pictures', () => {
  const stream = (index: number, codec_name: string, disposition = {}, tags = {}) => ({
    index,
    codec_type: 'subtitle',
    time_base: '1/1000',
    codec_name,
    disposition,
    tags,
  });
  const probe = probedContainer.parse({
    format: { format_name: 'matroska,webm' },
    streams: [
      stream(2, 'subrip', {}, { language: 'ger', title: 'Deutsch' }),
      stream(3, 'hdmv_pgs_subtitle'),
      stream(4, 'ass', { forced: 1 }),
      stream(5, 'ttml'),
      stream(6, 'webvtt', { hearing_impaired: 1 }),
    ],
  });
  const facts = subtitleFacts(probe);
  expect(facts.map(({ streamIndex, extractedTrack }) => [streamIndex, extractedTrack])).toEqual([
    [2, 0],
    [3, null],
    [4, 1],
    [5, null],
    [6, 2],
  ]);
  expect(facts[0]).toMatchObject({ language: 'ger', title: 'Deutsch' });
  expect([0, 2, 4].map((index) => kindOf(facts[index]!))).toEqual(['subtitles', 'forced', 'captions']);
  expect(subtitleWarnings(probe).map(({ code, track, message }) => [code, track, message])).toEqual([
    ['TrackLeftOut', 3, 'The subtitles in track 3 are hdmv_pgs_subtitle, which are pictures and no text; upload them as WebVTT or SubRip.'],
    ['TrackLeftOut', 5, 'The subtitles in track 5 are ttml, which this service cannot read; upload them as WebVTT or SubRip.'],
  ]);
});

it('reads captions inside pictures through the gateway alone, with the demuxer of the probe', () => {
  const source = { mezzanine: false, container: 'mov,mp4,m4a,3gp,3g2,mj2' };
  const input = (differences = {}) =>
    captionsArgs({ source: { ...source, ...differences } } as never, { url: 'http://127.0.0.1:8000/token', outPath: '/w/a.vtt' }).find(
      (arg) => arg.startsWith('movie'),
    );
  expect(input()).toBe(
    String.raw`movie=filename='http\://127.0.0.1\:8000/token':format_name=mov:format_opts='protocol_whitelist=http,tcp'[out0+subcc]`,
  );
  expect(input({ mezzanine: true })).toContain('format_name=matroska:');
});
