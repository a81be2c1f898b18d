import type { AudioFacts, VideoRung } from '../../../temporal/contract/media/plan';
import { planAudio } from './plan-audio';

const topRung = (height: number) => ({ width: height * 2, height }) as VideoRung;
const track = (facts: Partial<AudioFacts>): AudioFacts => ({
  streamIndex: 1,
  codec: 'aac',
  channels: 2,
  sampleRateHz: 48_000,
  language: null,
  layout: null,
  startUs: 0,
  ...facts,
});

describe('planAudio', () => {
  it.each([
    ['1080p stereo', track({}), 1080, { name: 'aac_192k', bitrateBps: 192_000, channels: 2, sampleRateHz: 48_000, language: null }],
    [
      '480p in 5.1',
      track({ channels: 6 }),
      480,
      { name: 'aac_128k', bitrateBps: 128_000, channels: 2, sampleRateHz: 48_000, language: null },
    ],
    ['432p', track({ language: 'eng' }), 432, { name: 'aac_96k', bitrateBps: 96_000, channels: 2, sampleRateHz: 48_000, language: 'en' }],
    [
      'mono',
      track({ channels: 1, sampleRateHz: 44_100 }),
      720,
      { name: 'aac_64k', bitrateBps: 64_000, channels: 1, sampleRateHz: 44_100, language: null },
    ],
    [
      'telephone sound',
      track({ sampleRateHz: 8_000, language: 'not a tag' }),
      144,
      { name: 'aac_64k', bitrateBps: 64_000, channels: 2, sampleRateHz: 48_000, language: null },
    ],
  ])('%s', (_, facts, height, expected) => {
    expect(planAudio({ audio: [facts], topRung: topRung(height) })).toEqual([{ ...expected, family: 'aac', role: 'main', sourceTrack: 0 }]);
  });

  it('has nothing to plan for a silent source', () => {
    expect(planAudio({ audio: [], topRung: topRung(720) })).toEqual([]);
  });

  it('has every track in every codec, the default one first, and 5.1 where there is 5.1', () => {
    const audio = [
      track({ language: 'deu', channels: 1, sampleRateHz: 44_100 }),
      track({ language: 'eng', channels: 8, layout: '7.1', isDefault: true }),
      track({ language: 'eng', isAside: true, role: 'commentary' }),
      track({ language: 'eng', channels: 6, layout: '6 channels' }),
      track({ language: 'fra', startUs: 0, endUs: 40_000 }),
    ];
    const sound = { codecs: ['aac', 'opus'], loudnessLufs: -16 } as const;
    const plans = planAudio({ audio, topRung: topRung(1080), sound });
    expect(plans.map(({ name, sourceTrack, channels, role }) => [name, sourceTrack, channels, role])).toEqual([
      ['aac_192k', 1, 2, 'main'],
      ['aac_384k', 1, 6, 'main'],
      ['opus_128k', 1, 2, 'main'],
      ['aac_96k_de', 0, 1, 'main'],
      ['opus_64k_de', 0, 1, 'main'],
      ['aac_192k_en_commentary', 2, 2, 'commentary'],
      ['opus_128k_en_commentary', 2, 2, 'commentary'],
      ['aac_192k_en', 3, 2, 'alternate'],
      ['opus_128k_en', 3, 2, 'alternate'],
    ]);
    expect(new Set(plans.map(({ loudnessLufs }) => loudnessLufs))).toEqual(new Set([-16]));
    expect(plans.find(({ name }) => name === 'aac_96k_de')?.sampleRateHz).toBe(44_100);
  });

  it('takes the rate that was asked for, and nothing else from it but what follows', () => {
    const sound = { codecs: ['aac', 'opus'], loudnessLufs: null, stereoBps: 160_000 } as const;
    const plans = planAudio({ audio: [track({ channels: 6, layout: '5.1' })], topRung: topRung(240), sound });
    expect(plans).toEqual([
      expect.objectContaining({ name: 'aac_160k', channels: 2 }),
      expect.objectContaining({ name: 'aac_320k', channels: 6 }),
      expect.objectContaining({ name: 'opus_96k', channels: 2 }),
    ]);
    expect(plans.some((plan) => 'loudnessLufs' in plan)).toBe(false);
  });

  it('gives tracks that nothing tells apart names of their own', () => {
    const sound = { codecs: ['aac'], loudnessLufs: null } as const;
    const plans = planAudio({ audio: [track({}), track({}), track({})], topRung: topRung(480), sound });
    expect(plans.map(({ name }) => name)).toEqual(['aac_128k', 'aac_128k_2', 'aac_128k_3']);
  });
});
