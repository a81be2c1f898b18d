import { WHERE_SETTINGS_ARE } from '../run-program';

/** What `--help` prints for each command: how it is called, and what for. */
const HELP = {
  demo: `npm run demo [-- FILE] [--codecs h264,av1] [--preset NAME] [--drm] [--json] [--down]
Starts the embedded stack, publishes a file through the public API and prints where to watch it.
--down stops the stack afterwards. Exit code 1 when the video failed.`,
  up: `npm run up [-- --autoscale] [--listen ADDRESS]
Starts the services of the embedded stack that do not run. --autoscale adds workers with the backlog, until "down".
--listen serves other machines at this IPv4 address until "down", and writes the join file of their workers (docs/fleet.md).`,
  down: `npm run down
Stops every process of the embedded stack. Its data stays.`,
  status: `npm run status [-- --json]
Shows services, ports, addresses and workers of the embedded stack. Exit code 1 when a service does not work.`,
  worker: `npm run worker -- --queues transcode-cpu[,package:4] [--slots 2]
npm run worker -- --join FILE [--queues ...] [--slots 2]
npm run worker -- --recommend
Runs one more worker until ctrl-C: against the embedded stack, or with --join against that of another machine (docs/fleet.md).
--recommend prints the slots that fit this machine.`,
  keys: `npm run keys -- create --name NAME --scopes SCOPE[,SCOPE] [--creator ID] [--expires-days N] | list | revoke ID
Makes, lists and revokes API keys. Against MYSQL_URL where it is set, else against the embedded stack.`,
  'content-keys': `npm run content-keys -- status
npm run content-keys -- rotate-master
Says whether stored content keys open, or wraps them with a new master key. Against MYSQL_URL where it is set, else against the embedded stack.`,
  report: `npm run report -- --since 2026-11-01 [--json]
Prints what videos have used, with estimates of cost and energy. Against MYSQL_URL where it is set, else against the embedded stack.`,
  speech: `npm run speech
Installs the default engine for subtitles of what is said: some 440 MB, once.`,
  test: `npm test [-- unit|int|media|e2e|chaos [PATTERN]]
Checks and tests everything, or the files of one tier whose path matches.
npm run test:api -- --max-time 600 calls everything that the description of the API names, for so many seconds.`,
  bench: `npm run bench:NAME
Runs a benchmark of bench/ against a stack of its own.`,
} as const;

export type CommandName = keyof typeof HELP;

/** The help of a command, or of all of them. Settings are variables of the environment, which `.env.example` explains. */
export function helpOf(name: CommandName | null): string {
  const texts = name ? [HELP[name]] : Object.values(HELP);
  return `${texts.join('\n\n')}\n\n${WHERE_SETTINGS_ARE}\n`;
}
