import type { ObjectStore } from '../../infra/object-store/object-store';
import type { RunRef } from '../../temporal/contract/activities';
import { FORMAT_VERSION, ofKnownVersion } from '../../temporal/contract/format-version';
import { OBJECTS } from '../../temporal/contract/media/objects';
import type { Cue, CueFile, TextTrack } from '../../temporal/contract/media/text-tracks';
import { textKeys } from '../../temporal/contract/object-keys';
import type { Presentation } from '../../workflows/planning/manifests/presentation';
import { TEXT_PLAYLIST_NAME, WHOLE_TEXT_NAME, type TextPresentation } from '../../workflows/planning/manifests/text-tracks';
import { cuesWithin, textPlaylist, textSegments } from '../../workflows/planning/text/text-segments';
import { webVtt } from '../../workflows/planning/text/web-vtt';
import type { ActivityDependencies } from '../task/activity-dependencies';

type Dependencies = Pick<ActivityDependencies, 'objects' | 'subtitles'>;

/** Stores the cues of a text track, before its row: a row promises them. */
export async function storeCues(
  objects: ObjectStore,
  { videoId, subtitleId }: { videoId: string; subtitleId: string },
  cues: Cue[],
): Promise<number> {
  const file: CueFile = { formatVersion: FORMAT_VERSION, cues };
  return objects.put('transcoded', textKeys.cues(videoId, subtitleId), JSON.stringify(file), OBJECTS.cues);
}

/** Adds the text tracks that its rows name to a presentation, with their objects stored. A track whose cues are gone is left out: it makes no title fail. */
export async function withText({ objects, subtitles }: Dependencies, run: RunRef, presentation: Presentation): Promise<Presentation> {
  const rows = await subtitles.offered(run);
  const durationMs = durationOf(presentation);
  const text = await Promise.all(rows.map((track) => storedText(objects, run, { track, durationMs })));
  return { ...presentation, text: text.filter((one) => one !== null) };
}

/** Stores the text of a track for a generation, unless it is there: the playlist comes last. Null where there are no cues. */
async function storedText(
  objects: ObjectStore,
  { videoId, generation }: RunRef,
  { track, durationMs }: { track: TextTrack; durationMs: number },
): Promise<TextPresentation | null> {
  const folder = textKeys.folder(generation, track.subtitleId);
  const key = (name: string) => `${videoId}/${folder}/${name}`;
  const { subtitleId, language, label, kind } = track;
  const presentation = { track: { subtitleId, language, label, kind }, folder };
  if (await objects.head('transcoded', key(TEXT_PLAYLIST_NAME))) return presentation;
  const file = await objects.getJson<CueFile>('transcoded', textKeys.cues(videoId, subtitleId));
  if (!file) return null;
  ofKnownVersion(file);
  const cues = cuesWithin(file.cues, durationMs);
  const segments = textSegments(cues, durationMs);
  const files = [{ name: WHOLE_TEXT_NAME, text: webVtt(cues) }, ...segments];
  await Promise.all(files.map(({ name, text }) => objects.put('transcoded', key(name), text, OBJECTS.text)));
  await objects.put('transcoded', key(TEXT_PLAYLIST_NAME), textPlaylist(segments), OBJECTS.textPlaylist);
  return presentation;
}

function durationOf({ video }: Presentation): number {
  const seconds = video.map(({ rendition: { segments, timescale } }) => {
    return segments.reduce((ticks, { durationTicks }) => ticks + durationTicks, 0) / timescale;
  });
  return Math.round(1000 * Math.max(...seconds));
}
