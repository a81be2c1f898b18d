import { defaultHomeFolder } from '../../../infra/stack/home/stack-home';
import { installSpeechEngine } from '../../../infra/stack/tools/speech-engine';
import { say } from '../terminal/say';
import type { Command } from './command';

/** Installs the default engine for subtitles of what is said; workers of the embedded stack use it from their next start on. */
export const speechCommand: Command = async () => {
  await installSpeechEngine(defaultHomeFolder(), say);
  say('the speech engine is there: start the stack with "npm run up", also where it runs already, and upload with subtitles: "auto"');
  return 0;
};
