import type { AudioFacts } from '../../../../temporal/contract/media/plan';
import { leadSlotsOf, soundCutWarnings } from './early-sound';

const FILM = { num: 24_000, den: 1001 };

function tracks(...startsUs: number[]): AudioFacts[] {
  const common = { streamIndex: 1, codec: 'aac', channels: 2, layout: 'stereo', sampleRateHz: 48_000, language: null };
  return startsUs.map((startUs, index) => ({ ...common, startUs, endUs: 60_000_000, isDefault: index === 0 }));
}

it.each([
  ['matroska,webm', [-1_300_000], 32],
  ['mov,mp4,m4a,3gp,3g2,mj2', [-101_000], 3],
  ['matroska,webm', [-100_000], 0],
  ['matroska,webm', [700_000], 0],
  ['matroska,webm', [0, -1_300_000], 0],
  ['matroska,webm', [], 0],
  ['mpegts', [-1_300_000], 0],
])('a title begins with its sound and loses none of it, but in broadcasts: %s %o', (container, startsUs, slots) => {
  expect(leadSlotsOf(container, FILM, { audio: tracks(...startsUs), heardBefore: startsUs.map(() => true) })).toBe(slots);
});

it('a title does not wait for silence', () => {
  expect(leadSlotsOf('matroska,webm', FILM, { audio: tracks(-1_300_000), heardBefore: [false] })).toBe(0);
});

it.each([
  ['mpegts', [-1_600_000], ['Audio track 1 starts 1.6 s before the first picture that can be decoded, and is cut to start with it.']],
  ['mpeg', [-300_000], ['Audio track 1 starts 0.3 s before the first picture that can be decoded, and is cut to start with it.']],
  ['mpegts', [-90_000], []],
  ['mpegts', [], []],
  ['matroska,webm', [-1_600_000], []],
])('a user is told of sound that is cut: %s %o', (container, startsUs, messages) => {
  expect(soundCutWarnings(container, tracks(...startsUs)).map(({ message }) => message)).toEqual(messages);
});
