import type { FaultResult } from './run-fault';
import type { Fault } from './fault';
import type { StageOptions } from './stage';

/** What became of a fault: a result, or why there is none. */
export type Outcome = FaultResult | string;

/** The page that a run writes. Every fault has an outcome, by its name. */
export function faultsPage(
  faults: readonly Fault[],
  outcomes: Readonly<Record<string, Outcome>>,
  { videos, clipSeconds }: StageOptions,
): string {
  const lines = (line: (fault: Fault, outcome: Outcome) => string) =>
    faults.map((fault) => line(fault, outcomes[fault.name] ?? 'not played'));
  return [
    '# Faults',
    '',
    'What was broken while videos were processed, and what it cost. Written by `npm run test:chaos`; a run of',
    'some faults (`npm run test:chaos -- -t "API restarted"`) replaces their rows. The times are those of the machine it ran on.',
    '',
    `Each row had ${videos} videos of ${clipSeconds} s in flight on a stack of its own. All of them ended ready, every rendition showing every source frame`,
    'once and in order, and afterwards there was no tool, no scratch folder, no open upload, no unfinished row and no row too many. A row that',
    'says WRONG did not pass.',
    '',
    '| fault | what was done | outcome | noticed | started again | all ready | chunks encoded again | other tasks started again |',
    '|---|---|---|---|---|---|---|---|',
    ...lines(resultLine),
    '',
    '"Noticed" and "started again" count from the fault, "all ready" from its end (where it lasts to the end: from the start).',
    '',
    '## What an operator sees',
    '',
    '| fault | `GET /videos/{id}/status` | last failures in the Temporal UI | `GET /metrics` | what to do |',
    '|---|---|---|---|---|',
    ...lines(sightLine),
    '',
  ].join('\n');
}

function resultLine({ name, done }: Fault, outcome: Outcome): string {
  if (typeof outcome === 'string') return `| ${name} | ${done} | ${outcome} | | | | | |`;
  const { played, readyMs, chunks, chunksAgain, othersAgain, wrong } = outcome;
  const away = played.outageMs === undefined ? '' : `; away for ${seconds(played.outageMs)}`;
  const verdict = wrong.length === 0 ? 'ready, exact' : `WRONG: ${wrong.join('; ')}`;
  const cells = [
    name,
    `${done}${away}`,
    verdict,
    seconds(played.noticedMs),
    seconds(played.startedAgainMs),
    seconds(readyMs),
    `${chunksAgain} of ${chunks}`,
    othersAgain.join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

function sightLine({ name, advice }: Fault, outcome: Outcome): string {
  if (typeof outcome === 'string') return `| ${name} | | | | ${advice} |`;
  const { statuses, failures, metrics } = outcome.seen;
  const code = (texts: readonly string[]) => texts.map((text) => `\`${text}\``).join(', ');
  return `| ${name} | ${statuses.join(', ') || 'nothing'} | ${code(failures) || 'nothing'} | ${code(metrics) || 'nothing'} | ${advice} |`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`;
}
