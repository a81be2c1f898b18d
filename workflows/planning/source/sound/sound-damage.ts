import type { ProbedStream } from '../probed-container';

/** Words of decoders about packets that they cannot decode. */
const DAMAGE = /error|invalid|corrupt|damaged|missing|mismatch|exceed|out of range|not allocated|overread|illegal|conceal/i;

/**
 * The audio track that a line of ffmpeg's at level `error` calls damaged, as an index of `sounds`; null when it is about something
 * else. A line of a decoder names its codec only, which is one of the track where no other has it.
 */
export function damagedSound(line: string, sounds: readonly Pick<ProbedStream, 'index' | 'codec_name'>[]): number | null {
  if (!DAMAGE.test(line)) return null;
  const stream = /^\[aist#0:(\d+)\/\S+ @ \w+\] \[dec:/.exec(line)?.[1];
  if (stream !== undefined) return trackWhere(sounds, ({ index }) => index === Number(stream));
  const decoder = /^\[(\w+) @ \w+\]/.exec(line)?.[1];
  if (decoder === undefined) return null;
  const named = sounds.filter(({ codec_name }) => isDecoderOf(decoder, codec_name));
  return named.length === 1 ? trackWhere(sounds, (sound) => sound === named[0]) : null;
}

/** Several decoders are named after their codec and the samples they give, such as `mp3float`. */
function isDecoderOf(decoder: string, codec: string | undefined): boolean {
  return codec !== undefined && (decoder === codec || decoder === `${codec}float` || decoder === `${codec}_fixed`);
}

function trackWhere<Sound>(sounds: readonly Sound[], test: (sound: Sound) => boolean): number | null {
  const track = sounds.findIndex(test);
  return track < 0 ? null : track;
}
