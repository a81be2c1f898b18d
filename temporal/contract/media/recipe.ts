import type { EncodingRequest } from './encoding';
import { FIRST_WALK, type Walk } from '../pipeline';

/**
 * Revision of how media is made from a plan: encoder settings and boxes of segments. It is recorded in the plan, so that a chunk is made
 * with the same bytes by every release that knows the revision.
 *
 * 1. The first release.
 * 2. x264 takes the same decisions with every set of vector units (`cpu-independent`) and writes headers that do not depend on content
 *    (`stitchable`); segments name their brands (ISO/IEC 23009-1 6.3.4.2).
 * 3. Pictures are turned behind the filters that fit them, and a title may begin with sound before its picture: a worker that does not know
 *    these facts would make other frames of them.
 * 4. The plan names what encodes a family and how: a worker that does not read it would mix its own way into a rendition.
 * 5. The plan names a watermark: a worker that does not read it would leave it out. Plans without one are of the fourth revision.
 * 6. The plan names codecs, channels and loudness of every track: a worker that does not read them would make other sound.
 */
export type Recipe = 1 | 2 | 3 | 4 | 5 | 6;

const PRESENT_RECIPE: Recipe = 4;
const WATERMARK_RECIPE: Recipe = 5;
const SOUND_RECIPE: Recipe = 6;

/** The revision that a plan was made for. */
export function recipeOf({ recipe = 1 }: { recipe?: Recipe }): Recipe {
  return recipe;
}

/**
 * The revision for a run that is planned now. The API is upgraded after all workers, and only a newer one than the first hands out
 * another walk than the first: until then, workers that know the first revision alone may share the run.
 */
export function recipeFor(walk: Walk, { sound, watermark }: Pick<EncodingRequest, 'sound' | 'watermark'>): Recipe {
  if (sound) return SOUND_RECIPE;
  if (watermark) return WATERMARK_RECIPE;
  return JSON.stringify(walk) === JSON.stringify(FIRST_WALK) ? 1 : PRESENT_RECIPE;
}

export function isKnownRecipe({ recipe = 1 }: { recipe?: number }): boolean {
  return recipe <= SOUND_RECIPE;
}
