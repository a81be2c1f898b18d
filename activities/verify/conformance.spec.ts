import type { AudioPlan, VideoRung } from '../../temporal/contract/plan';
import type { RenditionReport, SegmentReport } from '../../temporal/contract/reports';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { iframePlaylist, masterPlaylist, mediaPlaylist } from '../../workflows/planning/manifests/hls';
import { pairRungs, type Presentation } from '../../workflows/planning/manifests/presentation';
import { conformanceProblems } from '../../workflows/planning/quality/conformance';
import type { Published, SampledSegment } from '../../workflows/planning/quality/published';
import { parseDash, parseMaster, parseMedia } from './parse-manifests';

const FRAMES = [180, 180, 60];

function video(folder: string, codec: string, bytesPerFrame: number): RenditionReport {
  const segments = FRAMES.map((sampleCount, index): SegmentReport => ({
    name: `segment_0000${index + 1}.m4s`,
    sizeBytes: sampleCount * bytesPerFrame,
    sampleCount,
    durationTicks: sampleCount * 1001,
    startTicks: index * 180 * 1001,
    reorderTicks: 2002,
    stepTicks: 1001,
    keyFrame: { offset: 96, sizeBytes: 1000 },
  }));
  return { folder, timescale: 30_000, codec, initName: 'init.mp4', initSizeBytes: 860, initSha256: 'a', segments };
}

const rungs = ['480p', '240p'].map((name) => ({ name, width: 16, height: 9 }) as VideoRung);
const audioPlan: AudioPlan = { name: 'aac_128k', bitrateBps: 128_000, channels: 2, sampleRateHz: 48_000, language: null, sourceTrack: 0 };
const sound: RenditionReport = {
  ...{ folder: 'audio/aac_128k', timescale: 48_000, codec: 'mp4a.40.2', initName: 'init.mp4', initSizeBytes: 800, initSha256: 'b' },
  segments: [281, 282, 95].map((sampleCount, index) => ({
    ...{ name: `segment_0000${index + 1}.m4s`, sizeBytes: sampleCount * 340, sampleCount, durationTicks: sampleCount * 1024 },
    ...{ startTicks: [0, 281, 563][index]! * 1024, reorderTicks: 0, stepTicks: 1024, keyFrame: null },
  })),
};
const presentation: Presentation = {
  folderPrefix: 'g1/',
  frameRate: { num: 30_000, den: 1001 },
  video: pairRungs('h264', rungs, [video('h264/480p', 'avc1.4d401f', 5000), video('h264/240p', 'avc1.4d4015', 1500)]),
  audio: { audio: audioPlan, rendition: sound },
};
const all = [...presentation.video.map(({ rendition }) => rendition), sound];

/** A generation as it is written, with the texts changed on the way. */
function written(spoil: (text: string, name: string) => string = (text) => text) {
  const text = (name: string, content: string) => spoil(content, name);
  const samples: SampledSegment[] = all.flatMap(({ folder, segments, codec }) =>
    segments.map(({ startTicks }, index) => ({ folder, index, startTicks, idr: codec.startsWith('avc1') ? true : null })),
  );
  return {
    master: parseMaster(text('master', masterPlaylist(presentation))),
    dash: parseDash(text('mpd', dashManifest(presentation))),
    media: new Map(all.map((one) => [one.folder, parseMedia(text(one.folder, mediaPlaylist(one)))])),
    iframes: new Map(
      presentation.video.map(({ rendition }) => [
        rendition.folder,
        parseMedia(text(`${rendition.folder} iframes`, iframePlaylist(rendition))),
      ]),
    ),
    sizes: new Map(
      all.flatMap(({ folder, initSizeBytes, segments }) => [
        [`${folder}/init.mp4`, initSizeBytes] as const,
        ...segments.map(({ name, sizeBytes }) => [`${folder}/${name}`, sizeBytes] as const),
      ]),
    ),
    inits: new Map(all.map(({ folder, codec, timescale }) => [folder, { codec, timescale, editStartTicks: 0 }])),
    samples,
  } satisfies Published;
}

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
    { ...written(), samples: [{ folder: 'h264/240p', index: 1, startTicks: 0, idr: true }] },
  ],
  [
    'codecs',
    'a codec that the init segment does not have',
    { ...written(), inits: new Map([...written().inits, ['h264/480p', { codec: 'avc1.640028', timescale: 30_000, editStartTicks: 0 }]]) },
  ],
  ['codecs', 'a wrong codec in the master', inText('master', 'avc1.4d401f,', 'avc1.640028,')],
  ['codecs', 'a wrong codec in the MPD', inText('mpd', 'codecs="mp4a.40.2"', 'codecs="mp4a.40.5"')],
  ['bandwidth', 'a bandwidth below the peak', inText('master', /:BANDWIDTH=\d+/, ':BANDWIDTH=900000')],
  ['bandwidth', 'a nominal bandwidth far above the peak', inText('master', /:BANDWIDTH=\d+/, ':BANDWIDTH=5000000')],
  ['bandwidth', 'an average that is off by a fifth', inText('master', /AVERAGE-BANDWIDTH=\d+/, 'AVERAGE-BANDWIDTH=1080000')],
  ['alignment', 'other bounds in one rendition', inText('h264/240p', '#EXTINF:6.006000', '#EXTINF:5.005000')],
  ['ends', 'audio that goes on', inText('h264/480p', /(#EXTINF:6.006000\n?,\nsegment_0000.\.m4s\n){2}/, '')],
  ['key-frames', 'a range past the end', inText('h264/240p iframes', 'BYTERANGE:1000@96', 'BYTERANGE:999000@96')],
  ['key-frames', 'a range without IDR picture', { ...written(), samples: [{ folder: 'h264/240p', index: 0, startTicks: 0, idr: false }] }],
  ['dash', 'a gap in the MPD', inText('mpd', 'd="180180" r="1"', 'd="180180" r="0"')],
  ['dash', 'another first number', inText('mpd', 'startNumber="1"', 'startNumber="2"')],
])('rule %s refuses %s', (rule, _, published) => {
  expect(rulesBroken(published)).toContain(rule);
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
