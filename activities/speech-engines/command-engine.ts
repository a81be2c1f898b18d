import { z } from 'zod';
import type { ToolLimits } from '../../infra/machine/limited-command';
import { Failure } from '../../temporal/contract/failures';
import type { Transcript } from '../../temporal/contract/media/speech';
import { GIB, HOUR_MS } from '../../temporal/contract/units';
import { meanLogarithm } from '../../workflows/planning/speech/transcripts';
import { ToolError } from '../media-tools/run-tool';
import type { EngineTask, SpeechEngine, SpeechSound } from './speech-engine';

/** For three minutes of sound: the large models of Whisper take 4 GiB and some times as long as the sound on a core. */
const LIMITS: ToolLimits = { wallMs: HOUR_MS, cpuSeconds: 4 * 3600, memoryBytes: 8 * GIB, fileBytes: GIB };

const milliseconds = z
  .number()
  .min(0)
  .max(24 * HOUR_MS);

/** What a command prints. */
const heardSchema = z.object({
  words: z
    .array(
      z.object({
        text: z.string().max(1000),
        start_ms: milliseconds,
        end_ms: milliseconds,
        probability: z.number().min(0).max(1).optional(),
      }),
    )
    .max(100_000),
  average_log_probability: z.number().nullish(),
});

/** An engine that is a program: it takes a file and prints JSON. */
export class CommandEngine implements SpeechEngine {
  /** `command`: the program and its arguments, in which `{sound}` stands for the path of the file and `{language}` for the language. */
  constructor(
    private readonly command: readonly string[],
    readonly languages: readonly string[],
  ) {}

  async transcribe(sound: SpeechSound, task: EngineTask): Promise<Transcript> {
    const [tool = '', ...args] = this.command.map((word) =>
      word.replaceAll('{sound}', sound.path).replaceAll('{language}', sound.language),
    );
    try {
      const { stdout } = await task.tool({ tool, args, limits: LIMITS });
      return transcriptOf(heardSchema.parse(JSON.parse(stdout)));
    } catch (cause) {
      // A signal that ended the task and the limits of the machine are told by their own types.
      if (task.signal.aborted || !isOfEngine(cause)) throw cause;
      throw new Failure('SpeechEngineFailed', 'The speech engine did not finish, or its answer cannot be read.', { cause });
    }
  }
}

function isOfEngine(error: unknown): boolean {
  const isNotThere = (error as { code?: string } | null)?.code === 'ENOENT';
  return isNotThere || error instanceof ToolError || error instanceof SyntaxError || error instanceof z.ZodError;
}

function transcriptOf({ words, average_log_probability: average }: z.infer<typeof heardSchema>): Transcript {
  const probabilities = words.flatMap(({ probability }) => probability ?? []);
  return {
    words: words.map(({ text, start_ms: startMs, end_ms: endMs }) => ({ text, startMs: Math.round(startMs), endMs: Math.round(endMs) })),
    averageLogProbability: average ?? meanLogarithm(probabilities),
  };
}
