import { languageName } from '../../../temporal/contract/media/language-name';
import { AUDIO_CODECS } from '../../../temporal/contract/media/sound';
import type { RenditionRole } from '../../../temporal/contract/media/renditions';
import type { AudioPresentation } from './presentation';

const STEREO_CHANNELS = 2;

/** Renditions of which a player takes one: the same tracks in one codec, and in stereo or in the most channels that there are. */
export interface AudioGroup {
  id: string;
  /** One of every track, the default one first: groups of a playlist have the same members (RFC 8216 4.3.4.1.1). */
  members: readonly AudioPresentation[];
}

/**
 * The groups of a title, in the order in which players are to take them: AAC in stereo, which all of them decode, AAC in 5.1, Opus. A track without
 * 5.1 stands in that group as it is. None for a silent title.
 */
export function audioGroups(audio: readonly AudioPresentation[]): AudioGroup[] {
  return AUDIO_CODECS.flatMap((family) => {
    const own = audio.filter((one) => one.audio.family === family);
    const tracks = [...new Set(own.map((one) => one.audio.sourceTrack))].map((track) =>
      own.filter((one) => one.audio.sourceTrack === track),
    );
    const narrow = tracks.flatMap((renditions) => renditions.slice().sort(byChannels)[0] ?? []);
    const wide = tracks.flatMap((renditions) => renditions.slice().sort(byChannels).at(-1) ?? []);
    const hasWide = wide.some((one) => one.audio.channels > STEREO_CHANNELS);
    // The first release named its only group so.
    const id = family === 'aac' ? 'audio' : `audio-${family}`;
    return [...(own.length > 0 ? [{ id, members: narrow }] : []), ...(hasWide ? [{ id: `${id}-surround`, members: wide }] : [])];
  });
}

function byChannels(one: AudioPresentation, other: AudioPresentation): number {
  return one.audio.channels - other.audio.channels;
}

/** What players show for each of the tracks in a group: language, in that language, and role. They differ, as RFC 8216 4.3.4.1.1 demands. */
export function trackNames(members: readonly AudioPresentation[]): string[] {
  const names = members.map(({ audio: { language, role } }) => {
    const about = NAMED_ROLES[role];
    return `${language === null ? 'Audio' : languageName(language)}${about ? ` (${about})` : ''}`;
  });
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}

const NAMED_ROLES: Partial<Record<RenditionRole, string>> = {
  commentary: 'commentary',
  description: 'audio description',
  'enhanced-audio-intelligibility': 'clear speech',
  karaoke: 'karaoke',
};

/** Tracks for listeners who see or hear less (RFC 8216bis 4.4.6.1, CHARACTERISTICS). */
export const CHARACTERISTIC_OF_ROLE: Partial<Record<RenditionRole, string>> = {
  description: 'public.accessibility.describes-video',
  'enhanced-audio-intelligibility': 'public.accessibility.enhances-speech-intelligibility',
};

/** The same as AudioPurpose of DVB (ETSI TS 103 285 6.1.2). */
export const AUDIO_PURPOSE_OF_ROLE: Partial<Record<RenditionRole, string>> = { description: '1', 'enhanced-audio-intelligibility': '2' };

/** Whether a player may take the track by itself, for the language or the needs of its viewer. */
export function isSelectedByPlayers(role: RenditionRole): boolean {
  return !['alternate', 'commentary', 'karaoke'].includes(role);
}
