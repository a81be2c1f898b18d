import type { ActivityBinding } from '../activity-binding';
import { remakePictures } from './remake-pictures';
import { thumbnails } from './thumbnails';

export const thumbnailBinding: ActivityBinding = {
  queue: 'thumbnail',
  bind: (deps) => ({ thumbnails: (ref) => thumbnails(deps, ref), remakePictures: (order) => remakePictures(deps, order) }),
};
