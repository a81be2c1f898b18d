/** `video_metadata`: the pairs of `videos.metadata` again, one row for each, for searching. */
export interface VideoMetadataTable {
  videoId: string;
  name: string;
  /** UTF-8. */
  value: Buffer;
}

/** Pairs that a user keeps with a video, by their keys. */
export type VideoMetadata = Record<string, string>;
