import { Failure } from '../../../../temporal/contract/failures';
import { isHardwareFamily, type HardwareFamily, type HardwareKind } from '../../../../temporal/contract/media/hardware';
import type { VideoRung } from '../../../../temporal/contract/media/plan';
import type { Family } from '../family';
import { NVENC } from './nvenc';
import { QSV } from './qsv';
import { VAAPI } from './vaapi';

/** All differences between kinds of hardware encoders. */
export interface Hardware {
  readonly kind: HardwareKind;
  /** ffmpeg output options that encode a rung with one closed GOP per segment, under the cap of its rate. */
  encoderArgs(family: HardwareFamily, rung: VideoRung, framesPerSegment: number): string[];
  /** Global options of ffmpeg that open the device; none where the encoder opens it. */
  readonly deviceArgs: readonly string[];
  /** Filter that makes frames the encoder takes of those in yuv420p; null where it takes them as they are. */
  readonly frameFilter: string | null;
}

const HARDWARE: Record<HardwareKind, Hardware> = { nvenc: NVENC, qsv: QSV, vaapi: VAAPI };

/** Encoders have smallest sizes; every one takes this. */
const TEST_SIDE = 256;
const TEST_RUNG: VideoRung = {
  ...{ name: 'test', width: TEST_SIDE, height: TEST_SIDE, crf: 24, profile: 'main', level: '3.1' },
  ...{ maxrateBps: 1_000_000, bufsizeBits: 2_000_000 },
};
const TEST_FRAMES_PER_SEGMENT = 50;

/**
 * A codec family whose pictures a hardware encoder makes: the same ladder, sample entries and checks. Decoder and scaler stay on the CPU.
 * Throws `EncoderMissing` for a family without hardware encoders.
 */
export function onHardware(family: Family, kind: HardwareKind): Family {
  // What the rungs will be called is known of the encoder on the CPU.
  const { plannedCodecString: _, ...software } = family;
  const { name } = software;
  if (!isHardwareFamily(name)) throw new Failure('EncoderMissing', `There is no hardware encoder of ${name}.`);
  const hardware = HARDWARE[kind];
  const { deviceArgs, frameFilter } = hardware;
  const filters = [`scale=${TEST_SIDE}:${TEST_SIDE}`, 'format=yuv420p', ...(frameFilter === null ? [] : [frameFilter])];
  return {
    ...software,
    encoderArgs: (rung, { framesPerSegment }) => hardware.encoderArgs(name, rung, framesPerSegment),
    // With the options of real work: a GPU that lacks one of them says so here.
    testEncodeArgs: [...deviceArgs, '-vf', filters.join(','), ...hardware.encoderArgs(name, TEST_RUNG, TEST_FRAMES_PER_SEGMENT)],
    encoderNameIn: new RegExp(`(?<=\\()${name}_${kind}(?=\\))`),
    deviceArgs,
    ...(frameFilter === null ? {} : { frameFilter }),
  };
}
