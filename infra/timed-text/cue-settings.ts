const PERCENT = String.raw`(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%`;

/** Settings of a cue (W3C WebVTT 4.4). Regions are left out with their definitions. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  vertical: /^(?:rl|lr)$/,
  line: new RegExp(String.raw`^(?:-?\d{1,3}|${PERCENT})(?:,(?:start|center|end))?$`),
  position: new RegExp(String.raw`^${PERCENT}(?:,(?:line-left|center|line-right))?$`),
  size: new RegExp(`^${PERCENT}$`),
  align: /^(?:start|center|end|left|right)$/,
};

/** The settings that players know, each once; others are left out, as players do. */
export function cueSettings(text: string): string {
  const known = new Map<string, string>();
  for (const setting of text.split(/\s+/)) {
    const [name = '', value = ''] = setting.split(':');
    if (Object.hasOwn(SETTINGS, name) && SETTINGS[name]?.test(value)) known.set(name, value);
  }
  return [...known].map(([name, value]) => `${name}:${value}`).join(' ');
}

/** Markup and overrides of SubStation Alpha before the first word of a cue. */
const BEFORE_TEXT = /^(?:\s|<[^<>]*>|\{\\[^{}]*\})*/;
/** Rows and columns of its `\an`, which numbers them as the digits of a keypad. */
const ROW_SETTINGS = ['', 'line:50%,center', 'line:0'];
const COLUMN_SETTINGS = ['align:left', '', 'align:right'];

/** Settings for the place that an override such as `{\an8}` at the start of a text names; empty for none, and for the usual place. */
export function overriddenPlace(text: string): string {
  const [, digit] = /\\an([1-9])(?!\d)/.exec(BEFORE_TEXT.exec(text)?.[0] ?? '') ?? [];
  if (digit === undefined) return '';
  const place = Number(digit) - 1;
  return [ROW_SETTINGS[Math.floor(place / 3)], COLUMN_SETTINGS[place % 3]].filter(Boolean).join(' ');
}
