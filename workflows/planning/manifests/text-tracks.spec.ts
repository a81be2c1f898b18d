import type { TextKind } from '../../../temporal/contract/media/text-tracks';
import { subtitleMedia, textSets, type TextPresentation } from './text-tracks';

const track = (subtitleId: string, kind: TextKind, label: string): TextPresentation => ({
  track: { subtitleId, kind, label, language: 'de' },
  folder: `g1/subtitles/${subtitleId}`,
});
const TRACKS = [track('A', 'subtitles', 'Deutsch'), track('B', 'captions', 'Deutsch'), track('C', 'forced', 'Say "<ja>" & more')];

it('announces text tracks in HLS, each under a name of its own', () => {
  expect(subtitleMedia(TRACKS)).toEqual([
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="g1/subtitles/A/playlist.m3u8"',
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Deutsch 2",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS=' +
      '"public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound",URI="g1/subtitles/B/playlist.m3u8"',
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME="Say \'<ja>\' & more",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI="g1/subtitles/C/playlist.m3u8"',
  ]);
});

it('lets players choose one track of each language and kind by themselves', () => {
  const lines = subtitleMedia([...TRACKS, track('D', 'subtitles', 'Deutsch (neu)'), track('E', 'captions', 'Deutsch')]);
  expect(lines.map((line) => /AUTOSELECT=(YES|NO)/.exec(line)?.[1])).toEqual(['YES', 'YES', 'YES', 'NO', 'NO']);
});

it('announces text tracks in DASH, one set each', () => {
  expect(textSets(TRACKS, 3).slice(14)).toEqual([
    '<AdaptationSet id="5" contentType="text" mimeType="text/vtt" lang="de">',
    '  <Role schemeIdUri="urn:mpeg:dash:role:2011" value="forced-subtitle"/>',
    '  <Label>Say &quot;&lt;ja>&quot; &amp; more</Label>',
    '  <Representation id="text-C" bandwidth="1000">',
    '    <BaseURL>g1/subtitles/C/subtitles.vtt</BaseURL>',
    '  </Representation>',
    '</AdaptationSet>',
  ]);
});
