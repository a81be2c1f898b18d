import { Failure } from './failures';
import { isKnownRecipe } from './media/recipe';

/** Version of plans and reports that this release writes and reads. */
export const FORMAT_VERSION = 1 as const;

/** `recipe`: of a plan. */
interface Versioned {
  formatVersion: number;
  recipe?: number;
}

/**
 * A stored plan or report, checked to be of a version that this release can read; null stays null. A release that writes another
 * version also reads this one, so only a worker that lags behind meets one it does not know. Throws `PlanVersionUnknown`.
 */
export function ofKnownVersion<T extends Versioned>(stored: T | null): T | null {
  if (stored === null || isKnownVersion(stored)) return stored;
  throw new Failure('PlanVersionUnknown', 'This run was planned by a newer release than this worker.');
}

export function isKnownVersion({ formatVersion, recipe }: Versioned): boolean {
  return formatVersion === FORMAT_VERSION && isKnownRecipe({ recipe });
}
