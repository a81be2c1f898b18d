import { Inject, Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import { processVideoWorkflowId } from '../../../temporal/contract/ids';
import { generationOf, MANIFEST_NAMES, thumbnailKeys, TS_MANIFEST_NAME } from '../../../temporal/contract/object-keys';
import { API_PREFIX } from '../api-prefix';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';

export interface PlaybackPaths {
  hls: string;
  dash: string;
  /** Null for a video without MPEG-TS segments. */
  hlsTs: string | null;
  poster: string | null;
  spriteVtt: string | null;
}

/** Addresses of what belongs to a video. */
@Injectable()
export class VideoLinks {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  /** Paths on this server once the video can be played, else null. What was published plays on while the video is redone. */
  playback(video: Video): PlaybackPaths | null {
    const { videoId, manifestKey, thumbnailKey, tsGeneration, encoding } = video;
    if (manifestKey === null) return null;
    const pictures = thumbnailKey === null ? null : generationOf(thumbnailKey);
    return {
      hls: streamPath(`${videoId}/${MANIFEST_NAMES.hls}`),
      dash: streamPath(`${videoId}/${MANIFEST_NAMES.dash}`),
      // Protection is a promise from the moment that it is asked for.
      hlsTs: tsGeneration === null || encoding.drm ? null : streamPath(`${videoId}/${TS_MANIFEST_NAME}`),
      poster: thumbnailKey && streamPath(thumbnailKey),
      spriteVtt: pictures === null ? null : streamPath(thumbnailKeys.spriteIndex(videoId, pictures)),
    };
  }

  watch(video: Video): string {
    return this.absolute(`/watch/${video.videoId}`);
  }

  /** Path on this server. */
  clearKey({ videoId }: Video): string {
    return `/${API_PREFIX}/videos/${videoId}/clearkey`;
  }

  temporalUi(video: Video): string | null {
    const { temporalUiUrl, temporal } = this.config;
    if (temporalUiUrl === null) return null;
    return `${temporalUiUrl}/namespaces/${encodeURIComponent(temporal.namespace)}/workflows/${processVideoWorkflowId(video.videoId)}`;
  }

  absolute(path: string): string {
    return `${this.config.publicUrl}${path}`;
  }
}

/** Where the origin serves a key of `video-transcoded`. */
function streamPath(key: string): string {
  return `/stream/${key}`;
}
