import { createCipheriv, createHmac, publicEncrypt, randomBytes, constants, X509Certificate } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { XMLParser } from 'fast-xml-parser';

const [WIDEVINE, PLAYREADY, FAIRPLAY] = [
  'edef8ba9-79d6-4ace-a3c8-27dcd51d21ed',
  '9a04f079-9840-4286-ab92-e65be0885f95',
  '94ce86fb-07ff-4f43-adb8-93d2fa968ca2',
];
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';

/** A request as it came. */
interface CpixCall {
  headers: IncomingMessage['headers'];
  body: string;
}

interface CpixAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a server does instead of the right thing with the answer that it would give; null: it hangs. */
export type Fault = (answer: CpixAnswer, call: CpixCall) => CpixAnswer | null;

/**
 * A key server written from the public documents of SPEKE 2.0 and CPIX 2.3. It makes keys of video and key id, so that equal requests get
 * equal keys, and refuses what the documents have it refuse.
 */
export interface CpixServer {
  url: string;
  calls: CpixCall[];
  /** From now on; null for none. */
  fail(fault: Fault | null): void;
  /** The key of a content id and a key id, both as in the request. */
  keyOf(contentId: string, kid: string): Buffer;
  stop(): Promise<void>;
}

export async function startCpixServer(): Promise<CpixServer> {
  const calls: CpixCall[] = [];
  let fault: Fault | null = null;
  const secret = randomBytes(32);
  const keyOf = (contentId: string, kid: string) => createHmac('sha256', secret).update(`${contentId} ${kid}`).digest().subarray(0, 16);
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const call = { headers: request.headers, body: await text(request) };
    calls.push(call);
    const right = answerTo(call, keyOf);
    const answer = fault ? fault(right, call) : right;
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/speke/v2.0/copyProtection`,
    calls,
    fail: (next) => (fault = next),
    keyOf,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type KeyOf = CpixServer['keyOf'];
// What is not there is undefined, and refused.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Element = Record<string, any>;

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  isArray: (name) => ['ContentKey', 'DRMSystem', 'ContentKeyUsageRule', 'VideoFilter', 'AudioFilter', 'HLSSignalingData'].includes(name),
});

function answerTo({ headers, body }: CpixCall, keyOf: KeyOf): CpixAnswer {
  const cpix = (PARSER.parse(body) as Element).CPIX as Element;
  const reason = refusalOf(headers['x-speke-version'], cpix);
  const common = { 'X-Speke-User-Agent': 'test-server', 'X-Speke-Version': String(headers['x-speke-version']) };
  if (reason) return { status: 422, headers: { ...common, 'Content-Type': 'text/plain' }, body: reason };
  return { status: 200, headers: { ...common, 'Content-Type': 'application/xml' }, body: filled(body, cpix, keyOf) };
}

/** SPEKE 2.0, "constraints" and "encryption contract". */
function refusalOf(spekeVersion: unknown, cpix: Element): string | null {
  const cpixVersion = { '2.0': '2.3', '2.1': '2.4' }[String(spekeVersion)];
  if (!cpixVersion) return 'Unsupported SPEKE version';
  if (!cpix.contentId) return 'Missing CPIX@contentId';
  if (!cpix.version) return 'Missing CPIX@version';
  if (String(cpix.version) !== cpixVersion) return 'Unsupported CPIX@version';
  const keys = cpix.ContentKeyList.ContentKey as Element[];
  const lacking = keys.find((key) => !key.commonEncryptionScheme);
  if (lacking) return `Missing ContentKey@commonEncryptionScheme for KID ${lacking.kid}`;
  if (new Set(keys.map((key) => key.commonEncryptionScheme)).size > 1) return 'Non compliant ContentKey@commonEncryptionScheme combination';
  const isFairPlay = (cpix.DRMSystemList.DRMSystem as Element[]).some(({ systemId }) => systemId === FAIRPLAY);
  if (isFairPlay && keys[0]?.commonEncryptionScheme !== 'cbcs')
    return `ContentKey@commonEncryptionScheme non compatible with DRMSystem ${FAIRPLAY}`;
  const rules = cpix.ContentKeyUsageRuleList?.ContentKeyUsageRule as Element[] | undefined;
  if (!rules?.some(({ VideoFilter, AudioFilter }) => VideoFilter || AudioFilter)) return 'Missing CPIX encryption contract';
  const types = rules.map(({ intendedTrackType }) => String(intendedTrackType));
  const isWhole = (rule: Element) => rule.intendedTrackType !== 'ALL' || (rule.VideoFilter?.[0] === '' && rule.AudioFilter?.[0] === '');
  if (new Set(types).size !== types.length || !rules.every(isWhole)) return 'Malformed encryption contract';
  return null;
}

function filled(body: string, cpix: Element, keyOf: KeyOf): string {
  const certificate = cpix.DeliveryDataList?.DeliveryData.DeliveryKey.X509Data.X509Certificate as string | undefined;
  const delivery = certificate === undefined ? null : new Delivery(certificate);
  const keys = (cpix.ContentKeyList.ContentKey as Element[]).map(({ kid, commonEncryptionScheme, explicitIV }) => {
    const iv = explicitIV ? ` explicitIV="${explicitIV}"` : '';
    const key = keyOf(cpix.contentId, kid);
    const value = delivery ? delivery.seal(key) : `<pskc:PlainValue>${key.toString('base64')}</pskc:PlainValue>`;
    return `<cpix:ContentKey kid="${kid}" commonEncryptionScheme="${commonEncryptionScheme}"${iv}><cpix:Data><pskc:Secret>${value}</pskc:Secret></cpix:Data></cpix:ContentKey>`;
  });
  const systems = (cpix.DRMSystemList.DRMSystem as Element[]).map(filledSystem);
  const rules = /<cpix:ContentKeyUsageRuleList>.*<\/cpix:ContentKeyUsageRuleList>/s.exec(body)?.[0];
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<cpix:CPIX contentId="${cpix.contentId}" version="${cpix.version}" xmlns:cpix="urn:dashif:org:cpix"`,
    ` xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:enc="${XMLENC}">`,
    delivery?.element() ?? '',
    `<cpix:ContentKeyList>${keys.join('')}</cpix:ContentKeyList><cpix:DRMSystemList>${systems.join('')}</cpix:DRMSystemList>`,
    `${rules}</cpix:CPIX>`,
  ].join('');
}

function filledSystem(system: Element): string {
  const { kid, systemId, HLSSignalingData: playlists = [] } = system as { kid: string; systemId: string; HLSSignalingData?: Element[] };
  const pssh = psshBox(systemId, Buffer.from(`data of ${kid}`)).toString('base64');
  const xml = `<cenc:pssh xmlns:cenc="urn:mpeg:cenc:2013">${pssh}</cenc:pssh>`;
  const format = {
    [WIDEVINE]: `urn:uuid:${WIDEVINE}`,
    [PLAYREADY]: 'com.microsoft.playready',
    [FAIRPLAY]: 'com.apple.streamingkeydelivery',
  }[systemId];
  const lines = playlists.map(({ playlist }) => {
    const tag = playlist === 'media' ? '#EXT-X-KEY' : '#EXT-X-SESSION-KEY';
    const uri = systemId === FAIRPLAY ? `skd://${kid}` : `data:text/plain;base64,${pssh}`;
    const line = `${tag}:METHOD=SAMPLE-AES,URI="${uri}",KEYFORMAT="${format}",KEYFORMATVERSIONS="1"`;
    return `<cpix:HLSSignalingData playlist="${playlist}">${base64(line)}</cpix:HLSSignalingData>`;
  });
  return [
    `<cpix:DRMSystem kid="${kid}" systemId="${systemId}">`,
    'PSSH' in system ? `<cpix:PSSH>${pssh}</cpix:PSSH>` : '',
    'ContentProtectionData' in system ? `<cpix:ContentProtectionData>${base64(xml)}</cpix:ContentProtectionData>` : '',
    ...lines,
    '</cpix:DRMSystem>',
  ].join('');
}

/** ISO/IEC 23001-7, 8.1, version 0. */
export function psshBox(systemId: string, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32BE(32 + data.length);
  head.write('pssh', 4, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  return Buffer.concat([head, Buffer.from(systemId.replaceAll('-', ''), 'hex'), size, data]);
}

/** CPIX 2.3, 9.1: a key for the document and one for MACs, encrypted for the certificate of the request. */
class Delivery {
  private readonly documentKey = randomBytes(32);
  private readonly macKey = randomBytes(64);

  constructor(private readonly certificate: string) {}

  seal(key: Buffer): string {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', this.documentKey, iv);
    const sealed = Buffer.concat([iv, cipher.update(key), cipher.final()]);
    return `${encrypted('aes256-cbc', sealed)}<pskc:ValueMAC>${this.mac(sealed)}</pskc:ValueMAC>`;
  }

  element(): string {
    const [documentKey, macKey] = [this.forCertificate(this.documentKey), this.forCertificate(this.macKey)];
    const mac = `<pskc:ValueMAC>${this.mac(documentKey)}</pskc:ValueMAC>`;
    return [
      '<cpix:DeliveryDataList><cpix:DeliveryData><cpix:DeliveryKey><ds:X509Data><ds:X509Certificate>',
      `${this.certificate}</ds:X509Certificate></ds:X509Data></cpix:DeliveryKey><cpix:DocumentKey Algorithm="${XMLENC}aes256-cbc">`,
      `<cpix:Data><pskc:Secret>${encrypted('rsa-oaep-mgf1p', documentKey)}${mac}</pskc:Secret></cpix:Data></cpix:DocumentKey>`,
      '<cpix:MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha512">',
      `<cpix:Key>${encrypted('rsa-oaep-mgf1p', macKey)}</cpix:Key></cpix:MACMethod></cpix:DeliveryData></cpix:DeliveryDataList>`,
    ].join('');
  }

  private mac(bytes: Buffer): string {
    return createHmac('sha512', this.macKey).update(bytes).digest('base64');
  }

  private forCertificate(key: Buffer): Buffer {
    const { publicKey } = new X509Certificate(Buffer.from(this.certificate, 'base64'));
    return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key);
  }
}

function encrypted(algorithm: string, bytes: Buffer): string {
  const value = `<enc:CipherData><enc:CipherValue>${bytes.toString('base64')}</enc:CipherValue></enc:CipherData>`;
  return `<pskc:EncryptedValue><enc:EncryptionMethod Algorithm="${XMLENC}${algorithm}"/>${value}</pskc:EncryptedValue>`;
}

function base64(line: string): string {
  return Buffer.from(line).toString('base64');
}
