import { DRM_SYSTEM_IDS, type DrmSystem, type Protection, type PublicKey } from '../../../temporal/contract/media/protection';
import { playingSystems, psshOf } from './key-tags';
import { element, empty } from './xml';

/**
 * ContentProtection of an AdaptationSet (ISO/IEC 23001-7 11.2): the scheme with the key id, then every system with its `pssh`. FairPlay is
 * not played from an MPD.
 */
export function contentProtection(protection: Protection, key: PublicKey): string[] {
  const kid = key.kid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const scheme = { schemeIdUri: 'urn:mpeg:dash:mp4protection:2011', value: protection.scheme, 'cenc:default_KID': kid };
  const systems = playingSystems(protection).filter((system) => system !== 'fairplay');
  return [empty('ContentProtection', scheme), ...systems.flatMap((system) => ofSystem(key, system))];
}

function ofSystem(key: PublicKey, system: DrmSystem): string[] {
  const name = { widevine: 'Widevine', playready: 'MSPR 2.0', fairplay: 'FairPlay' }[system];
  const open = element('ContentProtection', { schemeIdUri: `urn:uuid:${DRM_SYSTEM_IDS[system]}`, value: name });
  const pssh = psshOf(key, system);
  const own = pssh ? [`<cenc:pssh>${pssh.box}</cenc:pssh>`, ...(system === 'playready' ? [`<mspr:pro>${pssh.data}</mspr:pro>`] : [])] : [];
  const children = key.texts?.contentProtection[system]?.split('\n') ?? own;
  return [open, ...children.map((line) => `  ${line}`), '</ContentProtection>'];
}
