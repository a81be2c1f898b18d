import { SaxesParser } from 'saxes';
import { z } from 'zod';
import {
  DRM_SYSTEM_IDS,
  HLS_KEY_FORMATS,
  HLS_KEY_METHODS,
  type DrmScheme,
  type DrmSystem,
} from '../../../temporal/contract/media/protection';
import type { KeySignalling } from '../content-keys';
import { parseXml, type CpixDrmSystem } from './cpix-document';
import { base64Bytes, refuseAnswer } from './refuse-answer';

/** Size, type, version and flags, system id, size of the data (ISO/IEC 23001-7, 8.1). */
const LEAST_PSSH_BYTES = 32;

/** Prefixes that the MPD around it declares. */
const MPD_NAMESPACES = { cenc: 'urn:mpeg:cenc:2013', mspr: 'urn:microsoft:playready' };

/** Two names of the same playlist: SPEKE 2.0 and CPIX 2.4. */
const MASTER = ['master', 'multiVariant'];

/**
 * What a server wants players to read of one key. A `pssh` of Widevine and PlayReady and the line of FairPlay must be there, since players
 * need them; servers leave out what they have no use for, and the packager makes that.
 */
export function servedSignalling(
  kid: string,
  { systems, scheme }: { systems: readonly DrmSystem[]; scheme: DrmScheme },
  served: readonly CpixDrmSystem[],
): KeySignalling {
  const signalling: KeySignalling = { pssh: [], contentProtection: {}, hlsMedia: {}, hlsMaster: {} };
  for (const system of systems) {
    const own = served.filter((each) => each['@kid'] === kid && each['@systemId'] === DRM_SYSTEM_IDS[system]);
    const [element] = own;
    if (!element || own.length > 1) return refuseAnswer(`it has not one entry of ${system} for each key`);
    const box = element.PSSH === '' ? null : psshBox(element.PSSH, system);
    if (box === null && system !== 'fairplay') refuseAnswer(`it lacks a pssh of ${system}`);
    if (box !== null) signalling.pssh.push(box);
    if (element.ContentProtectionData !== '') {
      signalling.contentProtection[system] = contentProtection(element.ContentProtectionData, box);
    }
    const isOwn = (line: string) =>
      attributeOf(line, 'METHOD') === HLS_KEY_METHODS[scheme] && attributeOf(line, 'KEYFORMAT').toLowerCase() === HLS_KEY_FORMATS[system];
    const media = hlsLines(element, ['media'], { tag: '#EXT-X-KEY:', isOwn });
    if (media === null && system === 'fairplay') refuseAnswer('it lacks the line of fairplay for HLS');
    if (media !== null) signalling.hlsMedia[system] = media;
    const master = hlsLines(element, MASTER, { tag: '#EXT-X-SESSION-KEY:', isOwn });
    if (master !== null) signalling.hlsMaster[system] = master;
  }
  return signalling;
}

function psshBox(text: string, system: DrmSystem): string {
  const box = base64Bytes(text, 'a pssh');
  const isBox = box.length >= LEAST_PSSH_BYTES && box.readUInt32BE(0) === box.length && box.toString('latin1', 4, 8) === 'pssh';
  if (!isBox || box.toString('hex', 12, 28) !== DRM_SYSTEM_IDS[system].replaceAll('-', '')) refuseAnswer(`a pssh is no box of ${system}`);
  return box.toString('base64');
}

const wrapped = z.object({ wrapper: z.object({ pssh: z.object({ '#text': z.string() }).optional() }) });

/** XML that is put into a manifest as it is: whole elements, and of the same `pssh` (SPEKE 2.0, "constraints"). */
function contentProtection(text: string, box: string | null): string {
  const xml = utf8(base64Bytes(text, 'ContentProtectionData'), 'ContentProtectionData');
  const { success, data } = wrapped.safeParse(parseXml(`<wrapper>${xml}</wrapper>`));
  if (!success) return refuseAnswer('ContentProtectionData is not what a manifest takes');
  const inner = data.wrapper.pssh?.['#text'].replace(/\s+/g, '');
  if (inner !== undefined && box !== null && inner !== box) refuseAnswer('the pssh of ContentProtectionData is another one');
  if (!hasNamespaces(xml)) refuseAnswer('ContentProtectionData has a prefix without a namespace');
  return xml;
}

/** Browsers refuse a whole manifest with a prefix that nothing declares (Namespaces in XML 1.0, 5). */
function hasNamespaces(xml: string): boolean {
  const parser = new SaxesParser({ xmlns: true, fragment: true, additionalNamespaces: MPD_NAMESPACES });
  let isWellFormed = true;
  parser.on('error', () => (isWellFormed = false));
  parser.write(xml).close();
  return isWellFormed;
}

function attributeOf(line: string, name: string): string {
  return new RegExp(`[:,]${name}="?([^",]*)`).exec(line)?.[1] ?? '';
}

/** Lines that are put into a playlist as they are: each for its own system, since players read the format of a key and not its place. */
function hlsLines(
  { HLSSignalingData }: CpixDrmSystem,
  playlists: readonly string[],
  { tag, isOwn }: { tag: string; isOwn: (line: string) => boolean },
): string | null {
  const [data, ...more] = HLSSignalingData.filter((each) => playlists.includes(each['@playlist']) && each['#text'].trim() !== '');
  if (!data) return null;
  if (more.length > 0) refuseAnswer('it has lines of one playlist twice');
  const lines = utf8(base64Bytes(data['#text'], 'HLSSignalingData'), 'HLSSignalingData').split(/\r?\n/).filter(Boolean);
  const isLine = (line: string) => line.startsWith(tag) && /^[\x20-\x7e]+$/.test(line);
  if (lines.length === 0 || !lines.every(isLine)) refuseAnswer(`HLSSignalingData is no line ${tag.slice(0, -1)}`);
  if (!lines.every(isOwn)) refuseAnswer('HLSSignalingData has the METHOD of another scheme or the KEYFORMAT of another system');
  return lines.join('\n');
}

function utf8(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuseAnswer(`${name} is not UTF-8`);
  }
}
