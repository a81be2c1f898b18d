import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import type { TaskResult } from '../../temporal/contract/results';
import { Failure } from '../../temporal/contract/failures';
import type { TsPieceReport } from '../../temporal/contract/media/mpeg-ts';
import { OBJECTS } from '../../temporal/contract/media/objects';
import { TS_MANIFEST_NAME, tsKey, PLAYLIST_NAME } from '../../temporal/contract/object-keys';
import { tsMasterPlaylist, tsMediaPlaylist } from '../../workflows/planning/mpegts/ts-playlists';
import { tsPieceCount, tsRenditions, type TsRendition, type TsSource } from '../../workflows/planning/mpegts/ts-title';
import { replaceTsManifest } from '../families/replace-manifests';
import type { ActivityDependencies } from '../task/activity-dependencies';
import { loadPieces } from '../task/load-pieces';
import { runTask } from '../task/run-task';
import { checkTs } from './check-ts';
import { loadTsPiece } from './ts-piece-store';
import { loadTsSource, refuseProtected, tsTask } from './ts-source';

/**
 * Writes the playlists of the MPEG-TS segments, reads everything back, and puts the master under its stable name. Throws `OutputInvalid` when
 * something is not as it should be, `PlanInvalid` when a piece is missing or the title is protected, `Cancelled` for a run that is not the
 * current one.
 */
export async function publishTs(deps: ActivityDependencies, run: RunRef): Promise<TaskResult> {
  const outputKey = `${run.videoId}/${TS_MANIFEST_NAME}`;
  return runTask(deps, { ref: tsTask(run), policy: 'ts' }, async (task) => {
    const { objects } = task;
    const source = await loadTsSource({ ...deps, objects }, run);
    const load = (pieceIndex: number) => loadTsPiece(objects, { ...run, pieceIndex });
    const pieces = await loadPieces(tsPieceCount(source), load, 'A part of the MPEG-TS segments is gone; retry from the ts step.');
    const renditions = renditionsOrThrow(source, pieces);
    const master = tsMasterPlaylist(source, renditions, `g${run.generation}/`);
    for (const rendition of renditions) await writePlaylist(objects, run, rendition);
    const bytesIn = await checkTs(task, { run, source, renditions, master });
    const bytesOut = await replaceTsManifest({ ...deps, objects }, run, Buffer.from(master));
    await takeBackIfProtected(deps, run);
    await deps.videos.setTsPublished(run);
    return { result: { bytesOut }, outputKey, bytesIn, bytesOut };
  });
}

function renditionsOrThrow(source: TsSource, pieces: readonly TsPieceReport[]): TsRendition[] {
  try {
    return tsRenditions(source, pieces);
  } catch (error) {
    throw new Failure('OutputInvalid', 'The MPEG-TS segments do not make a whole title; they were not published.', { cause: error });
  }
}

async function writePlaylist(objects: ObjectStore, run: RunRef, rendition: TsRendition): Promise<void> {
  const key = tsKey(run, rendition.video.rendition.ref.name, PLAYLIST_NAME);
  await objects.put('transcoded', key, tsMediaPlaylist(rendition), OBJECTS.tsPlaylist);
}

/** A title that was protected meanwhile has lost its master before this one was stored. */
async function takeBackIfProtected(deps: ActivityDependencies, run: RunRef): Promise<void> {
  try {
    await refuseProtected(deps, run);
  } catch (error) {
    await deps.objects.remover('transcoded').removeTsManifest(run.videoId);
    throw error;
  }
}
