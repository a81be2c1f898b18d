import type { AudioCodec } from '../../../temporal/contract/media/sound';
import type { SampleEntryCodec } from '../isobmff/codec';
import { AAC } from './aac';
import { OPUS } from './opus';

/** Codecs of sound by their names in plans. */
export const SOUND_CODECS: Readonly<Record<AudioCodec, SampleEntryCodec>> = { aac: AAC, opus: OPUS };
