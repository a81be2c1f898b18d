import type { Video } from '../../../infra/database/video';
import type { VideoLinks } from './video-links';
import type { VideoView } from './video-schemas';

/** A video as the API shows it. */
export function videoView(video: Video, links: VideoLinks): VideoView {
  const playback = links.playback(video);
  const absolute = (path: string | null | undefined) => (path ? links.absolute(path) : null);
  return {
    video_id: video.videoId,
    creator_id: video.creatorId,
    title: video.title,
    filename: video.filename,
    content_type: video.contentType,
    status: video.status,
    preset: video.preset,
    strict: video.encoding.isStrict,
    highest_rung: video.encoding.highestRung ?? null,
    lowest_rung: video.encoding.lowestRung ?? null,
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
    quality: video.qualitySummary && { worst_vmaf: video.qualitySummary.worstVmaf, problems: video.qualitySummary.problemCount },
    thumbnail_url: absolute(playback?.poster),
    watch_url: links.watch(video),
    temporal_ui_url: links.temporalUi(video),
    error_message: video.errorMessage,
    failed_step: video.failedStep,
    failure_type: video.failureType,
    created_at: video.createdAt.toISOString(),
    started_at: video.startedAt?.toISOString() ?? null,
    completed_at: video.completedAt?.toISOString() ?? null,
  };
}
