declare module 'webvtt-parser' {
  export class WebVTTParser {
    parse(
      text: string,
      mode: 'subtitles/captions/descriptions',
    ): { errors: { message: string; line: number }[]; cues: { startTime: number; endTime: number }[] };
  }
}
