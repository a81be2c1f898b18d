import {
  canDecrypt,
  DRM_SYSTEM_IDS,
  HLS_KEY_FORMATS,
  HLS_KEY_METHODS,
  pictureLabel,
  type DrmSystem,
  type Protection,
  type PublicKey,
} from '../../../temporal/contract/media/protection';
import { isSameRendition } from '../../../temporal/contract/media/renditions';
import type { RenditionReport } from '../../../temporal/contract/media/reports';
import { readPssh } from '../isobmff/encryption';
import { base64Of, bytesOfBase64 } from './base64';
import type { AudioPresentation, Presentation, VideoPresentation } from './presentation';

/** The key of a rendition: that of its picture size, or of all sound. Throws RangeError when the presentation has none. */
export function keyOf(protection: Protection, one: VideoPresentation | AudioPresentation): PublicKey {
  const label = 'rung' in one ? pictureLabel(one.rung) : 'AUDIO';
  const key = protection.keys.find((candidate) => candidate.label === label);
  if (!key) throw new RangeError(`no content key ${label}`);
  return key;
}

/** The systems that can play the presentation. */
export function playingSystems({ scheme, systems }: Protection): DrmSystem[] {
  return systems.filter((system) => canDecrypt(system, scheme));
}

/** EXT-X-KEY of every system, for the playlists of a rendition; none for a clear presentation. They stand behind EXT-X-MAP, which is not encrypted. */
export function mediaKeyTags(presentation: Presentation, { ref }: RenditionReport): string[] {
  const { protection, video, audio } = presentation;
  const one = [...video, ...audio].find(({ rendition }) => isSameRendition(rendition.ref, ref));
  if (!protection || !one) return [];
  const key = keyOf(protection, one);
  return playingSystems(protection).map((system) => key.texts?.hlsMedia[system] ?? `#EXT-X-KEY:${keyAttributes(protection, key, system)}`);
}

/** EXT-X-SESSION-KEY of every key and system (RFC 8216 4.3.4.5), so that players ask for licences before the first segment. */
export function sessionKeyTags({ protection, video, audio }: Presentation): string[] {
  if (!protection) return [];
  const keys = [...new Set([...video, ...audio].map((one) => keyOf(protection, one)))];
  const tags = keys.flatMap((key) =>
    playingSystems(protection).map(
      (system) => key.texts?.hlsMaster[system] ?? `#EXT-X-SESSION-KEY:${keyAttributes(protection, key, system)}`,
    ),
  );
  // A `pssh` box of Widevine names every key, and two tags must not differ in other attributes alone.
  const uriOf = (tag: string) => /URI="[^"]*"/.exec(tag)?.[0] ?? tag;
  return tags.filter((tag, index) => tags.findIndex((other) => uriOf(other) === uriOf(tag)) === index);
}

/** The base64 of the `pssh` box of a system, and of what it holds; null for a key without one. */
export function psshOf({ pssh }: PublicKey, system: DrmSystem): { box: string; data: string } | null {
  const wanted = DRM_SYSTEM_IDS[system].replaceAll('-', '');
  const found = pssh.map((box) => ({ box, ...readPssh(bytesOfBase64(box)) })).find(({ systemId }) => systemId === wanted);
  return found ? { box: found.box, data: base64Of(found.data) } : null;
}

function keyAttributes({ scheme }: Protection, key: PublicKey, system: DrmSystem): string {
  const pssh = psshOf(key, system);
  const uri = {
    widevine: `data:text/plain;base64,${pssh?.box}`,
    playready: `data:text/plain;charset=UTF-16;base64,${pssh?.data}`,
    fairplay: `skd://${key.kid}`,
  }[system];
  return [
    `METHOD=${HLS_KEY_METHODS[scheme]}`,
    `URI="${uri}"`,
    ...(system === 'widevine' ? [`KEYID=0x${key.kid}`] : []),
    `KEYFORMAT="${HLS_KEY_FORMATS[system]}"`,
    'KEYFORMATVERSIONS="1"',
  ].join(',');
}
