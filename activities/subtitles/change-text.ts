import type { SubtitleRef } from '../../temporal/contract/activities';
import { composedManifests } from '../families/compose-manifests';
import { replacePublished } from '../families/replace-manifests';
import { publishedGenerations } from '../generations/is-published';
import type { ActivityDependencies } from '../task/activity-dependencies';

type Dependencies = Pick<ActivityDependencies, 'objects' | 'videos' | 'families' | 'protections' | 'subtitles' | 'clearPictureMaxHeight'>;

/**
 * Replaces the published manifests by those with the text tracks that the rows name now; media stays as it is. Does nothing for a video that
 * has not been published: its first manifests are made of the same rows.
 */
export async function publishText(deps: Dependencies, { videoId }: { videoId: string }): Promise<void> {
  // HLS is replaced before DASH, so in between two publications it names the newer generation.
  const generation = Math.max(...(await publishedGenerations(deps.objects, videoId)));
  if (Number.isFinite(generation))
    await replacePublished(deps, { videoId, generation }, () => composedManifests(deps, { videoId, generation }));
}

/** Deletes the cues of a removed text track, and what was made of them in every generation. */
export async function removeText({ objects }: Pick<Dependencies, 'objects'>, ref: SubtitleRef, onProgress: () => void): Promise<void> {
  await objects.remover('transcoded').removeText(ref, onProgress);
}
