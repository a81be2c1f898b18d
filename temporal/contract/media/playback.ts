/** Who may play a video: all who have its address, or those whose address has a token. */
export const PLAYBACK_MODES = ['public', 'signed'] as const;

export type PlaybackMode = (typeof PLAYBACK_MODES)[number];
