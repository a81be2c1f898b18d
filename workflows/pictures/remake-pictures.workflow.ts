import { CancellationScope } from '@temporalio/workflow';
import type { PictureOrder } from '../../temporal/contract/media/pictures';
import { CHOSEN_POSTER } from '../../temporal/contract/media/warnings';
import { bookkeeping, stepActivities } from '../step-activities';
import { userMessage } from '../user-message';

/** Makes a poster or thumbnails of a published title again. Its failure is a warning, and changes nothing about the title. */
export async function remakePictures(order: PictureOrder): Promise<void> {
  const { videoId, generation } = order;
  try {
    await stepActivities('thumbnails', order.thumbnails ? 'thumbnails at another interval' : 'the chosen poster').remakePictures(order);
  } catch (error) {
    const what = order.thumbnails ? 'The new thumbnails were' : `The ${CHOSEN_POSTER} was`;
    const message = `${what} not made: ${userMessage(error).message}`;
    await CancellationScope.nonCancellable(() =>
      bookkeeping('note that pictures were not made').recordWarning({ videoId, generation, step: 'thumbnails', message }),
    );
    throw error;
  }
}
