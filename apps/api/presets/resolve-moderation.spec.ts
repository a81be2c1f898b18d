import { PRESETS, type Preset } from '../../../temporal/contract/media/presets';
import { parsePresets } from './preset-file';
import { resolvePreset } from './resolve-preset';

const UPLOAD = { isStrict: false, hdr: 'keep' } as const;

function preset(lines: string): Preset {
  return parsePresets(`presets:\n  own:\n    codecs: [h264]\n${lines}`, 'presets.yaml')[0]!;
}

it('is off in every built-in preset, so that nothing is scored unasked', () => {
  for (const builtIn of PRESETS) expect(resolvePreset(builtIn, UPLOAD).encoding.moderation).toBeUndefined();
});

it('is that of the preset unless the upload says otherwise', () => {
  const own = preset('    moderation: hold\n    moderation_threshold: 0.3\n');
  expect(resolvePreset(own, UPLOAD).encoding.moderation).toEqual({ mode: 'hold', threshold: 0.3 });
  expect(resolvePreset(own, { ...UPLOAD, moderation: 'flag' }).encoding.moderation).toEqual({ mode: 'flag', threshold: 0.3 });
  expect(resolvePreset(own, { ...UPLOAD, moderationThreshold: 0.9 }).encoding.moderation).toEqual({ mode: 'hold', threshold: 0.9 });
  expect(resolvePreset(own, { ...UPLOAD, moderation: 'off' }).encoding.moderation).toBeUndefined();
});

it.each([
  ['a mode that there is not', 'moderation: block', 'line 4: presets.own.moderation'],
  ['a threshold outside 0 to 1', 'moderation_threshold: 1.5', 'line 4: presets.own.moderation_threshold'],
])('refuses a preset with %s', (_what, line, sentence) => {
  expect(() => preset(`    ${line}\n`)).toThrow(sentence);
});
