import type { FamilyPlan } from '../../../../temporal/contract/media/plan';
import { familyOf, type Family } from '../family';
import { onHardware } from './hardware';

/** The family of a plan with the encoder that was planned for it. Throws `EncoderMissing` for one that this code does not have. */
export function encoderOf({ family, encoder }: Pick<FamilyPlan, 'family' | 'encoder'>): Family {
  return encoder ? onHardware(familyOf(family), encoder) : familyOf(family);
}
