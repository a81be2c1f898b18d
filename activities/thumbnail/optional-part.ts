import type { RunRef } from '../../temporal/contract/activities';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { countsAsAttempt, toFailure } from '../task/activity-failure';

/**
 * Does a part of the pictures that the others do without: its own failure is a warning, and null. A failure of a dependency is thrown, since
 * the whole task is tried again then.
 */
export async function unlessItFails<T>(
  deps: Pick<ActivityDependencies, 'videos' | 'logger'>,
  run: RunRef,
  part: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const failure = toFailure(error, 'EncodeFailed');
    if (!countsAsAttempt(failure)) throw error;
    deps.logger.warn(`there is no ${part} of ${run.videoId}: ${failure.type}`);
    const message = `There is no ${part}: ${failure.message} Retry from the thumbnails step.`;
    await deps.videos.addWarning(run, { step: 'thumbnails', code: 'PicturesMissing', message });
    return null;
  }
}
