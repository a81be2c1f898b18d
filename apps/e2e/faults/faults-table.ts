import type { FaultResult } from './run-fault';
import type { Fault } from './fault';
import type { StageOptions } from './stage';

/** What became of a row of the matrix: a result, or why there is none. */
export type Row = { fault: Fault; result: FaultResult } | { fault: Fault; instead: string };

/** The page that a run of the whole matrix writes. */
export function faultsPage(rows: readonly Row[], { videos, clipSeconds }: StageOptions): string {
  return [
    '# Faults',
    '',
    'What was broken while videos were processed, and what it cost. Written by `npm run test:chaos`; the times are those of the machine it last ran on.',
    '',
    `Each row had ${videos} videos of ${clipSeconds} s in flight on a stack of its own. All of them ended ready, every rendition showing every source frame`,
    'once and in order, and afterwards there was no tool, no scratch folder, no open upload, no unfinished row and no row too many. A row that',
    'says WRONG did not pass.',
    '',
    '| fault | what was done | outcome | noticed | started again | all ready | chunks encoded again | other tasks started again |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map(resultLine),
    '',
    '"Noticed" and "started again" count from the fault, "all ready" from its end (where it lasts to the end: from the start).',
    '',
    '## What an operator sees',
    '',
    '| fault | `GET /videos/{id}/status` | last failures in the Temporal UI | `GET /metrics` | what to do |',
    '|---|---|---|---|---|',
    ...rows.map(sightLine),
    '',
  ].join('\n');
}

function resultLine(row: Row): string {
  const { name, done } = row.fault;
  if (!('result' in row)) return `| ${name} | ${done} | ${row.instead} | | | | | |`;
  const { played, readyMs, chunks, chunksAgain, othersAgain, wrong } = row.result;
  const away = played.outageMs === undefined ? '' : `; away for ${seconds(played.outageMs)}`;
  const outcome = wrong.length === 0 ? 'ready, exact' : `WRONG: ${wrong.join('; ')}`;
  const cells = [name, `${done}${away}`, outcome, seconds(played.noticedMs), seconds(played.startedAgainMs), seconds(readyMs), `${chunksAgain} of ${chunks}`, othersAgain.join(', ')];
  return `| ${cells.join(' | ')} |`;
}

function sightLine(row: Row): string {
  const { name, advice } = row.fault;
  if (!('result' in row)) return `| ${name} | | | | ${advice} |`;
  const { statuses, failures, metrics } = row.result.seen;
  const code = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(', ');
  return `| ${name} | ${statuses.join(', ') || 'nothing'} | ${code(failures) || 'nothing'} | ${code(metrics) || 'nothing'} | ${advice} |`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`;
}
