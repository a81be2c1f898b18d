import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { Failure } from '../../temporal/contract/failures';
import { OPEN_NSFW } from '../../temporal/contract/media/moderation';
import { MODEL_PICTURE_BYTES, MODEL_SIDE } from '../../workflows/planning/moderation/sample-args';
import type { FrameScorer } from './frame-scorer';

/** Subtracted from blue, green and red: the means of the pictures that the model was trained with. */
const MEAN_BGR = [104, 117, 123] as const;
/** The outputs are the probabilities of safe and unsafe. */
const UNSAFE = 1;

/** open_nsfw in ONNX format on one core. Loads when it scores for the first time, so that other workers never do. */
export class OpenNsfwScorer implements FrameScorer {
  readonly model = OPEN_NSFW;
  private loading: Promise<InferenceSession> | null = null;

  /** `path`: of the model; null on a worker that does not have it. */
  constructor(private readonly path: string | null) {}

  async score(pictures: Uint8Array, signal: AbortSignal): Promise<number[]> {
    const session = await this.session();
    const scores: number[] = [];
    for (let start = 0; start < pictures.length; start += MODEL_PICTURE_BYTES) {
      signal.throwIfAborted();
      const picture = pictures.subarray(start, start + MODEL_PICTURE_BYTES);
      scores.push(await unavailableUnless(() => scoreOne(session, picture)));
    }
    return scores;
  }

  /** A model that could not be loaded is looked for again by the next task. */
  private session(): Promise<InferenceSession> {
    this.loading ??= unavailableUnless(() => load(this.path)).catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }
}

async function load(path: string | null): Promise<InferenceSession> {
  if (path === null) throw new Error('MODERATION_MODEL_PATH is not set');
  const bytes = await readFile(path);
  if (createHash('sha256').update(bytes).digest('hex') !== OPEN_NSFW.sha256) throw new Error('the file is not the model that is expected');
  const { InferenceSession } = await import('onnxruntime-node');
  // A slot of the queue is one core, beside encoders that use the others.
  return InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
}

async function scoreOne(session: InferenceSession, picture: Uint8Array): Promise<number> {
  const { Tensor } = await import('onnxruntime-node');
  const input = new Tensor('float32', centred(picture), [1, MODEL_SIDE, MODEL_SIDE, MEAN_BGR.length]);
  const output = await session.run({ [session.inputNames[0]!]: input });
  const score = Number(output[session.outputNames[0]!]?.data[UNSAFE]);
  if (!(score >= 0 && score <= 1)) throw new Error('the model gave no score');
  return score;
}

/** Three values a turn: a callback for each of them would take as long as the model. */
function centred(picture: Uint8Array): Float32Array {
  const values = new Float32Array(picture.length);
  for (let pixel = 0; pixel < picture.length; pixel += MEAN_BGR.length) {
    values[pixel] = picture[pixel]! - MEAN_BGR[0];
    values[pixel + 1] = picture[pixel + 1]! - MEAN_BGR[1];
    values[pixel + 2] = picture[pixel + 2]! - MEAN_BGR[2];
  }
  return values;
}

async function unavailableUnless<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Failure('ModerationUnavailable', 'The moderation model of this worker cannot be used.', { cause });
  }
}
