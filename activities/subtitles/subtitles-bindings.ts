import { WORKFLOW_QUEUE } from '../../temporal/contract/queues';
import type { ActivityBinding } from '../activity-binding';
import { beat } from '../task/beat';
import { publishText, removeText } from './change-text';
import { subtitles } from './subtitles';

/** Text of sources on a queue of its own; manifests are replaced where titles are published. */
export const subtitlesBindings: readonly ActivityBinding[] = [
  { queue: 'subtitle', bind: (deps) => ({ subtitles: (ref) => subtitles(deps, ref) }) },
  { queue: 'package', bind: (deps) => ({ publishText: (video) => publishText(deps, video) }) },
  { queue: WORKFLOW_QUEUE, bind: (deps) => ({ removeText: (ref) => removeText(deps, ref, beat) }) },
];
