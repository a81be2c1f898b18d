import type { VideoRung } from '../../temporal/contract/media/plan';
import { DRM_SYSTEM_IDS, type DrmScheme, type Protection } from '../../temporal/contract/media/protection';
import { videoRef } from '../../temporal/contract/media/renditions';
import { dashManifest } from '../../workflows/planning/manifests/dash';
import { masterPlaylist, mediaPlaylist } from '../../workflows/planning/manifests/hls';
import { mediaKeyTags } from '../../workflows/planning/manifests/key-tags';
import { pairRungs, type Presentation } from '../../workflows/planning/manifests/presentation';
import { conformanceProblems } from '../../workflows/planning/quality/conformance';
import type { Published } from '../../workflows/planning/quality/published';
import { aacTrack } from '../../workflows/planning/testing/aac-track';
import { audioReport, videoReport, writtenGeneration } from './testing/written-generation';

const KIDS = { AUDIO: 'a'.repeat(32), SD: 'b'.repeat(32), HD: 'c'.repeat(32) } as const;

/** A version 0 box (ISO/IEC 23001-7 8.1). */
function pssh(system: keyof typeof DRM_SYSTEM_IDS, data: string): string {
  const body = Buffer.concat([
    Buffer.alloc(4),
    Buffer.from(DRM_SYSTEM_IDS[system].replaceAll('-', ''), 'hex'),
    u32(data.length),
    Buffer.from(data),
  ]);
  return Buffer.concat([u32(8 + body.length), Buffer.from('pssh'), body]).toString('base64');
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function protectionOf(scheme: DrmScheme): Protection {
  const keys = (['AUDIO', 'SD', 'HD'] as const).map((label) => {
    return { label, kid: KIDS[label], pssh: [pssh('widevine', 'every key'), pssh('playready', `pro ${label}`)], texts: null };
  });
  return { scheme, systems: ['widevine', 'playready', 'fairplay'], keys };
}

const rungs = [
  { name: '720p', width: 1280, height: 720 },
  { name: '480p', width: 854, height: 480 },
  { name: '240p', width: 426, height: 240 },
] as VideoRung[];
const sizes = [9000, 5000, 1500];
const audio = aacTrack();
const presentationOf = (scheme: DrmScheme): Presentation => ({
  folderPrefix: `g1/drm/${scheme}/`,
  frameRate: { num: 30_000, den: 1001 },
  video: pairRungs(
    { family: 'h264', rungs },
    rungs.map((rung, index) => videoReport(videoRef('h264', rung), `avc1.4d40${index + 13}`, sizes[index] ?? 0)),
  ),
  audio: [{ audio, rendition: audioReport(audio, 340) }],
  text: [],
  images: [],
  protection: protectionOf(scheme),
});
const presentation = presentationOf('cbcs');

const rulesBroken = (published: Published, of = presentation) => [...new Set(conformanceProblems(of, published).map(({ rule }) => rule))];
const inText = (name: string, from: string | RegExp, to: string) =>
  writtenGeneration(presentation, {
    spoil: (text, one) => {
      if (one !== name) return text;
      const changed = text.replace(from, to);
      if (changed === text) throw new Error('the fault was not injected');
      return changed;
    },
  });

it.each<DrmScheme>(['cbcs', 'cenc'])('lets protected manifests through that are what was made: %s', (scheme) => {
  expect(conformanceProblems(presentationOf(scheme), writtenGeneration(presentationOf(scheme)))).toEqual([]);
});

it('names the keys of a rendition behind EXT-X-MAP', () => {
  const [first] = presentation.video;
  const lines = mediaPlaylist(first!.rendition, mediaKeyTags(presentation, first!.rendition)).split('\n');
  const map = lines.findIndex((line) => line.startsWith('#EXT-X-MAP'));
  expect(lines.slice(map + 1, map + 4)).toEqual([
    `#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:text/plain;base64,${pssh('widevine', 'every key')}",KEYID=0x${KIDS.HD},KEYFORMAT="urn:uuid:${DRM_SYSTEM_IDS.widevine}",KEYFORMATVERSIONS="1"`,
    `#EXT-X-KEY:METHOD=SAMPLE-AES,URI="data:text/plain;charset=UTF-16;base64,${Buffer.from('pro HD').toString('base64')}",KEYFORMAT="com.microsoft.playready",KEYFORMATVERSIONS="1"`,
    `#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://${KIDS.HD}",KEYFORMAT="com.apple.streamingkeydelivery",KEYFORMATVERSIONS="1"`,
  ]);
});

it('names no FairPlay with cenc, and its own method', () => {
  const text = masterPlaylist(presentationOf('cenc'));
  expect(text).toContain('METHOD=SAMPLE-AES-CTR');
  expect(text).not.toContain('skd://');
});

it('gives every key an AdaptationSet of its own, among which players may switch', () => {
  const text = dashManifest(presentation);
  expect(text.match(/<AdaptationSet /g)).toHaveLength(3);
  expect([...text.matchAll(/adaptation-set-switching:2016" value="(\d)"/g)].map((match) => match[1])).toEqual(['1', '0']);
  expect([...text.matchAll(/default_KID="(\w)/g)].map((match) => match[1])).toEqual(['c', 'b', 'a']);
});

it.each([
  '<cenc:pssh>ofServer</cenc:pssh>',
  '<cenc:pssh xmlns:cenc="urn:mpeg:cenc:2013">ofServer</cenc:pssh>',
  '<ns1:x xmlns:ns1="urn:x"/>',
])('takes the texts of a key server in the place of its own, and reads them back: %s', (widevine) => {
  const texts = {
    contentProtection: { widevine },
    hlsMedia: { fairplay: `#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://theirs",KEYFORMAT="com.apple.streamingkeydelivery"` },
    hlsMaster: {},
  };
  const keys = protectionOf('cbcs').keys.map((key) => ({ ...key, texts }));
  const served = { ...presentation, protection: { ...protectionOf('cbcs'), keys } };
  expect(dashManifest(served)).toContain(widevine);
  expect(rulesBroken(writtenGeneration(served), served)).toEqual([]);
  expect(mediaKeyTags(served, served.video[0]!.rendition)).toContain(texts.hlsMedia.fairplay);
});

const good = writtenGeneration(presentation);
const init = good.inits.get('h264/480p')!;
const withInit = (encryption: typeof init.encryption): Published => ({
  ...good,
  inits: new Map([...good.inits, ['h264/480p', { ...init, encryption }]]),
});

it.each<[string, Published]>([
  ['a playlist without the key of a system', inText('h264/480p', /#EXT-X-KEY.*skd.*\n/, '')],
  ['an I-frame playlist without it', inText('h264/240p iframes', /#EXT-X-KEY.*edef8ba9.*\n/, '')],
  ['a playlist with the key of another rendition', inText('h264/720p', new RegExp(`skd://${KIDS.HD}`), `skd://${KIDS.SD}`)],
  ['a playlist of the other scheme', inText('audio/aac_128k', /METHOD=SAMPLE-AES,/g, 'METHOD=SAMPLE-AES-CTR,')],
  ['a master without the keys of a system', inText('master', /#EXT-X-SESSION-KEY.*playready.*\n/g, '')],
  ['an MPD with another key id', inText('mpd', /default_KID="cccccccc/, 'default_KID="dddddddd')],
  [
    'an MPD without a system',
    inText('mpd', new RegExp(`urn:uuid:${DRM_SYSTEM_IDS.widevine}`, 'g'), 'urn:uuid:00000000-0000-0000-0000-000000000000'),
  ],
  ['an MPD of the other scheme', inText('mpd', /value="cbcs"/, 'value="cenc"')],
  ['a clear init segment', withInit(null)],
  ['an init segment with another key', withInit({ ...init.encryption!, kid: KIDS.HD })],
  ['a clear segment', { ...good, samples: good.samples.map((one, index) => (index === 4 ? { ...one, isEncrypted: false } : one)) }],
])('refuses %s', (_, published) => {
  expect(rulesBroken(published)).toContain('protection');
});

it('refuses clear streams that are announced as encrypted, and encrypted ones that are not', () => {
  const { protection: _, ...clear } = presentation;
  const rules = (published: Published) => conformanceProblems(clear, published).map(({ rule }) => rule);
  expect(rules(writtenGeneration(clear))).toEqual([]);
  expect(rules(good)).toContain('protection');
  expect(rules({ ...writtenGeneration(clear), samples: good.samples })).toContain('protection');
});
