import { removeOldGenerations } from '../generations/remove-old-generations';
import type { ActivityBinding } from '../activity-binding';
import { beat } from '../task/beat';
import { packageManifests } from './package-manifests';
import { publish } from './publish';

export const packageBinding: ActivityBinding = {
  queue: 'package',
  bind: (deps) => ({
    packageManifests: (ref) => packageManifests(deps, ref),
    publish: (ref) => publish(deps, ref),
    removeOldGenerations: (video) => removeOldGenerations(deps, video, { nowMs: Date.now(), onProgress: beat }),
  }),
};
