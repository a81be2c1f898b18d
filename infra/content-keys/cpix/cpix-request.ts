import { XMLBuilder } from 'fast-xml-parser';
import { DRM_SYSTEM_IDS, labelSizes, type DrmScheme, type DrmSystem, type KeyLabel } from '../../../temporal/contract/media/protection';
import type { KeyId } from '../content-keys';

/** Versions of SPEKE with the version of CPIX that belongs to each (SPEKE 2.0 and 2.1, "API specification"). */
const CPIX_VERSIONS = { '2.0': '2.3', '2.1': '2.4' } as const;

export type SpekeVersion = keyof typeof CPIX_VERSIONS;

/** Keys that are asked of a key server. Their ids are made here, as SPEKE wants it. */
export interface CpixQuery {
  contentId: string;
  scheme: DrmScheme;
  systems: readonly DrmSystem[];
  keys: readonly KeyId[];
}

const NAMESPACES = {
  '@xmlns:cpix': 'urn:dashif:org:cpix',
  '@xmlns:pskc': 'urn:ietf:params:xml:ns:keyprov:pskc',
  '@xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#',
  '@xmlns:enc': 'http://www.w3.org/2001/04/xmlenc#',
};

const HLS = ['media', 'master'].map((playlist) => ({ '@playlist': playlist }));

/** The CPIX document that asks for the keys. With a certificate (DER, base64) they are to come encrypted for it (CPIX 2.3, 9.1). */
export function cpixRequest(query: CpixQuery, version: SpekeVersion, certificate: string | null): string {
  const { contentId, scheme, systems, keys } = query;
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true, format: true });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    'cpix:CPIX': {
      '@contentId': contentId,
      '@version': CPIX_VERSIONS[version],
      ...NAMESPACES,
      ...(certificate === null
        ? {}
        : { 'cpix:DeliveryDataList': { 'cpix:DeliveryData': { 'cpix:DeliveryKey': deliveryKey(certificate) } } }),
      'cpix:ContentKeyList': { 'cpix:ContentKey': keys.map((key) => keyElement(key, scheme)) },
      'cpix:DRMSystemList': { 'cpix:DRMSystem': keys.flatMap(({ kid }) => systems.map((system) => systemElement(kid, system))) },
      'cpix:ContentKeyUsageRuleList': { 'cpix:ContentKeyUsageRule': keys.map(usageRule) },
    },
  });
}

function deliveryKey(certificate: string) {
  return { 'ds:X509Data': { 'ds:X509Certificate': certificate } };
}

/** cenc has an IV for every sample and no constant one. */
function keyElement({ kid, iv }: KeyId, scheme: DrmScheme) {
  const explicitIv = scheme === 'cbcs' ? { '@explicitIV': Buffer.from(iv, 'hex').toString('base64') } : {};
  return { '@kid': uuidOf(kid), '@commonEncryptionScheme': scheme, ...explicitIv };
}

/** Empty elements are what the server is to fill in. FairPlay has neither a `pssh` nor DASH (SPEKE 2.0, "standard payload components"). */
function systemElement(kid: string, system: DrmSystem) {
  const boxes = system === 'fairplay' ? {} : { 'cpix:PSSH': '', 'cpix:ContentProtectionData': '' };
  return { '@kid': uuidOf(kid), '@systemId': DRM_SYSTEM_IDS[system], ...boxes, 'cpix:HLSSignalingData': HLS };
}

function usageRule({ kid, label }: { kid: string; label: KeyLabel }) {
  const { minPixels, maxPixels } = labelSizes(label);
  const bounds = {
    ...(minPixels === undefined ? {} : { '@minPixels': minPixels }),
    ...(maxPixels === undefined ? {} : { '@maxPixels': maxPixels }),
  };
  const filter = label === 'AUDIO' ? { 'cpix:AudioFilter': '' } : { 'cpix:VideoFilter': bounds };
  return { '@kid': uuidOf(kid), '@intendedTrackType': label, ...filter };
}

function uuidOf(kid: string): string {
  return kid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
