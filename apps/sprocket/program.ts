import { Command } from 'commander';
import type { Act, Work } from './commands/act';
import { addDrmCommand } from './commands/drm';
import { addFleetCommands } from './commands/fleet';
import { addDoctorCommand } from './commands/doctor';
import { addKeyCommands } from './commands/keys';
import { addOperationCommands } from './commands/operations';
import { addSubtitleCommands } from './commands/subtitles';
import { addUploadCommands } from './commands/upload';
import { addVideoCommands } from './commands/videos';
import { addWatchCommand } from './commands/watch';
import { parseSprocketSettings } from './connection/sprocket-settings';
import { EXIT } from './exit-code';
import { Session, type GlobalOptions } from './session';

const EXIT_CODES = 'Exit codes: 0 done, 1 failed, 2 wrong call, 3 not found, 4 refused, 5 API not reachable.';

export interface Program {
  command: Command;
  /** Of the command that ran. */
  exitCode: () => number;
}

/** The command line with all its commands. Parsing rejects with what a command throws. */
export function buildProgram(environment: NodeJS.ProcessEnv, stdout: NodeJS.WriteStream): Program {
  const settings = parseSprocketSettings(environment);
  let exitCode: number = EXIT.done;
  const act: Act =
    <Args extends unknown[]>(work: Work<Args>) =>
    async (...params: [...Args, Command]) => {
      const command = params.at(-1) as Command;
      const session = new Session(environment, settings, command.optsWithGlobals<GlobalOptions>(), stdout);
      exitCode = (await work(session, ...(params.slice(0, -1) as unknown[] as Args))) ?? EXIT.done;
    };
  const program = new Command('sprocket')
    .description('Upload videos, follow their processing, and run the service that does it.')
    .option('--json', 'print one JSON object a line')
    .option('--url <address>', 'address of the API (SPROCKET_URL, the configuration file, or the embedded stack of this machine)')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', `\n${EXIT_CODES}`)
    .exitOverride();
  for (const add of [addUploadCommands, addWatchCommand, addVideoCommands, addOperationCommands, addSubtitleCommands]) add(program, act);
  for (const add of [addDrmCommand, addKeyCommands, addFleetCommands, addDoctorCommand]) add(program, act);
  return { command: program, exitCode: () => exitCode };
}
