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
});
