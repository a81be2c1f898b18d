import type { Video } from '../../infra/database/video';
import { generationOf } from '../../temporal/contract/object-keys';

/** The generation whose poster a video shows; empty when it shows none. */
export function posterGenerations(video: Pick<Video, 'thumbnailKey'> | null): number[] {
  const generation = video?.thumbnailKey ? generationOf(video.thumbnailKey) : null;
  return generation === null ? [] : [generation];
}
