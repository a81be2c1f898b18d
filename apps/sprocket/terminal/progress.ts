import { linesOn, openProgressView, type ProgressView } from '../../cli/terminal/progress-view';
import type { Session } from '../session';

/** Bars on a terminal; lines on stderr where stdout is read by a program. */
export function openProgress({ out: { options }, stdout }: Session): ProgressView {
  if (options.isTerminal && !options.isJson) return openProgressView(stdout);
  return linesOn((line) => process.stderr.write(`${line}\n`));
}
