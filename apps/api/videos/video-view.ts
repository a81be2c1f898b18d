import { opensEarly } from '../../../temporal/contract/media/encoding';
import { Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { ViewsRepository, type ViewCounts } from '../../../infra/database/views-repository';
import { isOperator, type Caller } from '../auth/caller.decorator';
import { drmViewOf } from '../drm/drm-schemas';
import { moderationSummaryOf } from '../moderation/moderation-view';
import { viewOfThumbnails } from '../pictures/thumbnail-choice';
import { viewOfLadder } from '../uploads/start/ladder-choice';
import { viewOfWatermark } from '../watermarks/watermark-choice';
import { VideoLinks } from './video-links';
import type { ManifestView, VideoView } from './video-schemas';

/** Videos as the API shows them. */
@Injectable()
export class VideoViews {
  constructor(
    private readonly links: VideoLinks,
    private readonly counts: ViewsRepository,
  ) {}

  async one(video: Video, caller: Caller): Promise<VideoView> {
    const counts = await this.counts.counts([video.videoId], Date.now());
    return this.view(video, caller, counts.get(video.videoId));
  }

  async many(videos: readonly Video[], caller: Caller): Promise<VideoView[]> {
    const ids = videos.map(({ videoId }) => videoId);
    const counts = await this.counts.counts(ids, Date.now());
    return videos.map((video) => this.view(video, caller, counts.get(video.videoId)));
  }

  /** The address of the workflow is one of the installation: operators alone see it. */
  private view(video: Video, caller: Caller, counts?: ViewCounts): VideoView {
    const temporalUiUrl = isOperator(caller) ? this.links.temporalUi(video) : null;
    return { ...videoView(video, this.links, counts), temporal_ui_url: temporalUiUrl };
  }

  /** Where to play a video; null as long as it cannot be played. */
  manifest(video: Video): ManifestView | null {
    const playback = this.links.playback(video);
    if (!playback) return null;
    return {
      video_id: video.videoId,
      playback: video.playback,
      hls_url: this.links.absolute(playback.hls),
      dash_url: this.links.absolute(playback.dash),
      hls_ts_url: playback.hlsTs && this.links.absolute(playback.hlsTs),
      thumbnail_url: playback.poster && this.links.absolute(playback.poster),
      posters: playback.posters.map(({ width, height, jpeg, avif }) => ({
        ...{ width, height },
        jpeg_url: this.links.absolute(jpeg),
        avif_url: this.links.absolute(avif),
      })),
      sprite_vtt_url: playback.spriteVtt && this.links.absolute(playback.spriteVtt),
      preview_url: playback.preview && this.links.absolute(playback.preview),
      watch_url: this.links.watch(video),
    };
  }
}

function videoView(video: Video, links: VideoLinks, views: ViewCounts = { total: 0, lastHour: 0 }): Omit<VideoView, 'temporal_ui_url'> {
  const playback = links.playback(video);
  const absolute = (path: string | null | undefined) => (path ? links.absolute(path) : null);
  return {
    video_id: video.videoId,
    creator_id: video.creatorId,
    title: video.title,
    metadata: video.metadata,
    filename: video.filename,
    content_type: video.contentType,
    status: video.status,
    preset: video.preset,
    strict: video.encoding.isStrict,
    highest_rung: video.encoding.highestRung ?? null,
    lowest_rung: video.encoding.lowestRung ?? null,
    ladder: video.encoding.ladder ? viewOfLadder(video.encoding.ladder) : null,
    hdr: video.encoding.hdr ?? 'sdr-only',
    drm: drmOf(video),
    hls_ts: video.encoding.hlsTs === true,
    early_playback: opensEarly(video.encoding),
    subtitles: video.encoding.speech ? 'auto' : 'off',
    watermark: video.encoding.watermark ? viewOfWatermark(video.encoding.watermark) : null,
    thumbnails: video.encoding.thumbnails ? viewOfThumbnails(video.encoding.thumbnails) : null,
    playback: video.playback,
    priority: video.priority,
    codecs: video.codecs,
    file_size_bytes: video.fileSizeBytes,
    duration_sec: video.durationSec,
    original_format: video.originalFormat,
    original_width: video.originalWidth,
    original_height: video.originalHeight,
    original_codec: video.originalCodec,
    original_bitrate_kbps: video.originalBitrateKbps,
    frame_rate: video.sourceFacts?.video.frameRate ?? null,
    frame_count: video.sourceFacts?.video.frameCount ?? null,
    generation: video.generation,
    hls_url: absolute(playback?.hls),
    dash_url: absolute(playback?.dash),
    hls_ts_url: absolute(playback?.hlsTs),
    quality: video.qualitySummary && { worst_vmaf: video.qualitySummary.worstVmaf, problems: video.qualitySummary.problemCount },
    moderation: moderationSummaryOf(video),
    views_total: views.total,
    views_last_hour: views.lastHour,
    thumbnail_url: absolute(playback?.poster),
    watch_url: links.watch(video),
    error_message: video.errorMessage,
    failed_step: video.failedStep,
    failure_type: video.failureType,
    created_at: video.createdAt.toISOString(),
    playable_at: video.playableAt?.toISOString() ?? null,
    started_at: video.startedAt?.toISOString() ?? null,
    completed_at: video.completedAt?.toISOString() ?? null,
  };
}

function drmOf({ protection, isDrmSwitching, encoding, status, warnings }: Video): VideoView['drm'] {
  if (protection && !isDrmSwitching) return { ...drmViewOf(protection), state: 'protected' };
  if (!encoding.drm) return null;
  const hasFailed = status === 'ready' && warnings.some(({ step }) => step === 'drm');
  return { ...drmViewOf(encoding.drm), state: hasFailed ? 'failed' : 'pending' };
}
