import type { ActivityBinding } from '../activity-binding';
import { beat } from '../task/beat';
import { packageProtected } from './package-protected';
import { planProtection } from './plan-protection';
import { protectPiece } from './protect-piece';
import { beginProtection, removeClear, switchToProtected } from './protect-title';

export const drmBindings: readonly ActivityBinding[] = [
  {
    queue: 'drm',
    bind: (deps) => ({
      planProtection: (ref) => planProtection(deps, ref),
      protectPiece: (ref) => protectPiece(deps, ref),
      packageProtected: (ref) => packageProtected(deps, ref),
    }),
  },
  {
    queue: 'package',
    bind: (deps) => ({
      beginProtection: (run) => beginProtection(deps, run),
      switchToProtected: (run) => switchToProtected(deps, run, beat),
      removeClear: (run) => removeClear(deps, run, beat),
    }),
  },
];
