import type { TaskRef } from '../../infra/database/task';
import type { PieceRef, ProtectionRef } from '../../temporal/contract/activities';

/** The row of a piece. The sound of a title belongs to no family. */
export function pieceTask({ videoId, generation, group, pieceIndex }: PieceRef): TaskRef {
  return { videoId, generation, taskType: 'drm', ...(group === 'audio' ? {} : { codec: group }), segmentIndex: pieceIndex };
}

/** The row of the encryption as a whole. */
export function protectionTask({ videoId, generation, joins }: ProtectionRef): TaskRef {
  return { videoId, generation, taskType: 'drm', ...(joins ? { codec: joins } : {}) };
}
