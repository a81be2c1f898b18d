/** Absolute paths of the media tools. */
export interface MediaTools {
  ffmpeg: string;
  ffprobe: string;
  packager: string;
}
