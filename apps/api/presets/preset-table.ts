import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { PRESETS, type Preset } from '../../../temporal/contract/media/presets';
import { ConfigError } from '../../settings/config-error';
import { parsePresets } from './preset-file';

/** The presets of this installation, and the one of uploads that name none. */
export interface PresetTable {
  presets: readonly Preset[];
  defaultName: string;
}

/** Presets of the operator's file come before built-in ones of the same name. Throws {@link ConfigError}. */
export function presetTable({ file, defaultName }: { file: string | null; defaultName: string }): PresetTable {
  const own = file === null ? [] : parsePresets(readText(file), basename(file));
  const presets = [...PRESETS.filter((builtIn) => !own.some(({ name }) => name === builtIn.name)), ...own];
  if (!presets.some(({ name }) => name === defaultName)) {
    const names = presets.map(({ name }) => name).join(', ');
    throw new ConfigError(`The environment is not usable:\n  DEFAULT_PRESET: names none of the presets ${names}`);
  }
  return { presets, defaultName };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError('The environment is not usable:\n  PRESETS_FILE: the file cannot be read', { cause: error });
  }
}
