import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { KeyLabel } from '../../../temporal/contract/media/protection';
import { cpixRequest, type CpixQuery } from './cpix-request';

const PARSER = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', ignoreDeclaration: true });

const key = (label: KeyLabel, digit: string) => ({ label, kid: digit.repeat(32), iv: '00'.repeat(15) + 'ff' });
const QUERY: CpixQuery = {
  contentId: 'film "1" & more',
  scheme: 'cbcs',
  systems: ['widevine', 'playready', 'fairplay'],
  keys: [key('HD', 'a'), key('AUDIO', 'b')],
};

/** Every path of elements and attributes, once. */
function shapeOf(node: unknown, path = ''): string[] {
  if (Array.isArray(node)) return [...new Set(node.flatMap((each) => shapeOf(each, path)))];
  if (typeof node !== 'object' || node === null) return [path];
  const below = Object.entries(node).flatMap(([name, value]) => (name === '#text' ? [] : shapeOf(value, `${path}/${name}`)));
  return [...new Set([path, ...below])].sort();
}

const parse = (xml: string) => PARSER.parse(xml, true) as unknown;

it('has the elements and attributes of the published requests, and those that bound a key', () => {
  const published = parse(readFileSync(join(__dirname, '../testing/speke/server_api_body_spekev2.xml'), 'utf8'));
  const cenc = parse(cpixRequest({ ...QUERY, scheme: 'cenc' }, '2.0', null));
  const bounds = shapeOf(cenc).filter((path) => !shapeOf(published).includes(path));
  expect(bounds.map((path) => path.split('/').slice(-2).join('/'))).toEqual(['cpix:VideoFilter/@maxPixels', 'cpix:VideoFilter/@minPixels']);
  expect(shapeOf(published).filter((path) => !shapeOf(cenc).includes(path))).toEqual([]);
});

it('asks for keys by UUID, with the constant IV of cbcs, and for what each system has', () => {
  expect(parse(cpixRequest({ ...QUERY, keys: [key('HD', 'a')], systems: ['widevine', 'fairplay'] }, '2.1', null))).toMatchObject({
    'cpix:CPIX': {
      '@contentId': 'film "1" & more',
      '@version': '2.4',
      'cpix:ContentKeyList': {
        'cpix:ContentKey': {
          '@kid': 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
          '@commonEncryptionScheme': 'cbcs',
          '@explicitIV': 'AAAAAAAAAAAAAAAAAAAA/w==',
        },
      },
      'cpix:DRMSystemList': {
        'cpix:DRMSystem': [
          { '@systemId': 'edef8ba9-79d6-4ace-a3c8-27dcd51d21ed', 'cpix:PSSH': '', 'cpix:ContentProtectionData': '' },
          {
            '@systemId': '94ce86fb-07ff-4f43-adb8-93d2fa968ca2',
            'cpix:HLSSignalingData': [{ '@playlist': 'media' }, { '@playlist': 'master' }],
          },
        ],
      },
    },
  });
});

it('bounds each key by the sizes of its label, without a gap', () => {
  const labels: KeyLabel[] = ['AUDIO', 'SD', 'HD', 'UHD1', 'UHD2'];
  const keys = labels.map((label, index) => key(label, String(index)));
  const request = parse(cpixRequest({ ...QUERY, keys }, '2.0', null)) as { 'cpix:CPIX': Record<string, Record<string, unknown>> };
  expect(request['cpix:CPIX']['cpix:ContentKeyUsageRuleList']!['cpix:ContentKeyUsageRule']).toMatchObject([
    { '@intendedTrackType': 'AUDIO', 'cpix:AudioFilter': '' },
    { '@intendedTrackType': 'SD', 'cpix:VideoFilter': { '@maxPixels': '442368' } },
    { '@intendedTrackType': 'HD', 'cpix:VideoFilter': { '@minPixels': '442369', '@maxPixels': '2073600' } },
    { '@intendedTrackType': 'UHD1', 'cpix:VideoFilter': { '@minPixels': '2073601', '@maxPixels': '8847360' } },
    { '@intendedTrackType': 'UHD2', 'cpix:VideoFilter': { '@minPixels': '8847361' } },
  ]);
});

it('names the certificate that keys are to be encrypted for', () => {
  expect(parse(cpixRequest(QUERY, '2.0', 'TUlJQw=='))).toMatchObject({
    'cpix:CPIX': {
      'cpix:DeliveryDataList': { 'cpix:DeliveryData': { 'cpix:DeliveryKey': { 'ds:X509Data': { 'ds:X509Certificate': 'TUlJQw==' } } } },
    },
  });
});
