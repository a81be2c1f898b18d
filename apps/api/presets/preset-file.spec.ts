import { ConfigError } from '../../settings/config-error';
import { parsePresets } from './preset-file';
import { presetTable } from './preset-table';

const MOBILE = `
presets:
  mobile:
    description: Small screens.
    codecs: [h264, hevc]
    highest_rung: 720p
    tiers: { hevc: 50 }
    families:
      h264: { speed: faster, crf: 26, cap_percent: 80 }
      av1: { speed: '8', crf: { 720p: 38 } }
`;

it('reads presets; families that one leaves out are those of the default preset', () => {
  const [mobile] = parsePresets(MOBILE, 'presets.yaml');
  expect(mobile).toMatchObject({
    name: 'mobile',
    codecs: ['h264', 'hevc'],
    highestRung: '720p',
    tiers: [{ family: 'hevc', aboveViewsPerHour: 50 }],
  });
  expect(mobile?.families).toMatchObject({
    h264: { speed: 'faster', crf: 26, capPercent: 80 },
    av1: { speed: '8', crf: { '720p': 38 }, capPercent: 100 },
    vp9: { speed: '5' },
  });
});

it('reads JSON, which is YAML', () => {
  const json = JSON.stringify({ presets: { small: { codecs: ['h264'] } } });
  expect(parsePresets(json, 'presets.json').map(({ name }) => name)).toEqual(['small']);
});

const range = (from: number, end: number) => Array.from({ length: end - from }, (_, index) => from + index);

it.each<[string, (text: string) => string, string]>([
  ['a key that is not known', (text) => text.replace('highest_rung', 'top_rung'), 'line 6: presets.mobile: Unrecognized key: "top_rung"'],
  ['a codec that is not known', (text) => text.replace('hevc', 'theora'), 'line 5: presets.mobile.codecs.1: Invalid option'],
  ['a codec twice', (text) => text.replace('hevc', 'h264'), 'line 5: presets.mobile.codecs: names a codec family twice'],
  [
    'a speed that the encoder lacks',
    (text) => text.replace('faster', 'warp'),
    'line 9: presets.mobile.families.h264.speed: Invalid option',
  ],
  ['a quality beyond the encoder', (text) => text.replace('crf: 26', 'crf: 52'), 'line 9: presets.mobile.families.h264.crf'],
  ['a rung that there is not', (text) => text.replace('720p: 38', '700p: 38'), 'line 10: presets.mobile.families.av1.crf'],
  ['a threshold that every video crosses', (text) => text.replace('hevc: 50', 'hevc: 1'), 'line 7: presets.mobile.tiers.hevc: Too small'],
  ['a second document', (text) => `${text}\n---\npresets: {}\n`, 'a second document begins; a file holds one'],
  [
    'aliases of aliases',
    (text) =>
      `${text}\nx0: &x0 [1]\n${range(1, 30)
        .map((n) => `x${n}: &x${n} [*x${n - 1}, *x${n - 1}, *x${n - 1}]`)
        .join('\n')}\n`,
    'aliases are repeated too often',
  ],
  ['nothing to encode', (text) => text.replace('[h264, hevc]', '[]'), 'line 5: presets.mobile.codecs: Too small'],
  ['what is missing', (text) => text.replace('    codecs: [h264, hevc]\n', ''), 'line 4: presets.mobile.codecs: Invalid input'],
  [
    'a ladder without rungs',
    (text) => `${text}    lowest_rung: 1080p\n`,
    'line 4: presets.mobile: has a highest_rung below its lowest_rung',
  ],
  ['a name that is none', (text) => text.replace('mobile', 'My Preset'), 'My Preset'],
  ['a name twice', (text) => `${text}  mobile: { codecs: [h264] }\n`, 'line 11: Map keys must be unique'],
  ['text that is no YAML', () => 'presets: [', 'line 1'],
  ['an empty file', () => '', 'line 1'],
  ['another kind of file', () => 'PK\u0003\u0004', 'line 1'],
])('names the line of %s', (_, spoil, sentence) => {
  const parse = () => parsePresets(spoil(MOBILE), 'presets.yaml');
  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(sentence);
});

it('refuses a default that is no preset, and a file that is not there', () => {
  expect(() => presetTable({ file: null, defaultName: 'warp' })).toThrow('DEFAULT_PRESET: names none of the presets fast, standard');
  expect(() => presetTable({ file: '/nonexistent/presets.yaml', defaultName: 'fast' })).toThrow('PRESETS_FILE: the file cannot be read');
});
