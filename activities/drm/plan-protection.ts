import type { ProtectionPlanned, ProtectionRef } from '../../temporal/contract/activities';
import { protectedTitleKey } from '../../temporal/contract/object-keys';
import { groupsOf, pieceCount, renditionsOfGroup } from '../../workflows/planning/protection/pieces';
import { runTask } from '../task/run-task';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { pieceTask, protectionTask } from './piece-task';
import { loadSource } from './protection-source';

/** Which pieces the renditions are encrypted in, with a row for each. Throws the failures of `loadSource`. */
export async function planProtection(deps: ActivityDependencies, ref: ProtectionRef): Promise<ProtectionPlanned> {
  return runTask(deps, { ref: protectionTask(ref), policy: 'drm' }, async (task) => {
    const { clear, request } = await loadSource({ objects: task.objects, videos: deps.videos }, ref);
    const groups = groupsOf(clear).map((group) => ({ group, pieceCount: pieceCount(renditionsOfGroup(clear, group)) }));
    const pieces = groups.flatMap((one) =>
      Array.from({ length: one.pieceCount }, (_, pieceIndex) => pieceTask({ ...ref, group: one.group, pieceIndex })),
    );
    await deps.tasks.plan(pieces);
    return { result: { groups }, outputKey: protectedTitleKey(ref, request.scheme), bytesIn: 0, bytesOut: 0 };
  });
}
