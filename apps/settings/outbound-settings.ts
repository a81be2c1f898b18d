import { z } from 'zod';
import { listed, networks } from './setting-types';

/** Variables of requests to URLs that users name. */
export const outboundSettings = {
  OUTBOUND_ALLOWED_PORTS: z
    .string()
    .transform((text) => listed(text).map(Number))
    .pipe(z.array(z.int().min(1).max(65535)).min(1))
    .prefault('80,443')
    .meta({ description: 'Ports of URLs that users name and that the service asks, with commas between.', unit: 'TCP ports' }),
  OUTBOUND_ALLOWED_NETWORKS: networks.meta({
    description:
      'Private addresses or networks (10.0.0.0/8) that URLs of users may lead to, with commas between; empty: public addresses alone.',
  }),
};

type OutboundValues = z.infer<z.ZodObject<typeof outboundSettings>>;

/** What the service may connect to on behalf of its users. */
export function outboundOf(values: OutboundValues) {
  return { ports: values.OUTBOUND_ALLOWED_PORTS, networks: values.OUTBOUND_ALLOWED_NETWORKS };
}
