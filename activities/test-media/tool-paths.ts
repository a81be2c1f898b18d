/** The media tools that tests run; the test runner sets the variables. */
export interface ToolPaths {
  ffmpeg: string;
  ffprobe: string;
  packager: string;
}

/** Reads FFMPEG_PATH, FFPROBE_PATH and PACKAGER_PATH. Throws when one is missing: a test without its tool fails. */
export function toolPaths(): ToolPaths {
  return { ffmpeg: required('FFMPEG_PATH'), ffprobe: required('FFPROBE_PATH'), packager: required('PACKAGER_PATH') };
}

/** Reads MODERATION_MODEL_PATH. Throws as {@link toolPaths}. */
export function moderationModelPath(): string {
  return required('MODERATION_MODEL_PATH');
}

/** Reads SPEECH_COMMAND, the engine that `npm run speech` installs. Throws as {@link toolPaths}. */
export function speechCommand(): string[] {
  return JSON.parse(required('SPEECH_COMMAND')) as string[];
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the test runner names every tool`);
  return value;
}
