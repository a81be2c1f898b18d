import type { AudioFacts, Fraction } from '../../../../temporal/contract/media/plan';
import type { SourceWarning } from '../../../../temporal/contract/media/warnings';
import { isContinuous } from '../gaps';
import { chooseSound, heardFromUs } from './choose-sound';

/** A difference that viewers do not notice, and that reordered pictures and the delay of a codec leave. */
const EARLY_US = 100_000;

/**
 * Slots that hold the first picture, so that a title begins with sound that starts before it. None of that sound is lost, except in a broadcast,
 * whose recording begins in the middle of a group of pictures: there a title begins with the picture, as players do. `heardBefore` says of
 * each track whether there is anything to lose.
 */
export function leadSlotsOf(
  container: string,
  { num, den }: Fraction,
  { audio, heardBefore }: { audio: readonly AudioFacts[]; heardBefore: readonly boolean[] },
): number {
  const earlyUs = -(heardFromUs(audio) ?? 0);
  const isLost = heardBefore[chooseSound(audio) ?? -1] === true && earlyUs > EARLY_US;
  return !isLost || isContinuous(container) ? 0 : Math.ceil((earlyUs * num) / (den * 1_000_000));
}

/** What a user is told about sound that is cut because no picture goes with it. */
export function soundCutWarnings(container: string, audio: readonly AudioFacts[]): SourceWarning[] {
  const track = chooseSound(audio);
  const sound = track === null ? undefined : audio[track];
  if (track === null || sound === undefined || sound.startUs >= -EARLY_US || !isContinuous(container)) return [];
  const seconds = (-sound.startUs / 1_000_000).toFixed(1);
  const message = `Audio track ${track + 1} starts ${seconds} s before the first picture that can be decoded, and is cut to start with it.`;
  return [{ code: 'SoundCut', message, track: sound.streamIndex }];
}
