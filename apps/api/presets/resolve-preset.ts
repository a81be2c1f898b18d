import type { EncodingRequest, RungName } from '../../../temporal/contract/media/encoding';
import type { CodecFamily } from '../../../temporal/contract/media/families';
import type { Preset } from '../../../temporal/contract/media/presets';

/** What an upload says about its encoding beside the name of a preset. */
export interface PresetChanges {
  /** In place of the preset's. */
  codecs?: readonly CodecFamily[] | undefined;
  isStrict: boolean;
  highestRung?: RungName | undefined;
  lowestRung?: RungName | undefined;
}

/** A preset as it is recorded with a video. */
export function resolvePreset(preset: Preset, changes: PresetChanges): { codecs: CodecFamily[]; encoding: EncodingRequest } {
  const { codecs = preset.codecs, isStrict, highestRung = preset.highestRung, lowestRung = preset.lowestRung } = changes;
  const bounds = { ...(highestRung ? { highestRung } : {}), ...(lowestRung ? { lowestRung } : {}) };
  const { families, tiers } = preset;
  return { codecs: [...codecs], encoding: { isStrict, ...bounds, families, ...(tiers ? { tiers } : {}) } };
}
