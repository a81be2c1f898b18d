import { CommandEngine } from './command-engine';
import { HttpEngine, type HttpEngineSettings } from './http-engine';
import type { SpeechEngine } from './speech-engine';

/** Which engine a worker uses, if any. */
export interface SpeechSettings {
  command: readonly string[] | null;
  server: HttpEngineSettings | null;
  /** Primary language subtags. */
  languages: readonly string[];
}

/** Nothing is started before there is work for it. */
export function openSpeechEngine({ command, server, languages }: SpeechSettings): SpeechEngine | null {
  if (command) return new CommandEngine(command, languages);
  return server && new HttpEngine(server, languages);
}
