import type { VideoRung } from '../../temporal/contract/media/plan';
import { videoRef } from '../../temporal/contract/media/renditions';
import { hdrCodePoints } from '../../workflows/planning/isobmff/colour';
import { masterPlaylist, mediaPlaylist } from '../../workflows/planning/manifests/hls';
import { pairRungs, type Presentation } from '../../workflows/planning/manifests/presentation';
import { aacTrack } from '../../workflows/planning/testing/aac-track';
import { conformanceProblems } from '../../workflows/planning/quality/conformance';
import type { Published } from '../../workflows/planning/quality/published';
import { parseDash, parseMaster, parseMedia } from './parse-manifests';
import { audioReport, videoReport, writtenGeneration } from './testing/written-generation';

const rungs = ['480p', '240p'].map((name) => ({ name, width: 16, height: 9 }) as VideoRung);
const video = (name: string, codec: string, bytesPerFrame: number) => videoReport(videoRef('h264', { name }), codec, bytesPerFrame);
const audioPlan = aacTrack();
const sound = audioReport(audioPlan, 340);
const presentation: Presentation = {
  folderPrefix: 'g1/',
  frameRate: { num: 30_000, den: 1001 },
  video: pairRungs({ family: 'h264', rungs }, [video('480p', 'avc1.4d401f', 5000), video('240p', 'avc1.4d4015', 1500)]),
  audio: [{ audio: audioPlan, rendition: sound }],
  text: [],
  images: [],
};
const written = (spoil: (text: string, name: string) => string = (text) => text) => writtenGeneration(presentation, { spoil });

const rulesBroken = (published: Published) => [...new Set(conformanceProblems(presentation, published).map(({ rule }) => rule))];
const inText = (name: string, from: string | RegExp, to: string) =>
  written((text, one) => {
    if (one !== name) return text;
    const changed = text.replace(from, to);
    if (changed === text) throw new Error('the fault was not injected');
    return changed;
  });

it('lets a generation through that is what was made', () => {
  expect(conformanceProblems(presentation, written())).toEqual([]);
});

it.each<[string, string, Published]>([
  [
    'objects',
    'a lost segment',
    { ...written(), sizes: new Map([...written().sizes].filter(([name]) => name !== 'h264/240p/segment_00002.m4s')) },
  ],
  [
    'objects',
    'a lost init segment',
    { ...written(), sizes: new Map([...written().sizes].filter(([name]) => name !== 'audio/aac_128k/init.mp4')) },
  ],
  ['objects', 'a truncated segment', { ...written(), sizes: new Map([...written().sizes, ['h264/480p/segment_00003.m4s', 1000]]) }],
  ['playlists', 'a segment that is not listed', inText('h264/480p', '#EXTINF:6.006000,\nsegment_00002.m4s\n', '')],
  ['playlists', 'a wrong EXTINF', inText('h264/480p', '#EXTINF:2.002000', '#EXTINF:2.102000')],
  ['playlists', 'another init segment', inText('h264/480p', 'init.mp4', 'other.mp4')],
  ['playlists', 'no end', inText('h264/480p', '#EXT-X-ENDLIST\n', '')],
  ['target-duration', 'a target duration that is too long', inText('h264/480p', 'TARGETDURATION:6', 'TARGETDURATION:10')],
  ['independent-segments', 'no promise in the master', inText('master', '#EXT-X-INDEPENDENT-SEGMENTS\n', '')],
  ['independent-segments', 'no promise in a playlist', inText('h264/240p', '#EXT-X-INDEPENDENT-SEGMENTS\n', '')],
  [
    'timeline',
    'a segment stored with the start of another',
    { ...written(), samples: [{ folder: 'h264/240p', index: 1, startTicks: 0, idr: true, missingBrands: [] }] },
  ],
  [
    'codecs',
    'a codec that the init segment does not have',
    {
      ...written(),
      inits: new Map([...written().inits, ['h264/480p', { codec: 'avc1.640028', timescale: 30_000, editStartTicks: 0, colour: null }]]),
    },
  ],
  ['codecs', 'a wrong codec in the master', inText('master', 'avc1.4d401f,', 'avc1.640028,')],
  ['codecs', 'a wrong codec in the MPD', inText('mpd', 'codecs="mp4a.40.2"', 'codecs="mp4a.40.5"')],
  ['bandwidth', 'a bandwidth below the peak', inText('master', /:BANDWIDTH=\d+/, ':BANDWIDTH=900000')],
  ['bandwidth', 'a nominal bandwidth far above the peak', inText('master', /:BANDWIDTH=\d+/, ':BANDWIDTH=5000000')],
  ['bandwidth', 'an average that is off by a fifth', inText('master', /AVERAGE-BANDWIDTH=\d+/, 'AVERAGE-BANDWIDTH=1080000')],
  ['alignment', 'other bounds in one rendition', inText('h264/240p', '#EXTINF:6.006000', '#EXTINF:5.005000')],
  ['ends', 'audio that goes on', inText('h264/480p', /(#EXTINF:6.006000\n?,\nsegment_0000.\.m4s\n){2}/, '')],
  ['key-frames', 'a range past the end', inText('h264/240p iframes', 'BYTERANGE:1000@96', 'BYTERANGE:999000@96')],
  [
    'key-frames',
    'a range without IDR picture',
    { ...written(), samples: [{ folder: 'h264/240p', index: 0, startTicks: 0, idr: false, missingBrands: [] }] },
  ],
  [
    'brands',
    'a segment without its brand',
    { ...written(), samples: [{ folder: 'audio/aac_128k', index: 0, startTicks: 0, idr: null, missingBrands: ['msdh'] }] },
  ],
  ['dash', 'a gap in the MPD', inText('mpd', 'd="180180" r="1"', 'd="180180" r="0"')],
  ['dash', 'another first number', inText('mpd', 'startNumber="1"', 'startNumber="2"')],
])('rule %s refuses %s', (rule, _, published) => {
  expect(rulesBroken(published)).toContain(rule);
});

describe('an HDR set', () => {
  const rung = { name: '480p', width: 16, height: 9, hdr: { transfer: 'hlg' } } as VideoRung;
  const report = videoReport(videoRef('hevc-hdr', rung), 'hvc1.2.4.L90.90', 5000);
  const kept: Presentation = {
    ...presentation,
    video: [...presentation.video, ...pairRungs({ family: 'hevc-hdr', rungs: [rung] }, [report])],
  };
  const problemsOf = (published: Published) => conformanceProblems(kept, published).filter((one) => one.rule === 'colours');
  const init = { codec: 'hvc1.2.4.L90.90', timescale: 30_000, editStartTicks: 0, colour: { ...hdrCodePoints('hlg') } };
  const withInit = (differences: Partial<typeof init> | { colour: null }): Published => {
    const made = writtenGeneration(kept);
    return { ...made, inits: new Map([...made.inits, ['hevc-hdr/480p', { ...init, ...differences }]]) };
  };
  const spoilt = (name: string, from: string, to: string) =>
    writtenGeneration(kept, { spoil: (text, one) => (one === name ? text.replace(from, to) : text) });

  it('is let through beside the others', () => {
    expect(conformanceProblems(kept, writtenGeneration(kept))).toEqual([]);
  });

  it.each<[string, Published, string]>([
    ['made in eight bits', withInit({ codec: 'hvc1.1.6.L90.90' }), 'hevc-hdr/480p is hvc1.1.6.L90.90, which does not hold HDR'],
    ['tone-mapped', withInit({ colour: { primaries: 1, transfer: 1, matrix: 1, isFullRange: false } }), 'marked with the colours 1,1,1'],
    ['of another transfer', withInit({ colour: hdrCodePoints('pq') }), 'marked with the colours 9,16,9'],
    ['in full range', withInit({ colour: { ...hdrCodePoints('hlg'), isFullRange: true } }), 'marked with the colours 9,18,9'],
    ['that is not marked', withInit({ colour: null }), 'marked with the colours of nothing'],
    ['that HLS calls SDR', spoilt('master', ',VIDEO-RANGE=HLG', ''), 'is listed in HLS as SDR, not HLG'],
    ['that HLS calls PQ', spoilt('master', 'VIDEO-RANGE=HLG', 'VIDEO-RANGE=PQ'), 'is listed in HLS as PQ, not HLG'],
    ['that DASH offers to every player', spoilt('mpd', 'EssentialProperty', 'SupplementalProperty'), 'is listed in DASH with the colours'],
  ])('is refused when it is one %s', (_, published, problem) => {
    expect(problemsOf(published)).toContainEqual({ rule: 'colours', problem: expect.stringContaining(problem) });
  });

  it('is no place for HDR without the mark in the plan', () => {
    const inHdr = { ...init, codec: 'avc1.4d401f', colour: hdrCodePoints('pq') };
    const made = writtenGeneration(kept);
    const problems = problemsOf({ ...made, inits: new Map([...made.inits, ['h264/480p', inHdr]]) });
    expect(problems.map(({ problem }) => problem)).toEqual(['h264/480p is marked with the colours 9,16,9']);
  });
});

it('names a gap between the chunks of a rendition', () => {
  const moved = structuredClone(presentation);
  moved.video[0]!.rendition.segments[1]!.startTicks += 1001;
  expect(conformanceProblems(moved, written()).map(({ rule }) => rule)).toContain('timeline');
});

it('does not take a media playlist for a master, nor any text for an MPD', () => {
  expect(() => parseMaster(mediaPlaylist(sound))).toThrow(TypeError);
  expect(() => parseMedia(masterPlaylist(presentation))).toThrow(TypeError);
  expect(() => parseDash('<MPD/>')).toThrow();
  expect(() => parseMedia(mediaPlaylist(sound).replace('TARGETDURATION:6', 'TARGETDURATION:4'))).toThrow(/target duration/);
});
