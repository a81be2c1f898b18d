import type { Insertable, Selectable } from 'kysely';
import type { SourceFacts } from '../../temporal/contract/media/plan';
import type { PictureRecord, PosterChoice } from '../../temporal/contract/media/pictures';
import type { ModerationSummary } from '../../temporal/contract/media/moderation';
import type { QualitySummary } from '../../temporal/contract/media/reports';
import type { EncodingRequest } from '../../temporal/contract/media/encoding';
import type { CodecFamily } from '../../temporal/contract/media/families';
import type { DrmRequest, DrmSystem } from '../../temporal/contract/media/protection';
import { FIRST_WALK, type Walk } from '../../temporal/contract/pipeline';
import type { Step } from '../../temporal/contract/steps';
import type { VideoMetadata } from './metadata/metadata-tables';
import { metadataOf } from './metadata/video-details';
import type { VideosTable, VideoWarning } from './schema';

type DrmColumns = 'drmScheme' | 'drmSystems' | 'drmKeyProvider' | 'drmGeneration';

/** Columns that hold JSON. */
export type JsonColumn =
  | 'codecs'
  | 'metadata'
  | 'encoding'
  | 'warnings'
  | 'skippedSteps'
  | 'walk'
  | 'sourceFacts'
  | 'qualitySummary'
  | 'moderationSummary'
  | 'pictures'
  | 'posterChoice';

type Converted = DrmColumns | JsonColumn | 'manifestUrl' | 'thumbnailUrl';

/** A row of `videos` with its JSON columns parsed. */
export interface Video extends Omit<Selectable<VideosTable>, Converted> {
  /** Keys below `video-transcoded`; null as long as there is nothing to play or to show. */
  manifestKey: string | null;
  thumbnailKey: string | null;
  /** Null where there are none, or an earlier release made them: a poster and thumbnails then. */
  pictures: PictureRecord | null;
  posterChoice: PosterChoice | null;
  /** Codec families that were asked for, the one that is published first among them. */
  codecs: CodecFamily[];
  encoding: EncodingRequest;
  /** Pairs that the user keeps with the video. */
  metadata: VideoMetadata;
  warnings: VideoWarning[];
  skippedSteps: Step[];
  walk: Walk;
  sourceFacts: SourceFacts | null;
  qualitySummary: QualitySummary | null;
  /** How the published streams are encrypted; null where they are clear, or nothing is published. */
  protection: PublishedProtection | null;
  moderationSummary: ModerationSummary | null;
}

interface PublishedProtection extends DrmRequest {
  /** The first generation that is published encrypted alone. */
  sinceGeneration: number;
}

/** Facts of a video before its first byte arrives. */
export type NewVideo = Pick<
  Insertable<VideosTable>,
  | 'videoId'
  | 'creatorId'
  | 'title'
  | 'filename'
  | 'contentType'
  | 'originalS3Key'
  | 'fileSizeBytes'
  | 'preset'
  | 'priority'
  | 'uploadId'
  | 'uploadPartSize'
  | 'idempotencyKey'
  | 'playback'
> & { codecs: readonly CodecFamily[]; encoding: EncodingRequest; metadata?: VideoMetadata };

/** What the first release made of every title. */
const FIRST_CODECS: readonly CodecFamily[] = ['h264'];

/** Presets of the first release said nothing about encoders. */
const FIRST_STRICT_PRESET = 'strict';

/** The columns are trusted: only this system writes them. */
export function toVideo({
  manifestUrl,
  thumbnailUrl,
  drmScheme,
  drmSystems,
  drmKeyProvider,
  drmGeneration,
  ...row
}: Selectable<VideosTable>): Video {
  return {
    ...row,
    manifestKey: manifestUrl && keyOf(manifestUrl),
    thumbnailKey: thumbnailUrl && keyOf(thumbnailUrl),
    codecs: row.codecs === null ? [...FIRST_CODECS] : (JSON.parse(row.codecs) as CodecFamily[]),
    encoding:
      row.encoding === null
        ? { isStrict: row.preset === FIRST_STRICT_PRESET, families: {} }
        : (JSON.parse(row.encoding) as EncodingRequest),
    metadata: metadataOf(row.metadata),
    warnings: JSON.parse(row.warnings) as VideoWarning[],
    skippedSteps: JSON.parse(row.skippedSteps) as Step[],
    walk: row.walk === null ? FIRST_WALK : (JSON.parse(row.walk) as Walk),
    sourceFacts: row.sourceFacts === null ? null : (JSON.parse(row.sourceFacts) as SourceFacts),
    qualitySummary: row.qualitySummary === null ? null : (JSON.parse(row.qualitySummary) as QualitySummary),
    pictures: row.pictures === null ? null : (JSON.parse(row.pictures) as PictureRecord),
    posterChoice: row.posterChoice === null ? null : (JSON.parse(row.posterChoice) as PosterChoice),
    protection: protectionOf({ drmScheme, drmSystems, drmKeyProvider, drmGeneration }),
    moderationSummary: row.moderationSummary === null ? null : (JSON.parse(row.moderationSummary) as ModerationSummary),
  };
}

/** Columns that tell of the source. */
export function columnsOf(facts: SourceFacts) {
  return {
    sourceFacts: JSON.stringify(facts),
    originalFormat: facts.container.slice(0, 64),
    durationSec: facts.durationMs / 1000,
    originalWidth: facts.video.width,
    originalHeight: facts.video.height,
    originalCodec: facts.video.codec,
    originalBitrateKbps: Math.round(facts.bitrateBps / 1000),
  };
}

/** Columns of a generation that is not planned yet. */
export function nothingMade(walk: Walk = FIRST_WALK) {
  return {
    planSha256: null,
    skippedSteps: '[]',
    qualitySummary: null,
    moderationSummary: null,
    isFlagged: null,
    walk: JSON.stringify(walk),
  };
}

function protectionOf(columns: Pick<Selectable<VideosTable>, DrmColumns>): PublishedProtection | null {
  const { drmScheme: scheme, drmSystems, drmKeyProvider: keyProvider, drmGeneration: sinceGeneration } = columns;
  if (scheme === null || drmSystems === null || keyProvider === null || sinceGeneration === null) return null;
  return { scheme, systems: JSON.parse(drmSystems) as DrmSystem[], keyProvider, sinceGeneration };
}

const OLD_PREFIX = '/stream/';

/** Rows of the first release hold paths of the API. */
function keyOf(stored: string): string {
  return stored.startsWith(OLD_PREFIX) ? stored.slice(OLD_PREFIX.length) : stored;
}
