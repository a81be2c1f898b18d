import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { ulid } from 'ulid';
import { SubtitlesRepository, type SubtitleRow } from '../../../infra/database/subtitles/subtitles-repository';
import type { Video } from '../../../infra/database/video';
import { ObjectStore } from '../../../infra/object-store/object-store';
import { decodeText, type TextEncoding } from '../../../infra/timed-text/decode-text';
import { canonicalLanguage } from '../../../infra/timed-text/language-tag';
import { parseTimedText } from '../../../infra/timed-text/parse-timed-text';
import type { LineNote, TimedText } from '../../../infra/timed-text/timed-text';
import { FORMAT_VERSION } from '../../../temporal/contract/format-version';
import { languageName } from '../../../temporal/contract/media/language-name';
import { OBJECTS } from '../../../temporal/contract/media/objects';
import { MOST_TEXT_TRACKS, type CueFile } from '../../../temporal/contract/media/text-tracks';
import { textKeys } from '../../../temporal/contract/object-keys';
import { startChangeText } from '../../../temporal/subtitle-commands';
import { TEMPORAL_CLIENT } from '../dependencies/tokens';
import { Problem } from '../problems/problem';
import { videoNotReady } from '../problems/video-not-ready';
import { videoIdOf } from '../videos/video-id';
import type { SentSubtitles } from './subtitle-request';

const MOST_LINES_TOLD = 20;

export interface AddedSubtitles {
  row: SubtitleRow;
  encoding: TextEncoding;
  warnings: LineNote[];
}

/** Adds text tracks to videos and takes them out again, before and after the video is published. */
@Injectable()
export class ChangeSubtitles {
  constructor(
    @Inject(TEMPORAL_CLIENT) private readonly temporal: Client,
    private readonly rows: SubtitlesRepository,
    private readonly objects: ObjectStore,
  ) {}

  /**
   * Stores subtitles, and takes them into the manifests of a published video; one that is published later has them from the start. Throws a 409
   * problem for a video that is over and for one with too many text tracks, 422 for a file or a language that cannot be read.
   */
  async add(video: Video, sent: SentSubtitles): Promise<AddedSubtitles> {
    if (video.status === 'removed' || video.status === 'cancelled') {
      throw videoNotReady(video.status, `The status of this video is ${video.status}; subtitles are for videos that are played.`);
    }
    const language = canonicalLanguage(sent.language);
    if (language === null) {
      const sentence = 'This is no language tag (BCP 47) that is supported; send one such as en, pt-BR or zh-Hant.';
      throw new Problem(422, 'LanguageUnknown', sentence, { extensions: { field: 'language' } });
    }
    const { text, encoding } = readText(sent);
    // Nothing is stored for most callers who are refused; those at the same time are counted with the row.
    if ((await this.rows.list(video.videoId)).length >= MOST_TEXT_TRACKS) throw tooMany();
    const row = rowOf(video, { ...sent, language }, text);
    const file: CueFile = { formatVersion: FORMAT_VERSION, cues: text.cues };
    // The object comes first: a row without one would promise what is not there.
    await this.objects.put('transcoded', textKeys.cues(row.videoId, row.subtitleId), JSON.stringify(file), OBJECTS.cues);
    if (!(await this.rows.addWithin(row, MOST_TEXT_TRACKS))) throw tooMany();
    await this.publish(video, row.subtitleId, false);
    return { row, encoding, warnings: [...text.warnings, ...beyondEnd(text, video)] };
  }

  /** Text tracks of the video: uploaded ones, and those of the source that is shown. */
  list(video: Video): Promise<SubtitleRow[]> {
    return this.rows.offered(video);
  }

  /** Throws a 404 problem. */
  async remove(video: Video, subtitleId: string): Promise<void> {
    const id = videoIdOf(subtitleId);
    if (id === null || !(await this.rows.remove({ videoId: video.videoId, subtitleId: id }))) {
      throw new Problem(404, 'SubtitlesNotFound', 'This video has no subtitles with this id.');
    }
    await this.publish(video, id, true);
  }

  private publish(video: Video, subtitleId: string, isRemoved: boolean): Promise<void> {
    return startChangeText(this.temporal, { videoId: video.videoId, subtitleId, isRemoved }, video);
  }
}

function tooMany(): Problem {
  return new Problem(409, 'TooManySubtitles', `A video has at most ${MOST_TEXT_TRACKS} text tracks; remove one first.`);
}

function rowOf(
  { videoId }: Video,
  { language, label, kind }: Pick<SentSubtitles, 'language' | 'label' | 'kind'>,
  { cues }: TimedText,
): SubtitleRow {
  const place = { subtitleId: ulid(), videoId, origin: 'uploaded', generation: null, sourceTrack: null } as const;
  const about = { language, label: label ?? languageName(language), kind, cueCount: cues.length };
  return { ...place, ...about, createdAt: new Date(), removedAt: null };
}

/** Throws a 422 problem that names the lines which are wrong. */
function readText({ bytes, format }: SentSubtitles): { text: TimedText; encoding: TextEncoding } {
  const decoded = decodeText(bytes);
  if (!decoded) {
    throw new Problem(
      422,
      'SubtitlesUnreadable',
      'The file is no text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8 and send it again.',
    );
  }
  const text = parseTimedText(decoded.text, format);
  const [first] = text.faults;
  if (first) {
    const more = text.faults.length > 1 ? ` So are ${text.faults.length - 1} more.` : '';
    const sentence = `Line ${first.line} is wrong: ${first.message}${more} Correct the file and send it again.`;
    throw new Problem(422, 'SubtitlesInvalid', sentence, {
      extensions: { errors: text.faults.slice(0, MOST_LINES_TOLD), errors_total: text.faults.length },
    });
  }
  return { text, encoding: decoded.encoding };
}

/** Said as soon as the length of the video is known. */
function beyondEnd({ cues }: TimedText, { durationSec }: Video): LineNote[] {
  const beyond = durationSec === null ? [] : cues.filter(({ startMs }) => startMs >= durationSec * 1000);
  if (beyond.length === 0) return [];
  return [{ line: 1, message: `The video ends before ${beyond.length} of the cues begin; they are not shown.` }];
}
