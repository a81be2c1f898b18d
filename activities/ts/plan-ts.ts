import type { RunRef } from '../../temporal/contract/activities';
import { TS_MANIFEST_NAME } from '../../temporal/contract/object-keys';
import { tsPieceCount } from '../../workflows/planning/mpegts/ts-title';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { runTask } from '../task/run-task';
import { loadTsSource, tsPieceTask, tsTask } from './ts-source';

/** In how many pieces the MPEG-TS segments are made, with a row for each. Throws the failures of `loadTsSource`. */
export async function planTs(deps: ActivityDependencies, run: RunRef): Promise<{ pieceCount: number }> {
  return runTask(deps, { ref: tsTask(run), policy: 'ts' }, async (task) => {
    const pieceCount = tsPieceCount(await loadTsSource({ ...deps, objects: task.objects }, run));
    await deps.tasks.plan(Array.from({ length: pieceCount }, (_, pieceIndex) => tsPieceTask({ ...run, pieceIndex })));
    return { result: { pieceCount }, outputKey: `${run.videoId}/${TS_MANIFEST_NAME}`, bytesIn: 0, bytesOut: 0 };
  });
}
