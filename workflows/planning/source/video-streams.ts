import type { SourceWarning } from '../../../temporal/contract/media/warnings';
import type { ProbedContainer, ProbedStream, Refusal } from './probed-container';

/** Brands of HEIF and AVIF files (ISO/IEC 23008-12 10): pictures in a video container. */
const STILL_BRANDS = ['mif1', 'heic', 'heix', 'avif'];

/** A photograph may have previews, a depth map and a gain map behind it (CIPA DC-007, ISO 21496-1). */
const MOST_PICTURES_OF_A_PHOTOGRAPH = 4;

/** Tracks of one picture that belong to the film, by their disposition. */
const PICTURE_DISPOSITIONS = ['attached_pic', 'timed_thumbnails', 'still_image'];

/** Tracks whose lengths differ by less are equally long, and the first one is meant. */
const EQUALLY_LONG = 0.9;

/** Profiles of Dolby Vision whose base layer is ordinary video by definition, whatever the number says. */
const COMPATIBLE_DOLBY_PROFILES = [4, 7, 9];

/** Sample entries and stream types that say "encrypted": FairPlay in QuickTime, sample encryption in transport streams. */
const ENCRYPTED_TAGS = ['drmi', 'encv', '[219][0][0][0]', '[231][0][0][0]'];

/** Number of packets of a video track, by the index of its stream. */
export type PacketCounts = ReadonlyMap<number, number>;

/**
 * Tracks that may be the picture to encode, the likeliest first: none that only accompanies another one, those of one picture last,
 * then by the default flag, then by length. Never empty.
 */
export function videoCandidates(probe: ProbedContainer, packetCounts: PacketCounts = new Map()): ProbedStream[] | Refusal {
  const brand = probe.format.tags['major_brand'] ?? '';
  if (isFewPictures(probe, packetCounts) || STILL_BRANDS.includes(brand)) {
    return { refused: 'SourceUnsupported', message: 'The file is a still image.' };
  }
  const streams = probe.streams.filter(isPicture);
  if (streams.length === 0) return { refused: 'SourceUnsupported', message: 'The file has no video track.' };
  const packets = (stream: ProbedStream) => packetCounts.get(stream.index) ?? Number(stream.nb_frames ?? 0);
  const rank = (stream: ProbedStream) => (packets(stream) === 1 ? 2 : stream.disposition['default'] ? 0 : 1);
  const lengths = (a: ProbedStream, b: ProbedStream) => {
    const [of, than] = [lengthOf(a, packets(a)), lengthOf(b, packets(b))];
    return Math.min(of, than) >= EQUALLY_LONG * Math.max(of, than) ? 0 : than - of;
  };
  return [...streams].sort((a, b) => rank(a) - rank(b) || lengths(a, b) || a.index - b.index);
}

/** Whether the tracks have to be counted before one can be chosen. */
export function needsPacketCounts(probe: ProbedContainer): boolean {
  return probe.streams.filter(isPicture).length > 1 || isPictures(probe);
}

/** A file of pictures without a container, such as a JPEG; many of them are raw Motion JPEG. */
function isPictures({ format }: ProbedContainer): boolean {
  return format.format_name.endsWith('_pipe');
}

function isFewPictures(probe: ProbedContainer, packetCounts: PacketCounts): boolean {
  return isPictures(probe) && Math.max(0, ...packetCounts.values()) <= MOST_PICTURES_OF_A_PHOTOGRAPH;
}

/** Why a track cannot be encoded although a decoder makes pictures of it. Null for nearly every track. */
export function unshowable(stream: ProbedStream): Refusal | null {
  if (ENCRYPTED_TAGS.includes(stream.codec_tag_string ?? '')) return ENCRYPTED;
  const dolby = stream.side_data_list.find(({ dv_profile }) => dv_profile !== undefined);
  if (!dolby || dolby.dv_bl_signal_compatibility_id !== 0 || COMPATIBLE_DOLBY_PROFILES.includes(dolby.dv_profile ?? 0)) return null;
  return {
    refused: 'SourceUnsupported',
    message: `The picture is in Dolby Vision profile ${dolby.dv_profile}, which has colours of its own; export it as HDR10, HLG or SDR.`,
  };
}

export const ENCRYPTED: Refusal = { refused: 'SourceEncrypted', message: 'The video is encrypted.' };

/** Whether the header speaks of encryption. A file that was decrypted may still do so, and only its packets tell. */
export function mentionsEncryption(probe: ProbedContainer): boolean {
  return probe.streams.some(({ side_data_list }) => side_data_list.some(({ side_data_type }) => side_data_type?.startsWith('Encryption')));
}

/** Matroska marks whole tracks (ContentEncryption), not packets. */
export function isTrackEncrypted(probe: ProbedContainer, stream: ProbedStream): boolean {
  return probe.format.format_name.startsWith('matroska') && stream.tags['enc_key_id'] !== undefined;
}

/** What users are told about other films in the file; tracks of one picture are none. */
export function otherFilms(candidates: readonly ProbedStream[], chosen: ProbedStream, packetCounts: PacketCounts): SourceWarning[] {
  return candidates
    .filter((stream) => stream !== chosen && packetCounts.get(stream.index) !== 1)
    .map(({ index }) => ({
      code: 'TrackLeftOut',
      message: `The file has another video track, number ${index}, which is left out.`,
      track: index,
    }));
}

function isPicture({ codec_type, disposition }: ProbedStream): boolean {
  return codec_type === 'video' && !PICTURE_DISPOSITIONS.some((kind) => disposition[kind]);
}

/** In seconds where the container tells, else in packets: tracks of one container are alike in that. */
function lengthOf(stream: ProbedStream, packets: number): number {
  return Number(stream.duration ?? 0) || secondsOfTag(stream.tags['DURATION']) || packets;
}

/** `00:01:02.500000000`, as Matroska's statistics say it. */
function secondsOfTag(text: string | undefined): number {
  const parts = (text ?? '').split(':').map(Number);
  return parts.length === 3 ? parts.reduce((sum, part) => sum * 60 + part, 0) || 0 : 0;
}
