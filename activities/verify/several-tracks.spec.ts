import { XMLParser } from 'fast-xml-parser';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { VideoRung } from '../../temporal/contract/media/plan';
import { videoRef } from '../../temporal/contract/media/renditions';
import { FAMILIES } from '../../workflows/planning/families/family';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { masterPlaylist } from '../../workflows/planning/manifests/hls';
import { pairAudio, pairRungs, type Presentation } from '../../workflows/planning/manifests/presentation';
import { conformanceProblems } from '../../workflows/planning/quality/conformance';
import type { Published } from '../../workflows/planning/quality/published';
import { aacTrack } from '../../workflows/planning/testing/aac-track';
import { H264 } from '../../workflows/planning/families/h264';
import { HEVC } from '../../workflows/planning/families/hevc';
import { audioReport, videoReport, writtenGeneration } from './testing/written-generation';

const families = FAMILIES;
const rung = (name: string, width: number, height: number) => ({ name, width, height }) as VideoRung;
const rungs = [rung('720p', 1280, 720), rung('240p', 426, 240)];
const track = (language: string, name: string, sourceTrack = 0) => aacTrack({ language, name, sourceTrack });
const tracks = [track('en', 'aac_128k'), track('de', 'aac_128k_de', 1), track('en', 'aac_128k_en2', 2)];

const video = (family: CodecFamily, codec: string, bytesPerFrame: number) =>
  pairRungs(
    { family, rungs },
    rungs.map(({ name }, index) => videoReport(videoRef(family, { name }), codec, bytesPerFrame / (index + 1))),
  );
/** The second family comes first: its chunks may be done first. */
const presentation: Presentation = {
  folderPrefix: 'g1/',
  frameRate: { num: 30_000, den: 1001 },
  video: [...video(HEVC.name, 'hvc1.1.6.L90.90', 3000), ...video('h264', 'avc1.4d401f', 5000)],
  audio: pairAudio(
    tracks,
    tracks.map((one, index) => audioReport(one, 300 + 20 * index)),
  ),
  text: [],
  images: [],
};
const silent: Presentation = { ...presentation, audio: [] };

interface AdaptationSet {
  '@_id': string;
  '@_lang'?: string;
  '@_mimeType': string;
  Representation: { '@_id': string }[];
}

function adaptationSets(of: Presentation): AdaptationSet[] {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => ['AdaptationSet', 'Representation'].includes(name) });
  const parsed = parser.parse(dashManifest(of, families)) as { MPD: { Period: { AdaptationSet: AdaptationSet[] } } };
  return parsed.MPD.Period.AdaptationSet;
}

const rulesBroken = (published: Published) => [...new Set(conformanceProblems(presentation, published).map(({ rule }) => rule))];

describe('a title in two codec families', () => {
  it('has a variant for each rung in HLS, H.264 first', () => {
    const uris = masterPlaylist(silent, families)
      .split('\n')
      .filter((line) => /^g1\//.test(line));
    expect(uris).toEqual(['h264/720p', 'h264/240p', 'hevc/720p', 'hevc/240p'].map((folder) => `g1/${folder}/playlist.m3u8`));
  });

  it('has an AdaptationSet for each family in DASH', () => {
    expect(adaptationSets(silent).map((set) => [set['@_id'], set['@_mimeType'], set.Representation.map((one) => one['@_id'])])).toEqual([
      ['0', 'video/mp4', ['h264-720p', 'h264-240p']],
      ['1', 'video/mp4', ['hevc-720p', 'hevc-240p']],
    ]);
  });

  it('is refused by writers that do not have one of them', () => {
    expect(() => masterPlaylist(silent, [H264])).toThrow(RangeError);
    expect(() => dashManifest(silent, [H264])).toThrow(RangeError);
  });
});

it('a rung or a track without rendition is refused, however alike another one is named', () => {
  const hevc = rungs.map(({ name }) => videoReport(videoRef(HEVC.name, { name }), 'hvc1.1.6.L90.90', 1));
  expect(() => pairRungs({ family: 'h264', rungs }, hevc)).toThrow(RangeError);
  expect(() => pairAudio([track('en', 'aac_96k')], [audioReport(track('en', 'aac_128k'), 1)])).toThrow(RangeError);
});

describe('a title with several audio tracks', () => {
  it('has a member of the audio group for each, by different names, the first as default', () => {
    const media = masterPlaylist(presentation, families)
      .split('\n')
      .filter((line) => line.startsWith('#EXT-X-MEDIA:'));
    const member = (name: string, language: string, folder: string, isDefault: string) =>
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="${name}",LANGUAGE="${language}",DEFAULT=${isDefault},AUTOSELECT=YES,CHANNELS="2",` +
      `URI="g1/audio/${folder}/playlist.m3u8"`;
    expect(media).toEqual([
      member('English', 'en', 'aac_128k', 'YES'),
      member('Deutsch', 'de', 'aac_128k_de', 'NO'),
      member('English 2', 'en', 'aac_128k_en2', 'NO'),
    ]);
  });

  it('has an AdaptationSet for each, behind those of the video', () => {
    const sets = adaptationSets(presentation).slice(2);
    expect(sets.map((set) => [set['@_id'], set['@_lang'], set['@_mimeType']])).toEqual([
      ['2', 'en', 'audio/mp4'],
      ['3', 'de', 'audio/mp4'],
      ['4', 'en', 'audio/mp4'],
    ]);
  });
});

describe('conformance of both', () => {
  const written = writtenGeneration(presentation, { families });
  const spoilt = (name: string, from: string | RegExp, to: string) =>
    writtenGeneration(presentation, {
      families,
      spoil: (text, one) => {
        if (one !== name) return text;
        const changed = text.replace(from, to);
        if (changed === text) throw new Error('the fault was not injected');
        return changed;
      },
    });

  const bandwidthWith = (audio: Presentation['audio']) =>
    /:BANDWIDTH=\d+/.exec(masterPlaylist({ ...presentation, audio }, families))?.[0] ?? '';

  it('lets a generation through that is what was made', () => {
    expect(conformanceProblems(presentation, written)).toEqual([]);
  });

  it.each<[string, string, Published]>([
    ['codecs', 'a wrong codec of the second family', spoilt('master', 'hvc1.1.6.L90.90,', 'hvc1.1.6.L93.90,')],
    ['codecs', 'the codec of the first family', spoilt('mpd', 'codecs="hvc1.1.6.L90.90"', 'codecs="avc1.4d401f"')],
    [
      'key-frames',
      'a range without key picture',
      { ...written, samples: [{ folder: 'hevc/240p', index: 0, startTicks: 0, idr: false, missingBrands: [] }] },
    ],
    ['alignment', 'other bounds than those of the first family', spoilt('hevc/720p', '#EXTINF:6.006000', '#EXTINF:5.005000')],
    [
      'bandwidth',
      'a peak without the dearest audio track',
      spoilt('master', /:BANDWIDTH=\d+/, bandwidthWith(presentation.audio.slice(0, 1))),
    ],
    [
      'objects',
      'a lost track',
      { ...written, sizes: new Map([...written.sizes].filter(([name]) => !name.startsWith('audio/aac_128k_de'))) },
    ],
  ])('rule %s refuses %s', (rule, _, published) => {
    expect(rulesBroken(published)).toContain(rule);
  });
});

it.each<[string, Partial<Presentation>]>([
  ['pictures', { images: [audioReport(track('en', 'x'), 1)] }],
  ['protection without keys', { protection: { scheme: 'cbcs', systems: ['widevine'], keys: [] } }],
])('manifests do not leave %s out in silence', (_, more) => {
  expect(() => masterPlaylist({ ...presentation, ...more }, families)).toThrow(RangeError);
  expect(() => dashManifest({ ...presentation, ...more }, families)).toThrow(RangeError);
});
