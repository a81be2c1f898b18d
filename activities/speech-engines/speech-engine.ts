import type { Transcript } from '../../temporal/contract/media/speech';
import type { ToolResult, ToolRun } from '../media-tools/run-tool';

/** A piece of sound of at most three minutes. */
export interface SpeechSound {
  /** Of a WAV file: one channel, 16 kHz, 16 bits. */
  path: string;
  /** Primary language subtag, such as `en`. */
  language: string;
}

/** What an engine may use of the attempt that it works for. */
export interface EngineTask {
  /** Aborted when the attempt has to end. */
  signal: AbortSignal;
  /** Runs a program in the scratch folder; it ends with the attempt. Throws like `runTool`. */
  tool(run: Omit<ToolRun, 'signal' | 'cwd'>): Promise<ToolResult>;
}

/** Turns sound into words. Another engine is another implementation, or a setting of those that are there. */
export interface SpeechEngine {
  /** Primary language subtags (RFC 5646 2.2.1) that it understands. */
  readonly languages: readonly string[];
  /** Throws `SpeechEngineFailed`, and the reason of an aborted signal. */
  transcribe(sound: SpeechSound, task: EngineTask): Promise<Transcript>;
}
