import { z } from 'zod';
import { networks } from '../../settings/setting-types';

/** Zero is no limit. */
const limit = z.coerce.number().int().nonnegative();

/** Variables that bound what one caller may ask for. The defaults are beyond what a caller without a fault reaches. */
export const limitSettings = {
  REQUESTS_PER_KEY: limit.default(6_000).meta({
    description: 'Requests of one API key to one API process; 0: no limit. See docs/access.md.',
    unit: 'requests a minute',
  }),
  REQUESTS_PER_ADDRESS: limit.default(12_000).meta({
    description: 'Requests of one address to one API process, those for media left out; 0: no limit.',
    unit: 'requests a minute',
  }),
  UPLOADS_PER_CREATOR: limit.default(5_000).meta({
    description: 'Uploads that one creator may start; 0: no limit.',
    unit: 'uploads an hour',
  }),
  UPLOAD_BYTES_PER_CREATOR: limit.default(20e12).meta({
    description: 'Bytes of the uploads that one creator may start; 0: no limit.',
    unit: 'bytes a day',
  }),
  TRUSTED_PROXIES: networks.meta({
    description: 'Addresses or networks (10.0.0.0/8) of proxies whose X-Forwarded-For names the client, with commas between; empty: none.',
  }),
};

type LimitValues = z.infer<z.ZodObject<typeof limitSettings>>;

/** Limits by what they count. */
export function limitsOf(values: LimitValues) {
  return {
    requestsPerKey: values.REQUESTS_PER_KEY,
    requestsPerAddress: values.REQUESTS_PER_ADDRESS,
    uploadsPerCreator: values.UPLOADS_PER_CREATOR,
    uploadBytesPerCreator: values.UPLOAD_BYTES_PER_CREATOR,
    trustedProxies: values.TRUSTED_PROXIES,
  };
}
