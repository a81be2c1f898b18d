import { PRESETS } from '../../../temporal/contract/media/presets';
import { parsePresets } from './preset-file';
import { resolvePreset } from './resolve-preset';

const UPLOAD = { isStrict: false, hdr: 'keep' } as const;

const preset = (lines: string) => parsePresets(`presets:\n  own:\n    codecs: [h264]\n${lines}`, 'presets.yaml')[0]!;

it('is AAC at the loudness of the web, with Opus where bits count, and untouched in an archive', () => {
  expect(PRESETS.map((one) => [one.name, resolvePreset(one, UPLOAD).encoding.sound])).toEqual([
    ['fast', { codecs: ['aac'], loudnessLufs: -16 }],
    ['standard', { codecs: ['aac'], loudnessLufs: -16 }],
    ['premium', { codecs: ['aac', 'opus'], loudnessLufs: -16, stereoBps: 192_000 }],
    ['archive', { codecs: ['aac', 'opus'], loudnessLufs: null, stereoBps: 192_000 }],
  ]);
});

it('is that of the preset unless the upload says otherwise', () => {
  const own = preset('    loudness: -23\n    audio_codecs: [opus, aac]\n    audio_kbps: 96\n');
  const sound = { codecs: ['opus', 'aac'], loudnessLufs: -23, stereoBps: 96_000 };
  expect(resolvePreset(own, UPLOAD).encoding.sound).toEqual(sound);
  expect(resolvePreset(own, { ...UPLOAD, loudness: 'off' }).encoding.sound).toEqual({ ...sound, loudnessLufs: null });
  expect(resolvePreset(own, { ...UPLOAD, loudness: -18, audioCodecs: ['aac'] }).encoding.sound).toEqual({
    ...{ codecs: ['aac'], loudnessLufs: -18, stereoBps: 96_000 },
  });
  expect(resolvePreset(preset('    loudness: off\n'), UPLOAD).encoding.sound?.loudnessLufs).toBeNull();
});

it.each([
  ['a loudness that nothing is broadcast at', 'loudness: -5', 'line 4: presets.own.loudness: is off, or a number of LUFS from -31 to -10'],
  ['no AAC', 'audio_codecs: [opus]', 'line 4: presets.own.audio_codecs: has to name aac'],
  ['a codec twice', 'audio_codecs: [aac, aac]', 'names a codec twice'],
  ['a rate that wastes bits', 'audio_kbps: 512', 'line 4: presets.own.audio_kbps'],
])('refuses a preset with %s', (_what, line, sentence) => {
  expect(() => preset(`    ${line}\n`)).toThrow(sentence);
});
