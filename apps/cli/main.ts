import { defaultHomeFolder, openStackHome, type StackHome } from '../../infra/stack/home/stack-home';
import { outliveClosedPipes } from '../closed-pipe';
import { isHelpWanted } from '../run-program';
import { parseCliConfig } from '../settings/cli-settings';
import { refuseFolder } from '../settings/secret-file';
import { visibleText } from '../visible-text';
import { benchCommand } from './commands/bench-command';
import type { Command } from './commands/command';
import { demoCommand } from './commands/demo-command';
import { downCommand } from './commands/down-command';
import { contentKeysCommand, keysCommand, reportCommand } from './commands/program-command';
import { helpOf, type CommandName } from './help';
import { say } from './terminal/say';
import { speechCommand } from './commands/speech-command';
import { statusCommand } from './commands/status-command';
import { testCommand } from './commands/test-command';
import { upCommand } from './commands/up-command';
import { workerCommand } from './commands/worker-command';

const COMMANDS: Record<CommandName, Command> = {
  demo: demoCommand,
  up: upCommand,
  down: downCommand,
  status: statusCommand,
  worker: workerCommand,
  test: testCommand,
  bench: benchCommand,
  keys: keysCommand,
  'content-keys': contentKeysCommand,
  report: reportCommand,
  speech: speechCommand,
};

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const known = Object.hasOwn(COMMANDS, name) ? (name as CommandName) : null;
  if (isHelpWanted([name, ...args])) {
    process.stdout.write(helpOf(known));
    return 0;
  }
  const command = known && COMMANDS[known];
  if (!command) {
    say(`there is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.`);
    return 2;
  }
  // The SDK announces at every start when it will leave this version of Node; the programs started here inherit the silence.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const home = openHome(parseCliConfig(process.env).homeFolder);
  return command(args, home);
}

/** Throws `ConfigError` for a folder that cannot be written. */
function openHome(folder: string | null): StackHome {
  try {
    return openStackHome(folder ?? defaultHomeFolder());
  } catch (error) {
    return refuseFolder('SPROCKET_HOME')(error);
  }
}

outliveClosedPipes();

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const lines = (error instanceof Error ? error.message : String(error)).split('\n');
    say(lines.map(visibleText).join('\n'));
    process.exitCode = 1;
  },
);
