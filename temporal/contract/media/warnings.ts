/** Kinds of warnings about a video that was processed all the same. */
export const WARNING_CODES = [
  /** Frames of the source are not shown, because the grid has no slot for them or the decoder could not make them. */
  'FramesMissing',
  /** The colours that the stream declares cannot be true, so it is shown as an unmarked one is. */
  'ColourUnknown',
  /** The orientation or the pixel shape that the file declares cannot be shown or cannot be meant; the nearest one is shown. */
  'ShapeAdjusted',
  /** A track is not in the output. */
  'TrackLeftOut',
  /** There are no subtitles of what is said: the engine does not know the language, or has not understood it. */
  'SpeechLeftOut',
  /** Parts of the sound could not be decoded and are silent. */
  'AudioDamaged',
  /** Sound before the first picture of a broadcast is not in the output. */
  'SoundCut',
  /** Parts of the file are damaged, cut off or lost. */
  'SourceDamaged',
  /** There are no renditions of a codec family that was asked for. */
  'FamilyFailed',
  /** A GPU failed while it encoded a codec family, which is encoded by CPUs therefore. */
  'GpuFellBack',
  /** Pictures score at or above the moderation threshold; the video was published all the same. */
  'ModerationFlagged',
  /** The poster that was chosen, or the preview, is not there. */
  'PicturesMissing',
] as const;

export type WarningCode = (typeof WARNING_CODES)[number];

/** Something in a source that a user should know. `message` is one sentence and names no path, key or URL. */
export interface SourceWarning {
  code: WarningCode;
  message: string;
  /** Index of the stream in the container, where the warning is about one. */
  track?: number;
}

/** How warnings name a poster that a user has chosen. */
export const CHOSEN_POSTER = 'chosen poster';

/** Whether a warning says that a chosen poster was not made; it is over once there is another choice. */
export function isAboutChosenPoster({ step, message }: { step: string; message: string }): boolean {
  return step === 'thumbnails' && message.includes(CHOSEN_POSTER);
}
