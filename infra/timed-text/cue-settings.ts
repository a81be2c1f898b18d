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
