import type { AudioFacts } from '../../../../temporal/contract/media/plan';
import { chooseSound, heardUntilUs } from './choose-sound';

const SECOND = 1_000_000;

function track(facts: Partial<AudioFacts> & { seconds?: number }): AudioFacts {
  const { seconds = 10, ...others } = facts;
  return {
    ...{ streamIndex: 1, codec: 'aac', channels: 2, sampleRateHz: 48_000, language: null, layout: null, startUs: 0 },
    ...{ endUs: seconds * SECOND, isDefault: false, isAside: false },
    ...others,
  };
}

describe('chooseSound', () => {
  it.each<[string, AudioFacts[], number | null]>([
    ['none', [], null],
    ['the first of equals', [track({}), track({})], 0],
    ['the default track, not the first', [track({}), track({ isDefault: true })], 1],
    ['the default track, not the longest', [track({ seconds: 20 }), track({ isDefault: true })], 1],
    ['no commentary', [track({ isAside: true }), track({})], 1],
    ['no description, even a default one', [track({ isAside: true, isDefault: true }), track({})], 1],
    ['a commentary that is all there is', [track({ isAside: true })], 0],
    ['the longest where no flag tells', [track({ seconds: 3 }), track({ seconds: 10 }), track({ seconds: 9.8 })], 1],
    ['the first of about the same length', [track({ seconds: 9.8 }), track({ seconds: 10 })], 0],
    ['no track of one frame, even a default one', [track({ seconds: 0.02, isDefault: true }), track({})], 1],
    ['a short track that is all there is', [track({ seconds: 0.02 })], 0],
    ['no track that ends before the picture starts', [track({ startUs: -5 * SECOND, endUs: -SECOND, isDefault: true }), track({})], 1],
    ['the default one of facts without times', [track({}), track({ isDefault: true })].map(({ endUs: _, ...facts }) => facts), 1],
  ])('takes %s', (_, tracks, chosen) => {
    expect(chooseSound(tracks)).toBe(chosen);
  });

  it('tells when the chosen track ends', () => {
    expect(heardUntilUs([track({ seconds: 20 }), track({ isDefault: true })])).toBe(10 * SECOND);
    expect(heardUntilUs([])).toBeNull();
  });
});
