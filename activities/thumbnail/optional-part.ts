import type { RunRef } from '../../temporal/contract/activities';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { countsAsAttempt, toFailure } from '../task/activity-failure';
import type { TaskContext } from '../task/run-task';

/** Does a part of the pictures, named in a warning when there is none: null then. */
export type OptionalPart = <T>(part: string, work: () => Promise<T>) => Promise<T | null>;

/**
 * For parts that the others do without: their own failures are warnings. A failure of a dependency, or the end of the attempt, is thrown: the
 * whole task is tried again then.
 */
export function optionalParts(
  { videos, logger }: Pick<ActivityDependencies, 'videos' | 'logger'>,
  { signal }: Pick<TaskContext, 'signal'>,
  run: RunRef,
): OptionalPart {
  return async (part, work) => {
    try {
      return await work();
    } catch (error) {
      const failure = toFailure(error, 'EncodeFailed');
      if (signal.aborted || !countsAsAttempt(failure)) throw error;
      logger.warn(`there is no ${part} of ${run.videoId}: ${failure.type}`);
      const message = `There is no ${part}: ${failure.message} Retry from the thumbnails step.`;
      await videos.addWarning(run, { step: 'thumbnails', code: 'PicturesMissing', message });
      return null;
    }
  };
}
