import { Inject, Injectable } from '@nestjs/common';
import type { Video } from '../../../infra/database/video';
import type { PictureSize } from '../../../temporal/contract/media/pictures';
import { processVideoWorkflowId } from '../../../temporal/contract/ids';
import { EARLY_NAMES, generationOf, MANIFEST_NAMES, TS_MANIFEST_NAME } from '../../../temporal/contract/object-keys';
import { thumbnailKeys } from '../../../temporal/contract/picture-keys';
import { API_PREFIX } from '../api-prefix';
import type { ApiConfig } from '../api-settings';
import { API_CONFIG } from '../dependencies/tokens';

/** Folder of `/stream` with addresses that have a token. No id of a video is so short. */
export const TOKEN_FOLDER = 't';

export interface PlaybackPaths {
  hls: string;
  dash: string;
  /** Null for a video without MPEG-TS segments. */
  hlsTs: string | null;
  poster: string | null;
  /** Largest first; empty where an earlier release made the one poster that there is. */
  posters: (PictureSize & { jpeg: string; avif: string })[];
  spriteVtt: string | null;
  preview: string | null;
}

/** Addresses of what belongs to a video. */
@Injectable()
export class VideoLinks {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  /** Paths on this server, with a playback token where there is one, once the video can be played, else null. What was published plays on while the video is redone. */
  playback(video: Video, token: string | null = null): PlaybackPaths | null {
    const { videoId, manifestKey, playableAt, tsGeneration, encoding } = video;
    const pathOf = (key: string) => streamPath(key, token);
    if (manifestKey === null) return playableAt === null ? null : earlyPaths(videoId, pathOf);
    return {
      hls: pathOf(`${videoId}/${MANIFEST_NAMES.hls}`),
      dash: pathOf(`${videoId}/${MANIFEST_NAMES.dash}`),
      // Protection is a promise from the moment that it is asked for.
      hlsTs: tsGeneration === null || encoding.drm ? null : pathOf(`${videoId}/${TS_MANIFEST_NAME}`),
      ...picturePaths(video, pathOf),
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

/** Of a title that is encoded still: there are manifests and nothing else. */
function earlyPaths(videoId: string, pathOf: (key: string) => string): PlaybackPaths {
  const { hls, dash } = EARLY_NAMES;
  return {
    hls: pathOf(`${videoId}/${hls}`),
    dash: pathOf(`${videoId}/${dash}`),
    ...{ hlsTs: null, poster: null, posters: [], spriteVtt: null, preview: null },
  };
}

function picturePaths(
  { videoId, thumbnailKey, pictures }: Video,
  pathOf: (key: string) => string,
): Omit<PlaybackPaths, 'hls' | 'dash' | 'hlsTs'> {
  const generation = thumbnailKey === null ? null : generationOf(thumbnailKey);
  // A release that was rolled back to shows pictures that it does not record.
  const record = pictures && (generation === null || generation === pictures.generation) ? pictures : null;
  if (!record) {
    const spriteVtt = generation === null ? null : pathOf(thumbnailKeys.spriteIndex(videoId, generation));
    return { poster: thumbnailKey && pathOf(thumbnailKey), posters: [], spriteVtt, preview: null };
  }
  const { poster, images, preview } = record;
  const posters = poster?.sizes.map(({ width, height }, index) => {
    const path = (format: 'jpg' | 'avif') =>
      pathOf(
        thumbnailKeys.posterSize({ videoId, generation: record.generation, folder: poster.folder }, index === 0 ? null : width, format),
      );
    return { width, height, jpeg: path('jpg'), avif: path('avif') };
  });
  return {
    poster: thumbnailKey && pathOf(thumbnailKey),
    posters: posters ?? [],
    spriteVtt: images ? pathOf(thumbnailKeys.spriteIndex(videoId, record.generation, images.folder)) : null,
    preview: preview ? pathOf(thumbnailKeys.preview(videoId, record.generation)) : null,
  };
}

/** Where the origin serves a key of `video-transcoded`. The token is a folder, so that relative addresses in playlists keep it (RFC 3986 5.2). */
export function streamPath(key: string, token: string | null): string {
  return token === null ? `/stream/${key}` : `/stream/${TOKEN_FOLDER}/${token}/${key}`;
}
