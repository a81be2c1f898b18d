import { styleText } from 'node:util';
import Table from 'cli-table3';
import { visibleJson, visibleText } from '../../visible-text';

/** Two blanks between columns and no lines, so that tools for text can read a table, too. */
const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);

const COLOURS: Readonly<Record<string, 'green' | 'red' | 'yellow' | 'cyan'>> = {
  ...{ ready: 'green', completed: 'green', serving: 'green', ok: 'green', valid: 'green' },
  ...{ failed: 'red', unfit: 'red', fault: 'red', revoked: 'red', expired: 'red' },
  ...{ cancelled: 'yellow', removed: 'yellow', retrying: 'yellow', warning: 'yellow', running: 'cyan' },
};

export interface OutputOptions {
  /** One object a line, for scripts. */
  isJson: boolean;
  hasColour: boolean;
  /** Bars are drawn only where a person looks. */
  isTerminal: boolean;
}

/** `subject is state`, and the rest of the sentence; the state gets its colour. */
export interface StateLine {
  subject: string;
  state: string;
  rest: string;
}

export function stateLine(subject: string, state: string, rest = ''): StateLine {
  return { subject, state, rest };
}

/** What a command says on stdout: tables and lines for people, or one JSON object a line. Everything else goes to stderr. Texts are shown by {@link visibleText}. */
export class Output {
  constructor(
    private readonly stream: NodeJS.WritableStream,
    readonly options: OutputOptions,
  ) {}

  /** A line for people; nothing in JSON. */
  say(line: string | StateLine): void {
    if (!this.options.isJson) this.stream.write(`${this.shown(line)}\n`);
  }

  /** Results: as they are in JSON, as a table for people. */
  list<T extends object>(rows: readonly T[], head: readonly string[], cellsOf: (row: T) => readonly (string | number | null)[]): void {
    if (this.options.isJson) return this.objects(rows);
    this.stream.write(`${this.tableOf(head, rows.map(cellsOf))}\n`);
  }

  /** One result: as it is in JSON, as a line for people. */
  result(value: object, line: string | StateLine): void {
    if (this.options.isJson) this.objects([value]);
    else this.say(line);
  }

  private shown(line: string | StateLine): string {
    if (typeof line === 'string') return visibleText(line);
    return `${visibleText(line.subject)} is ${this.cell(line.state)}${visibleText(line.rest)}`;
  }

  /** A state in its colour, any other text as it is. */
  private cell(text: string): string {
    const colour = COLOURS[text];
    return colour && this.options.hasColour ? styleText(colour, text, { validateStream: false }) : visibleText(text);
  }

  private objects(values: readonly object[]): void {
    for (const value of values) this.stream.write(`${visibleJson(value)}\n`);
  }

  private tableOf(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
    const table = new Table({ head: [...head], chars: NO_LINES, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 } });
    for (const row of rows) table.push(row.map((cell) => (typeof cell === 'string' ? this.cell(cell) : (cell ?? '-'))));
    return table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n');
  }
}

/** `12.3 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
