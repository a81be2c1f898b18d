import {
  DRM_SYSTEM_IDS,
  HLS_KEY_FORMATS,
  HLS_KEY_METHODS,
  type DrmSystem,
  type Protection,
  type PublicKey,
} from '../../../temporal/contract/media/protection';
import { renditionFolder } from '../../../temporal/contract/media/renditions';
import { readPssh, type TrackEncryption } from '../isobmff/encryption';
import { base64Of } from '../manifests/base64';
import { keyOf, playingSystems } from '../manifests/key-tags';
import { renditionsOf, type Presentation } from '../manifests/presentation';
import type { ListedKey, Published } from './published';

/**
 * Encrypted renditions are encrypted with their key in init and media segments, and both manifests tell every system where to get it; clear
 * ones are neither. Returns the problems.
 */
export function keptProtection(presentation: Presentation, published: Published): string[] {
  const { protection, video, audio } = presentation;
  if (!protection) return strayProtection(presentation, published);
  const renditions = [...video, ...audio].flatMap((one) => {
    const key = keyOf(protection, one);
    const folder = renditionFolder(one.rendition.ref);
    const encryption = published.inits.get(folder)?.encryption ?? null;
    if (encryption?.scheme !== protection.scheme || encryption.kid !== key.kid) return [`${folder} is not encrypted with its key`];
    return [...ofHls(folder, { protection, key, encryption }, published), ...ofDash(folder, { protection, key, encryption }, published)];
  });
  const clear = published.samples.filter(({ isEncrypted }) => !isEncrypted).map(({ folder }) => `a segment of ${folder} is clear`);
  return [...renditions, ...clear, ...missingKeys('the master', published.master.sessionKeys, protection)];
}

interface Wanted {
  protection: Protection;
  key: PublicKey;
  encryption: TrackEncryption;
}

function ofHls(folder: string, { protection, key, encryption }: Wanted, { media, iframes }: Published): string[] {
  return [media, iframes].flatMap((playlists) => {
    const listed = playlists.get(folder)?.keys;
    if (!listed) return [];
    const wrong = playingSystems(protection).filter((system) => {
      const uri = listed.find(({ format }) => format === HLS_KEY_FORMATS[system])?.uri ?? '';
      return key.texts?.hlsMedia[system] === undefined && !uri.includes(secretFreeUri(system, { key, encryption }));
    });
    return [...missingKeys(folder, listed, protection), ...wrong.map((system) => `${folder} names another key for ${system}`)];
  });
}

/** What the address of a licence holds at least. */
function secretFreeUri(system: DrmSystem, { key, encryption }: Pick<Wanted, 'key' | 'encryption'>): string {
  if (system === 'fairplay') return key.kid;
  const pssh = psshOf(encryption, system);
  return pssh === null ? 'a pssh box' : base64Of(system === 'widevine' ? pssh : readPssh(pssh).data);
}

function ofDash(folder: string, { protection, key, encryption }: Wanted, { dash }: Published): string[] {
  const listed = dash.find(({ initUri }) => initUri.includes(`/${folder}/`))?.protection;
  if (listed?.scheme !== protection.scheme || listed.kid !== key.kid) return [`the MPD names another key for ${folder}`];
  const systems = playingSystems(protection).filter((system) => system !== 'fairplay');
  return systems
    .filter((system) => {
      const pssh = psshOf(encryption, system);
      const told = listed.systems[`urn:uuid:${DRM_SYSTEM_IDS[system]}`];
      return told === undefined || (!key.texts?.contentProtection[system] && told !== (pssh && base64Of(pssh)));
    })
    .map((system) => `the MPD does not tell ${system} the key of ${folder}`);
}

function missingKeys(where: string, listed: readonly ListedKey[], protection: Protection): string[] {
  return playingSystems(protection)
    .filter(
      (system) => !listed.some(({ format, method }) => format === HLS_KEY_FORMATS[system] && method === HLS_KEY_METHODS[protection.scheme]),
    )
    .map((system) => `${where} names no key for ${system}`);
}

function psshOf({ pssh }: TrackEncryption, system: DrmSystem): Uint8Array | null {
  const id = DRM_SYSTEM_IDS[system].replaceAll('-', '');
  return pssh.find((box) => readPssh(box).systemId === id) ?? null;
}

function strayProtection(presentation: Presentation, { master, dash, media, iframes, inits, samples }: Published): string[] {
  const folders = renditionsOf(presentation).map(({ ref }) => renditionFolder(ref));
  const announced = folders.filter((folder) => {
    const keys = [media, iframes].flatMap((playlists) => playlists.get(folder)?.keys ?? []);
    return keys.length > 0 || inits.get(folder)?.encryption || samples.some((one) => one.folder === folder && one.isEncrypted);
  });
  const inManifests = master.sessionKeys.length > 0 || dash.some(({ protection }) => protection !== null);
  return [...announced.map((folder) => `${folder} is encrypted`), ...(inManifests ? ['a manifest of clear streams names keys'] : [])];
}
