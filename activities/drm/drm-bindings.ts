import type { ActivityBinding } from '../activity-binding';
import { packageProtected } from './package-protected';
import { planProtection } from './plan-protection';
import { protectPiece } from './protect-piece';

export const drmBinding: ActivityBinding = {
  queue: 'drm',
  bind: (deps) => ({
    planProtection: (ref) => planProtection(deps, ref),
    protectPiece: (ref) => protectPiece(deps, ref),
    packageProtected: (ref) => packageProtected(deps, ref),
  }),
};
