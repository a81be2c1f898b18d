import type { Cue } from '../../../temporal/contract/media/text-tracks';

/** A WebVTT file (W3C WebVTT 4.1) with these cues. */
export function webVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, text, settings }) => {
    const times = `${timestamp(startMs)} --> ${timestamp(endMs)}`;
    return `${settings ? `${times} ${settings}` : times}\n${text}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** Hours have two digits or more (4.1). */
function timestamp(ms: number): string {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(ms % 1000, 3)}`;
}
