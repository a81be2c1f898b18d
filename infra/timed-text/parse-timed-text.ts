import type { Cue } from '../../temporal/contract/media/text-tracks';
import { cleanCueText } from './clean-cue-text';
import { cueSettings, overriddenPlace } from './cue-settings';
import type { LineNote, TextFormat, TimedText } from './timed-text';

/** A film of ten hours has some ten thousand. */
const MOST_CUES = 30_000;
const CUE_MAX_CHARS = 2_000;
/** Cues on screen at a time: players lay all of them out. */
const MOST_AT_ONCE = 8;
const MOST_WARNINGS = 20;
/** A longer time is a mistake of a clock. */
const LONGEST_MS = 100 * 3_600_000;

const ARROW = '-->';
const TIME = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`;
const RANGE = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}(?:\s+(\S.*)?)?$`);
/** Times as the W3C writes them (WebVTT 4.1): two digits and a point; those of SubRip are written in many ways. */
const VTT_RANGE = /^\s*(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}\s+-->\s+(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}(?:\s|$)/;

interface Block {
  /** 1-based. */
  line: number;
  lines: string[];
}

type Reading = { cue: Cue; line: number } | { fault: LineNote };

/** Reads WebVTT (W3C WebVTT 4.1) or SubRip: strictly, so that every fault has its line, and cleans the markup. Takes time in proportion to the text. */
export function parseTimedText(text: string, format: TextFormat): TimedText {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const head = format === 'vtt' ? headOf(lines) : { end: 0, faults: [] };
  const blocks = blocksOf(lines, head.end).filter((block) => !isComment(block, format));
  if (blocks.length > MOST_CUES) {
    const message = `The file has more than ${MOST_CUES} cues.`;
    return { cues: [], warnings: [], faults: [{ line: blocks[MOST_CUES]?.line ?? 1, message }] };
  }
  const read = blocks.map((block) => readCue(block, format));
  const timed = read.flatMap((one) => ('cue' in one ? [one] : []));
  const faults = [...head.faults, ...read.flatMap((one) => ('fault' in one ? [one.fault] : [])), ...orderFaults(timed)];
  const cues = timed.map(({ cue }) => cue).filter((cue) => cue.text !== '');
  if (faults.length === 0 && cues.length === 0) faults.push({ line: 1, message: 'The file has no cue with a text.' });
  return {
    cues: cues.sort((one, other) => one.startMs - other.startMs),
    faults: faults.sort((one, other) => one.line - other.line),
    warnings: overlaps(timed),
  };
}

/** The header ends with the first blank line. */
function headOf(lines: readonly string[]): { end: number; faults: LineNote[] } {
  if (!/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? '')) {
    return { end: 0, faults: [{ line: 1, message: 'The first line of a WebVTT file has to begin with WEBVTT.' }] };
  }
  const blank = lines.findIndex((line) => line.trim() === '');
  const end = blank === -1 ? lines.length : blank;
  const range = lines.slice(0, end).findIndex((line) => line.includes(ARROW));
  const message = 'A blank line has to stand between the header and the first cue.';
  return { end, faults: range === -1 ? [] : [{ line: range + 1, message }] };
}

function blocksOf(lines: readonly string[], start: number): Block[] {
  const blocks: Block[] = [];
  let block: Block | null = null;
  for (const [index, line] of lines.entries()) {
    if (index < start) continue;
    if (line.trim() === '') block = null;
    else if (block) block.lines.push(line);
    else blocks.push((block = { line: index + 1, lines: [line] }));
  }
  return blocks;
}

/** Comments, styles and regions of WebVTT (4.1): how text looks is left to players. */
function isComment({ lines }: Block, format: TextFormat): boolean {
  return format === 'vtt' && /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(lines[0] ?? '') && !lines[0]?.includes(ARROW);
}

function readCue({ line, lines }: Block, format: TextFormat): Reading {
  const at = lines.findIndex((one) => one.includes(ARROW));
  if (at === -1 || at > 1) return fault(line, 'A cue needs a line with its times, such as 00:00:01.000 --> 00:00:04.000.');
  const times = readTimes(lines[at] ?? '', format);
  if ('problem' in times) return fault(line + at, times.problem);
  const rest = lines.slice(at + 1);
  const arrow = rest.findIndex((one) => one.includes(ARROW));
  if (arrow !== -1) return fault(line + at + 1 + arrow, 'A blank line has to stand between two cues.');
  const text = rest.join('\n');
  if (text.length > CUE_MAX_CHARS) return fault(line + at + 1, `The text of a cue has at most ${CUE_MAX_CHARS} characters.`);
  // What the file says in WebVTT comes before an override.
  const settings = cueSettings(`${overriddenPlace(text)} ${times.settings}`);
  return { line: line + at, cue: { ...times, settings, text: cleanCueText(text, format) } };
}

function readTimes(line: string, format: TextFormat): Omit<Cue, 'text'> | { problem: string } {
  if (/(?:^|>)\s*-\d/.test(line)) return { problem: 'A time cannot be negative: cues begin with the video or later.' };
  const match = RANGE.exec(line);
  if (!match || (format === 'vtt' && !VTT_RANGE.test(line))) {
    return {
      problem: `The times of a cue are written as ${format === 'vtt' ? '00:00:01.000 --> 00:00:04.000' : '00:00:01,000 --> 00:00:04,000'}.`,
    };
  }
  const [startMs, endMs] = [millis(match.slice(1, 5)), millis(match.slice(5, 9))];
  if (startMs === null || endMs === null) return { problem: 'A time has more than 59 minutes or seconds, or more than 100 hours.' };
  if (endMs <= startMs) return { problem: 'A cue has to end after it begins.' };
  return { startMs, endMs, settings: format === 'vtt' ? (match[9] ?? '') : '' };
}

/** Null where minutes or seconds are none. */
function millis([hours = '0', minutes = '', seconds = '', fraction = '']: readonly string[]): number | null {
  if (Number(minutes) > 59 || Number(seconds) > 59) return null;
  const total = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
  return total > LONGEST_MS ? null : total;
}

function orderFaults(timed: readonly { cue: Cue; line: number }[]): LineNote[] {
  const faults: LineNote[] = [];
  let before = 0;
  let running: number[] = [];
  for (const { cue, line } of timed) {
    if (cue.startMs < before) faults.push({ line, message: 'A cue has to begin no earlier than the one before it.' });
    before = cue.startMs;
    running = [...running.filter((endMs) => endMs > cue.startMs), cue.endMs];
    if (running.length > MOST_AT_ONCE) {
      faults.push({ line, message: `More than ${MOST_AT_ONCE} cues overlap here; they do not fit on a screen.` });
      running = [];
    }
  }
  return faults;
}

/** Two speakers may talk at a time, so cues that overlap are shown, and told. */
function overlaps(timed: readonly { cue: Cue; line: number }[]): LineNote[] {
  const notes: LineNote[] = [];
  let endMs = 0;
  for (const { cue, line } of timed) {
    if (cue.startMs < endMs) notes.push({ line, message: 'The cue begins before the one before it ends; both are shown.' });
    endMs = Math.max(endMs, cue.endMs);
  }
  return notes.slice(0, MOST_WARNINGS);
}

function fault(line: number, message: string): Reading {
  return { fault: { line, message } };
}
