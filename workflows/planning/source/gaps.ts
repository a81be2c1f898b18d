import type { Fraction } from '../../../temporal/contract/media/plan';
import type { PacketScan } from './packet-scan';
import type { Timeline } from '../timeline/timeline';
import type { SourceWarning } from '../../../temporal/contract/media/warnings';

/** A stretch without a frame or without sound, in seconds. */
export interface Gap {
  startSeconds: number;
  lengthSeconds: number;
}

/** Broadcast streams run on: they have no pauses, as screen recordings and edited files have. */
const CONTINUOUS = ['mpegts', 'mpeg'];

/** Shorter ones are left to lost packets, which demuxers tell of, and to slow frame rates. */
const LONGEST_STEP_SECONDS = 1;

/** The longest of the gaps between intervals, or null when none is longer than a second. `intervals` in any order. */
export function longestGap(intervals: readonly { startSeconds: number; endSeconds: number }[]): Gap | null {
  const ordered = [...intervals].sort((a, b) => a.startSeconds - b.startSeconds);
  let longest: Gap | null = null;
  let end = ordered[0]?.endSeconds ?? 0;
  for (const { startSeconds, endSeconds } of ordered) {
    const lengthSeconds = startSeconds - end;
    if (lengthSeconds > Math.max(LONGEST_STEP_SECONDS, longest?.lengthSeconds ?? 0)) longest = { startSeconds: end, lengthSeconds };
    end = Math.max(end, endSeconds);
  }
  return longest;
}

/** The longest gap between the frames of a picture on its usual grid, counted from the first one. `ptsTicks` in any order. */
export function pictureGap(
  ptsTicks: readonly number[],
  { firstPts, frameRate }: Pick<Timeline, 'firstPts' | 'frameRate'>,
  timebase: Fraction,
): Gap | null {
  const frameSeconds = frameRate.den / frameRate.num;
  const seconds = (pts: number) => ((pts - firstPts) * timebase.num) / timebase.den;
  return longestGap(ptsTicks.map((pts) => ({ startSeconds: seconds(pts), endSeconds: seconds(pts) + frameSeconds })));
}

/** The longest gap between the packets of an audio track, counted from the first one. */
export function packetGap({ timebase, packets }: PacketScan): Gap | null {
  const first = packets.reduce((earliest, { pts }) => Math.min(earliest, pts), packets[0]?.pts ?? 0);
  const seconds = (ticks: number) => ((ticks - first) * timebase.num) / timebase.den;
  return longestGap(packets.map(({ pts, durationTicks }) => ({ startSeconds: seconds(pts), endSeconds: seconds(pts + durationTicks) })));
}

/** Whether a stream of this container has no reason to pause, so that its gaps are worth looking for. */
export function isContinuous(container: string): boolean {
  return CONTINUOUS.includes(container);
}

/** Gaps of a source; `sounds` in the order of the audio tracks. */
interface SourceGaps {
  picture: Gap | null;
  sounds: readonly (Gap | null)[];
}

/** Warnings about gaps in a stream that has no reason to pause. They are looked for in such a one only. */
export function gapWarnings(container: string, find: () => SourceGaps): SourceWarning[] {
  if (!isContinuous(container)) return [];
  const { picture, sounds } = find();
  const told = ({ startSeconds, lengthSeconds }: Gap) => `for ${lengthSeconds.toFixed(1)} s from ${startSeconds.toFixed(1)} s on`;
  return [
    ...(picture
      ? [
          {
            code: 'FramesMissing' as const,
            message: `The picture stands still ${told(picture)}: frames are missing there, or the clock of the file jumps.`,
          },
        ]
      : []),
    ...sounds.flatMap((gap, track) =>
      gap
        ? [{ code: 'AudioDamaged' as const, message: `Audio track ${track + 1} is silent ${told(gap)}: its packets are missing there.` }]
        : [],
    ),
  ];
}
