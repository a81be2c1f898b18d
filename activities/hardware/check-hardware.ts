import { HARDWARE_FAMILIES, HARDWARE_KINDS, type EncoderVerdict } from '../../temporal/contract/media/hardware';
import { familyOf } from '../../workflows/planning/families/family';
import { hardwareFault, NO_ANSWER, type HardwareFault } from '../../workflows/planning/families/hardware/hardware-fault';
import { onHardware } from '../../workflows/planning/families/hardware/hardware';
import { TEST_PICTURE } from '../media-tools/check-tools';
import { runTool, ToolError } from '../media-tools/run-tool';

/** Opening a driver for the first time takes seconds; one that hangs answers never. */
const LIMIT_MS = 20_000;

/**
 * Tries every hardware encoder with a real encode, one after the other, since a GPU may have few sessions. An encoder that is in the list
 * of ffmpeg need not work, and a GPU need not have one. Resolves to what each of them can do; a busy one works.
 */
export async function checkHardware(ffmpeg: string): Promise<EncoderVerdict[]> {
  const verdicts: EncoderVerdict[] = [];
  for (const kind of HARDWARE_KINDS) {
    for (const family of HARDWARE_FAMILIES) {
      const fault = await tryEncoder(ffmpeg, onHardware(familyOf(family), kind).testEncodeArgs);
      const works = fault === null || fault.isBusy;
      verdicts.push({ kind, family, works, ...(works ? {} : { reason: fault.reason, advice: fault.advice }) });
    }
  }
  return verdicts;
}

async function tryEncoder(ffmpeg: string, testEncodeArgs: readonly string[]): Promise<HardwareFault | null> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  try {
    await runTool({ tool: ffmpeg, args: ['-v', 'error', '-nostdin', ...TEST_PICTURE, ...testEncodeArgs, '-f', 'null', '-'], signal });
    return null;
  } catch (error) {
    if (signal.aborted) return NO_ANSWER;
    return hardwareFault(error instanceof ToolError ? error.stderrTail : String(error));
  }
}
