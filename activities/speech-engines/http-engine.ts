import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import { Failure } from '../../temporal/contract/failures';
import type { Transcript } from '../../temporal/contract/media/speech';
import { HOUR_MS } from '../../temporal/contract/units';
import type { EngineTask, SpeechEngine, SpeechSound } from './speech-engine';

/** For three minutes of sound, also where others wait for the server. */
const TIMEOUT_MS = HOUR_MS;

const seconds = z
  .number()
  .min(0)
  .max(24 * 3600);

/** What the API for transcriptions answers as `verbose_json`. */
const answerSchema = z.object({
  words: z
    .array(z.object({ word: z.string().max(1000), start: seconds, end: seconds }))
    .max(100_000)
    .default([]),
  segments: z.array(z.object({ text: z.string(), avg_logprob: z.number().nullish() })).default([]),
});

export interface HttpEngineSettings {
  /** Such as `https://speech.example/v1/audio/transcriptions`. */
  url: string;
  /** Shown to nothing but that address. */
  token: { reveal(): string } | null;
  /** As the server names it. */
  model: string;
}

/** An engine behind the API for transcriptions that OpenAI has defined and many servers of speech models offer. */
export class HttpEngine implements SpeechEngine {
  constructor(
    private readonly settings: HttpEngineSettings,
    readonly languages: readonly string[],
  ) {}

  async transcribe({ path, language }: SpeechSound, { signal }: EngineTask): Promise<Transcript> {
    const { url, token, model } = this.settings;
    const form = new FormData();
    form.set('file', await openAsBlob(path, { type: 'audio/wav' }), 'sound.wav');
    for (const [name, value] of Object.entries({ model, language, response_format: 'verbose_json', temperature: '0' }))
      form.set(name, value);
    for (const granularity of ['word', 'segment']) form.append('timestamp_granularities[]', granularity);
    try {
      const headers = new Headers(token ? { Authorization: `Bearer ${token.reveal()}` } : {});
      const ends = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(url, { method: 'POST', body: form, headers, redirect: 'error', signal: ends });
      if (!response.ok) throw new Error(`the speech server answered with status ${response.status}`);
      return transcriptOf(answerSchema.parse(await response.json()));
    } catch (cause) {
      signal.throwIfAborted();
      throw new Failure('SpeechEngineFailed', 'The speech server does not answer, refuses the sound, or its answer cannot be read.', {
        cause,
      });
    }
  }
}

/** Segments count by their length, as the words in them are not told apart. Throws for an answer with text and without words. */
function transcriptOf({ words, segments }: z.infer<typeof answerSchema>): Transcript {
  if (words.length === 0 && segments.some(({ text }) => text.trim() !== '')) throw new Error('the speech server tells no times of words');
  const told = segments.flatMap(({ text, avg_logprob: average }) => (average == null ? [] : [{ weight: text.length, average }]));
  const weight = told.reduce((sum, one) => sum + one.weight, 0);
  return {
    words: words.map(({ word, start, end }) => ({ text: word, startMs: Math.round(1000 * start), endMs: Math.round(1000 * end) })),
    averageLogProbability: weight === 0 ? null : told.reduce((sum, one) => sum + one.weight * one.average, 0) / weight,
  };
}
