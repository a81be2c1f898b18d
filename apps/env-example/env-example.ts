import { z } from 'zod';

/** Variables that belong together, under a line that says whose they are. */
export interface SettingsSection {
  title: string;
  settings: Readonly<Record<string, z.ZodType>>;
}

/** The text of `.env.example`: every variable with its description, unit and default, and a value to start from. */
export function envExample(introduction: readonly string[], sections: readonly SettingsSection[]): string {
  const head = introduction.map((line) => `# ${line}`);
  return `${[head.join('\n'), ...sections.map(sectionText)].join('\n\n')}\n`;
}

function sectionText({ title, settings }: SettingsSection): string {
  return [`## ${title}`, ...Object.entries(settings).flatMap(([name, setting]) => variableLines(name, setting))].join('\n');
}

function variableLines(name: string, setting: z.ZodType): string[] {
  const { description, unit, example } = setting.meta() ?? {};
  if (!description) throw new Error(`${name} has no description`);
  const fallback = defaultOf(setting);
  const facts = [
    ...(unit ? [`Unit: ${unit}.`] : []),
    ...(fallback ? [`Default: ${fallback}.`] : []),
    ...(setting.safeParse(undefined).success ? [] : ['Required.']),
  ];
  return [`# ${[description, ...facts].join(' ')}`, `${name}=${example ?? fallback ?? ''}`];
}

function defaultOf(setting: z.ZodType): string | null {
  return setting instanceof z.ZodDefault || setting instanceof z.ZodPrefault ? String(setting.def.defaultValue) : null;
}
