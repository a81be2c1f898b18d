import { MultiBar, type SingleBar } from 'cli-progress';
import { visibleText } from '../../visible-text';

const BAR_FORMAT = '{name} {bar} {percentage}% {state} {left}';
const NAME_WIDTH = 11;
const BAR_COLUMNS = 30;
/** A plain row is repeated when it moved this far. */
const PLAIN_STEP_PERCENT = 20;

export interface ProgressRow {
  name: string;
  percent: number;
  /** What the row does now: `running`, `completed`, the name of a service. */
  state: string;
}

/** Rows of progress for a person: bars on a terminal, lines elsewhere. Names and states are shown by {@link visibleText}. */
export interface ProgressView {
  show: (row: ProgressRow) => void;
  say: (text: string) => void;
  close: () => void;
}

export function openProgressView(output: NodeJS.WriteStream): ProgressView {
  return output.isTTY ? barsOn(output) : linesOn((line) => output.write(`${line}\n`));
}

/** Lines for logs: one when the state of a row changes, and one each time it moved far enough. */
export function linesOn(print: (line: string) => void, now: () => number = () => performance.now()): ProgressView {
  const shown = new Map<string, ProgressRow>();
  const clock = new Map<string, number>();
  return {
    show: (row) => {
      const last = shown.get(row.name);
      const isNews = last?.state !== row.state || row.percent - last.percent >= PLAIN_STEP_PERCENT;
      if (!isNews) return;
      shown.set(row.name, row);
      const startedAt = startOf(clock, row, now());
      print(
        `${visibleText(`${row.name}: ${row.state}`)} ${Math.floor(row.percent)}%${withBlank(timeLeft(now() - startedAt, row.percent))}`,
      );
    },
    say: print,
    close: () => undefined,
  };
}

function barsOn(output: NodeJS.WriteStream): ProgressView {
  const bars = new MultiBar({
    format: BAR_FORMAT,
    stream: output,
    barsize: BAR_COLUMNS,
    hideCursor: true,
    autopadding: true,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  const rows = new Map<string, SingleBar>();
  const clock = new Map<string, number>();
  return {
    show: (row) => {
      const startedAt = startOf(clock, row, performance.now());
      const left = timeLeft(performance.now() - startedAt, row.percent);
      const payload = { name: visibleText(row.name).padEnd(NAME_WIDTH), state: visibleText(row.state), left };
      const bar = rows.get(row.name);
      if (bar) bar.update(Math.floor(row.percent), payload);
      else rows.set(row.name, bars.create(100, Math.floor(row.percent), payload));
    },
    say: (text) => bars.log(`${text}\n`),
    close: () => bars.stop(),
  };
}

/** `ETA 12 s` from the time spent on the part that is done; empty before the first percent and at the end. */
export function timeLeft(elapsedMs: number, percent: number): string {
  if (percent <= 0 || percent >= 100) return '';
  return `ETA ${Math.max(1, Math.round((elapsedMs / 1000) * ((100 - percent) / percent)))} s`;
}

/** When the row was first seen moving: a pending row spends no time. */
function startOf(clock: Map<string, number>, row: ProgressRow, now: number): number {
  if (row.state === 'pending') return now;
  const startedAt = clock.get(row.name) ?? now;
  clock.set(row.name, startedAt);
  return startedAt;
}

function withBlank(text: string): string {
  return text === '' ? '' : ` ${text}`;
}
