import { ASKED_FAMILY_NAMES, CODEC_FAMILIES, type AskedFamily } from '../../temporal/contract/media/families';
import { DEFAULT_PRESET, PRESETS, type Preset } from '../../temporal/contract/media/presets';
import { DEFAULT_LOUDNESS_LUFS } from '../../temporal/contract/media/sound';
import { familyOf } from '../../workflows/planning/families/family';
import { planRenditions } from '../../workflows/planning/plan/ladder';

/** VMAF at which rates are compared: what viewers hardly tell from the source. */
export const EQUAL_VMAF = 93;

/** A preset in one family on one clip, its largest rendition. */
export interface ClipPrice {
  /** CPU seconds of ffmpeg for a second of the clip, for as many pixels as 1080p has. */
  cpuSecondsPerSecond: number;
  /** What comes out. */
  kbps: number;
  vmaf: number;
  /** With another CRF and without caps. */
  kbpsAtEqualVmaf: number;
}

/** By preset, family and clip. */
export type PresetPrices = Record<string, Partial<Record<AskedFamily, Record<string, ClipPrice>>>>;

const UHD = {
  width: 3840,
  height: 2160,
  frameRate: { num: 25, den: 1 },
  colour: { primaries: null, transfer: null, matrix: null, range: null },
};
const BASE = { preset: 'fast', family: 'h264' } as const;

/** `docs/presets.md`: what presets are, from the table in the code, and what they cost, as measured. */
export function presetsPage(prices: PresetPrices): string {
  return [
    '# Presets',
    '',
    'Made by `npm run bench:presets` from the table in `temporal/contract/media/presets.ts` and one run of measurements.',
    '',
    `An upload names a preset (\`preset\`, otherwise \`${DEFAULT_PRESET}\` or what \`DEFAULT_PRESET\` says); \`GET /api/v1/presets\` lists them. \`codecs\`, \`highest_rung\`, \`lowest_rung\`, \`audio_codecs\` and \`loudness\` of an upload go before those of its preset. \`strict: true\` is a flag beside them: a title with a rendition below its bar (a mean VMAF of 80 from 720p, of 85 from 1080p; smaller renditions have none) is not published. What a preset says is recorded with the video, so a preset that changes later changes no video.`,
    '',
    ...PRESETS.map(
      ({ name, description, codecs, ...preset }) => `- **${name}**: ${description} Families: ${codecs.join(', ')}. ${soundText(preset)}`,
    ),
    '',
    '## Price',
    '',
    `CPU: seconds of one core for a second of 1080p in one rendition, from clips of 480p to 720p and their pixels. Bits: rate at VMAF ${EQUAL_VMAF} against H.264 of \`${BASE.preset}\`. Both are means over three clips (a film, a table, a street). VMAF: of the largest rendition at the preset's own settings, for each clip.`,
    '',
    '| preset | family | encoder preset | CPU | bits | VMAF |',
    '|---|---|---|---|---|---|',
    ...PRESETS.flatMap((preset) => ASKED_FAMILY_NAMES.map((family) => priceRow(prices, preset, family))),
    '',
    '## Settings',
    '',
    'CRF and rate cap in kb/s of each rung (16:9, up to 30 frames per second). HDR sets are encoded as their codec. Where the memory of a slot would not hold the largest rung, the family is encoded with the slowest faster preset of its encoder that fits: 2160p in H.264 takes `medium` instead of `slow`, in AV1 `8` instead of `7` or `6`.',
    '',
    ...PRESETS.flatMap((preset) => [...settingsTable(preset), '']),
    ...LADDERS,
    '## Presets of your own',
    '',
    'A YAML or JSON file named by `PRESETS_FILE` adds presets, or replaces built-in ones of the same name. The API reads it when it starts, and refuses to start with a sentence for each mistake that names its line. Families that a preset leaves out are encoded as `standard` says; `crf` is one value for all rungs or one by rung, the rest is the own table of the family; `cap_percent` scales its rate caps; `tiers` are the views within an hour above which families are added ([tiers.md](tiers.md)); `watermark` is drawn on every rendition, in the words of an upload ([watermark.md](watermark.md)); `audio_codecs`, `loudness` and `audio_kbps` are those of [sound.md](sound.md); `thumbnails` has their `interval_seconds` ([pictures.md](pictures.md)).',
    '',
    '```yaml',
    'presets:',
    '  mobile:',
    '    description: Small screens.',
    '    codecs: [h264, av1]',
    '    highest_rung: 720p',
    '    tiers: { hevc: 50, av1: 5000 }',
    '    families:',
    '      h264: { speed: fast, crf: 26, cap_percent: 80 }',
    "      av1: { speed: '8', crf: { 720p: 38, 480p: 40 } }",
    '```',
    '',
    ...ASKED_FAMILY_NAMES.map((family) => `- \`${family}\`: ${limitsOf(family)}`),
    '',
  ].join('\n');
}

const LADDERS = [
  '## A ladder of your own',
  '',
  '`ladder` of an upload replaces the rungs of its preset, whose quality (CRF), effort and families stay; `highest_rung` and `lowest_rung` do not go with it. A rung has `height` or `width`, even, of a landscape picture (a portrait one is turned), and `bitrate_kbps`, its cap in H.264 at any frame rate. Other families get the share of it that their own tables have.',
  '',
  '```json',
  '{ "ladder": [{ "height": 1080, "bitrate_kbps": 6000 }, { "height": 540, "bitrate_kbps": 1800 }, { "width": 480, "bitrate_kbps": 500 }] }',
  '```',
  '',
  '- 1 to 10 rungs, each size once, rates that rise with the size and lie between 0.25 and 12 bits for each pixel of 16:9 and second: 518 to 24883 kb/s in 1080p, 230 to 11059 in 720p. Heights are 96 to 2160, widths 128 to 3840.',
  '- Nothing is upscaled: rungs that are larger than the source are left out. A source below all of them gets one rendition of its own size, at the share of its rate that the smallest rung has.',
  '- The ladder is recorded with the video, and families that join later have it, too. Chunks, proof and quality gates are those of every rung.',
  '',
];

function priceRow(prices: PresetPrices, { name, codecs, families }: Preset, family: AskedFamily): string {
  const own = Object.entries(prices[name]?.[family] ?? {});
  const base = prices[BASE.preset]?.[BASE.family] ?? {};
  const cpu = mean(own.map(([, price]) => price.cpuSecondsPerSecond));
  const bits = mean(own.map(([clip, price]) => price.kbpsAtEqualVmaf / (base[clip]?.kbpsAtEqualVmaf ?? NaN)));
  const percent = Math.round((bits - 1) * 100);
  const shown = codecs.includes(family) ? `**${family}**` : family;
  const vmafs = own.map(([, { vmaf }]) => vmaf.toFixed(1)).join(', ');
  return `| ${name} | ${shown} | ${families[family].speed} | ${cpu.toFixed(2)} | ${percent > 0 ? '+' : ''}${percent} % | ${vmafs} |`;
}

function settingsTable({ name, families }: Preset): string[] {
  const plans = ASKED_FAMILY_NAMES.map((family) => planRenditions(familyOf(family), UHD, { families }));
  const rungs = plans[0]?.rungs ?? [];
  const cell = ({ crf, maxrateBps }: (typeof rungs)[number]) => `${crf} / ${maxrateBps / 1000}`;
  return [
    `| ${name} | ${rungs.map((rung) => rung.name).join(' | ')} |`,
    `|---|${rungs.map(() => '---|').join('')}`,
    ...plans.map(({ family, rungs: own }) => `| ${family} | ${own.map(cell).join(' | ')} |`),
  ];
}

function soundText({ audioCodecs = ['aac'], stereoBps, loudnessLufs = DEFAULT_LOUDNESS_LUFS }: Partial<Preset>): string {
  const rate = stereoBps === undefined ? '' : ` at ${stereoBps / 1000} kb/s`;
  const loudness = loudnessLufs === null ? 'as loud as it is' : `${loudnessLufs} LUFS`;
  return `Sound: ${audioCodecs.join(', ')}${rate}, ${loudness}.`;
}

function limitsOf(family: AskedFamily): string {
  const { speeds, highestCrf } = CODEC_FAMILIES[family];
  return `speed one of ${speeds.map((speed) => `\`${speed}\``).join(', ')}; crf 1 to ${highestCrf}.`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
