import { parse, type types } from 'hls-parser';
import type { AudioPlan } from '../../../temporal/contract/media/plan';
import { audioRef, videoRef } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { aacTrack } from '../testing/aac-track';
import { audioGroups, trackNames } from './audio-groups';
import { dashManifest } from './dash';
import { masterPlaylist } from './hls';
import type { AudioPresentation, Presentation } from './presentation';

const report = (ref: RenditionReport['ref'], codec: string, sizeBytes: number): RenditionReport => ({
  ...{ ref, codec, timescale: 48_000, initName: 'init.mp4', initSizeBytes: 800, initSha256: 'a' },
  segments: [
    {
      ...{ name: 'segment_00001.m4s', sizeBytes, sampleCount: 1, durationTicks: 288_000, startTicks: 0, reorderTicks: 0, stepTicks: null },
      keyFrame: { offset: 0, sizeBytes: 1 },
    },
  ],
});
const sound = (change: Partial<AudioPlan>): AudioPresentation => {
  const audio = aacTrack(change);
  return { audio, rendition: report(audioRef(audio), audio.family === 'aac' ? 'mp4a.40.2' : 'opus', (audio.bitrateBps * 6) / 8) };
};

const english = { language: 'en', sourceTrack: 2 };
const german = { language: 'de', sourceTrack: 0 };
const comments = { language: 'en', role: 'commentary', sourceTrack: 1 } as const;
const audio = [
  sound(english),
  sound({ ...english, name: 'aac_320k', channels: 6, bitrateBps: 320_000 }),
  sound({ ...english, family: 'opus', name: 'opus_96k', bitrateBps: 96_000 }),
  sound({ ...german, name: 'aac_64k_de', channels: 1, bitrateBps: 64_000 }),
  sound({ ...german, family: 'opus', name: 'opus_48k_de', channels: 1, bitrateBps: 48_000 }),
  sound({ ...comments, name: 'aac_128k_en_commentary' }),
  sound({ ...comments, family: 'opus', name: 'opus_96k_en_commentary', bitrateBps: 96_000 }),
];
const rung = { name: '480p', width: 854, height: 480 } as Presentation['video'][number]['rung'];
const presentation: Presentation = {
  ...{ folderPrefix: 'g1/', frameRate: { num: 25, den: 1 }, text: [], images: [] },
  video: (['hevc', 'h264'] as const).map((family) => ({
    rung,
    rendition: report(videoRef(family, rung), family === 'h264' ? 'avc1.4d401f' : 'hvc1.1.6.L90.90', 750_000),
  })),
  audio,
};

it('every group has each track once: one in 5.1 has the others as they are, and mono stands beside stereo', () => {
  expect(audioGroups(audio).map(({ id, members }) => [id, members.map((one) => one.audio.name)])).toEqual([
    ['audio', ['aac_128k', 'aac_64k_de', 'aac_128k_en_commentary']],
    ['audio-surround', ['aac_320k', 'aac_64k_de', 'aac_128k_en_commentary']],
    ['audio-opus', ['opus_96k', 'opus_48k_de', 'opus_96k_en_commentary']],
  ]);
  expect(audioGroups([])).toEqual([]);
});

it('every picture is listed with every group, AAC first, with the codecs and the bandwidth of both', () => {
  const master = parse(masterPlaylist(presentation)) as types.MasterPlaylist;
  const variants = master.variants.filter(({ isIFrameOnly }) => !isIFrameOnly);
  const kbps = (own: number) => 1_000_000 + own * 1000;
  expect(variants.map(({ codecs, bandwidth, audio: members }) => [codecs, bandwidth, members[0]?.groupId])).toEqual([
    ['avc1.4d401f,mp4a.40.2', kbps(128), 'audio'],
    ['avc1.4d401f,mp4a.40.2', kbps(320), 'audio-surround'],
    ['avc1.4d401f,opus', kbps(96), 'audio-opus'],
    ['hvc1.1.6.L90.90,mp4a.40.2', kbps(128), 'audio'],
    ['hvc1.1.6.L90.90,mp4a.40.2', kbps(320), 'audio-surround'],
    ['hvc1.1.6.L90.90,opus', kbps(96), 'audio-opus'],
  ]);
  const told = variants[1]?.audio.map(({ name, language, isDefault, autoselect, channels }) => [
    name,
    language,
    isDefault,
    autoselect,
    channels,
  ]);
  expect(told).toEqual([
    ['English', 'en', true, true, '6'],
    ['Deutsch', 'de', false, true, '1'],
    ['English (commentary)', 'en', false, false, '2'],
  ]);
});

it('DASH has a set for every rendition, with the role of its track', () => {
  const sets = dashManifest(presentation).split('<AdaptationSet').slice(3);
  const value = (set: string, pattern: RegExp) => pattern.exec(set)?.[1];
  expect(
    sets.map((set) => [
      value(set, /codecs="([^"]+)/),
      value(set, /lang="(\w+)/),
      value(set, /configuration:2011" value="(\d)/),
      value(set, /role:2011" value="(\w+)/),
    ]),
  ).toEqual([
    ['mp4a.40.2', 'en', '2', 'main'],
    ['mp4a.40.2', 'en', '6', 'main'],
    ['opus', 'en', '2', 'main'],
    ['mp4a.40.2', 'de', '1', 'main'],
    ['opus', 'de', '1', 'main'],
    ['mp4a.40.2', 'en', '2', 'commentary'],
    ['opus', 'en', '2', 'commentary'],
  ]);
});

it('tracks for listeners who see less are marked as such', () => {
  const described = {
    ...presentation,
    audio: [sound(english), sound({ name: 'aac_128k_en_description', language: 'en', role: 'description', sourceTrack: 5 })],
  };
  expect(masterPlaylist(described)).toContain(
    'NAME="English (audio description)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",CHARACTERISTICS="public.accessibility.describes-video"',
  );
  expect(dashManifest(described)).toContain('<Accessibility schemeIdUri="urn:tva:metadata:cs:AudioPurposeCS:2007" value="1"/>');
  expect(trackNames([sound({}), sound({})])).toEqual(['Audio', 'Audio 2']);
  expect(trackNames([sound({ language: 'de' }), sound({ language: 'und' })])).toEqual(['Deutsch', 'Unknown language']);
});
