import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { refuseAnswer } from './refuse-answer';

/** Lists of CPIX. An element that may come once and comes twice becomes a list too, which its schema refuses. */
const LISTS = new Set(['ContentKey', 'DRMSystem', 'DeliveryData', 'HLSSignalingData']);

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  alwaysCreateTextNode: true,
  isArray: (name) => LISTS.has(name),
});

const text = z.object({ '#text': z.string() }).transform((element) => element['#text'].trim());

const encryptedValue = z.object({
  EncryptionMethod: z.object({ '@Algorithm': z.string() }).transform((method) => method['@Algorithm']),
  CipherData: z.object({ CipherValue: text }).transform(({ CipherValue }) => CipherValue),
});

const secret = z.object({ PlainValue: text.optional(), EncryptedValue: encryptedValue.optional(), ValueMAC: text.optional() });

const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .transform((value) => value.replaceAll('-', '').toLowerCase());

const deliveryData = z.object({
  DeliveryKey: z.object({ X509Data: z.object({ X509Certificate: text }) }).transform((key) => key.X509Data.X509Certificate),
  DocumentKey: z
    .object({
      '@Algorithm': z.string(),
      Data: z.object({ Secret: z.object({ EncryptedValue: encryptedValue, ValueMAC: text.optional() }) }),
    })
    .optional(),
  MACMethod: z.object({ '@Algorithm': z.string(), Key: z.object({ EncryptedValue: encryptedValue }) }).optional(),
});

const drmSystem = z.object({
  '@kid': uuid,
  '@systemId': z.string().transform((id) => id.toLowerCase()),
  PSSH: text.default(''),
  ContentProtectionData: text.default(''),
  HLSSignalingData: z.array(z.object({ '@playlist': z.string(), '#text': z.string() })).default([]),
});

const contentKey = z.object({
  '@kid': uuid,
  '@commonEncryptionScheme': z.string().optional(),
  '@explicitIV': z.string().optional(),
  Data: z.object({ Secret: secret }),
});

const documentSchema = z.object({
  CPIX: z.object({
    '@contentId': z.string(),
    DeliveryDataList: z.object({ DeliveryData: z.array(deliveryData) }).optional(),
    ContentKeyList: z.object({ ContentKey: z.array(contentKey) }),
    DRMSystemList: z.object({ DRMSystem: z.array(drmSystem).default([]) }).optional(),
  }),
});

/** What is read of a CPIX document. */
export type CpixDocument = z.infer<typeof documentSchema>['CPIX'];
export type CpixContentKey = CpixDocument['ContentKeyList']['ContentKey'][number];
export type CpixDrmSystem = z.infer<typeof drmSystem>;
export type CpixDeliveryData = z.infer<typeof deliveryData>;

/** Reads a document (CPIX 2.3 and 2.4). Throws `Failure` `KeyProviderDenied`, whose sentence names the element and holds nothing of the document. */
export function parseCpix(xml: string): CpixDocument {
  const { success, data, error } = documentSchema.safeParse(parseXml(xml));
  if (success) return data.CPIX;
  const path = (error.issues[0]?.path ?? []).filter((part) => typeof part === 'string').join('/');
  return refuseAnswer(`${path} is not as CPIX has it`);
}

/** Reads one element; refuses a DOCTYPE, which has no use here but to make a small text large or read files. */
export function parseXml(xml: string): unknown {
  if (/<!DOCTYPE/i.test(xml)) refuseAnswer('it has a DOCTYPE');
  try {
    return PARSER.parse(xml, true);
  } catch {
    // The parser's message may quote the document.
    return refuseAnswer('it is not XML');
  }
}
