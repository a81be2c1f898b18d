import type { ActivityBinding } from '../activity-binding';
import { muxTsPiece } from './mux-ts-piece';
import { planTs } from './plan-ts';
import { publishTs } from './publish-ts';

export const tsBinding: ActivityBinding = {
  queue: 'ts',
  bind: (deps) => ({
    planTs: (run) => planTs(deps, run),
    muxTsPiece: (piece) => muxTsPiece(deps, piece),
    publishTs: (run) => publishTs(deps, run),
  }),
};
