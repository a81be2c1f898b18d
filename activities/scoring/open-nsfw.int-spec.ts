import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_PICTURE_BYTES } from '../../workflows/planning/moderation/sample-args';
import { moderationModelPath } from '../test-media/tool-paths';
import { OpenNsfwScorer } from './open-nsfw';

const { signal } = new AbortController();
const BLACK = Buffer.alloc(MODEL_PICTURE_BYTES, 0);
const GRAY = Buffer.alloc(MODEL_PICTURE_BYTES, 128);
const WHITE = Buffer.alloc(MODEL_PICTURE_BYTES, 255);

/** Of onnxruntime on another machine; kernels differ in the last digits. */
it('scores pictures of one colour as the model is known to', async () => {
  const [black, gray, white, ...more] = await new OpenNsfwScorer(moderationModelPath()).score(Buffer.concat([BLACK, GRAY, WHITE]), signal);
  expect([black, gray, white]).toEqual([expect.closeTo(0.0668, 3), expect.closeTo(0.1976, 3), expect.closeTo(0.0141, 3)]);
  expect(more).toEqual([]);
});

it('ends between two pictures', async () => {
  await expect(new OpenNsfwScorer(moderationModelPath()).score(BLACK, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
});

it.each([
  ['no file', null],
  ['another file', Buffer.from('not a model')],
])('refuses to score with %s, without naming a path', async (_what, content) => {
  const folder = await mkdtemp(join(tmpdir(), 'model-'));
  const path = join(folder, 'model.onnx');
  if (content) await writeFile(path, content);
  const scoring = new OpenNsfwScorer(path).score(BLACK, signal);
  await expect(scoring).rejects.toMatchObject({ type: 'ModerationUnavailable', message: expect.not.stringContaining('/') });
  await rm(folder, { recursive: true });
});
