import { CONTAINERS } from './containers';
import { ODDITIES } from './oddities';
import { PICTURES } from './pictures';
import { REFUSALS } from './refusals';
import { SOUND_FAULTS } from './sound-faults';
import { SOUNDS } from './sounds';
import { TIMELINES } from './timelines';
import type { ZooSource } from './zoo-source';

/** Every kind of file that users send and attackers try, each with its expected end. */
export const ZOO: readonly ZooSource[] = [...CONTAINERS, ...PICTURES, ...TIMELINES, ...SOUNDS, ...SOUND_FAULTS, ...ODDITIES, ...REFUSALS];
