import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What this service may connect to on behalf of its users. */
export interface OutboundRules {
  /** TCP ports. */
  ports: readonly number[];
  /** Addresses and networks (10.0.0.0/8) that are allowed although they are not public. */
  networks: readonly string[];
}

/** A request that this service does not send for its users. The message is written for the user and names no address. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
}

const SCHEME_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };
const URL_MAX_CHARS = 4096;

/**
 * The URL, if requests may go there. A host that is an address is checked in every spelling, as the parser of URLs writes all of them alike
 * (WHATWG URL, "IPv4 parser"); a name is checked when it is resolved. Throws `OutboundRefused`.
 */
export function checkedUrl(text: string, rules: OutboundRules): URL {
  if (text.length > URL_MAX_CHARS || !URL.canParse(text)) throw new OutboundRefused('The URL is malformed or too long.');
  const url = new URL(text);
  const schemePort = SCHEME_PORTS[url.protocol];
  if (schemePort === undefined) throw new OutboundRefused('The URL must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '') throw new OutboundRefused('The URL must not hold a user name or a password.');
  if (!rules.ports.includes(url.port === '' ? schemePort : Number(url.port))) {
    throw new OutboundRefused(`The port of the URL is not allowed; allowed are ${rules.ports.join(', ')}.`);
  }
  const host = hostOf(url);
  if (isIP(host) !== 0) refuseAddress(host, rules);
  return url;
}

/** The host of a URL; an IPv6 address without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Throws `OutboundRefused` unless the address is public or in an allowed network. */
export function refuseAddress(address: string, rules: OutboundRules): void {
  if (isAllowedAddress(address, rules)) return;
  throw new OutboundRefused('The host of the URL is in a private, local or reserved network.');
}

/** Whether an address is public or in an allowed network. IPv4 inside IPv6 (RFC 4291 2.5.5.2) counts as the IPv4 address that it is. */
export function isAllowedAddress(address: string, rules: OutboundRules): boolean {
  if (isIP(address) === 0) return false;
  return isPublic(ipaddr.process(address)) || isInAllowedNetwork(address, rules);
}

/** Of IPv6, the only global unicast addresses that are assigned begin with 2000::/3 (IANA IPv6 address space); `::127.0.0.1` is outside. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isWithin(address, '2000::/3'));
}

/** Whether an address is in one of the networks that the operator allows. */
export function isInAllowedNetwork(address: string, { networks }: OutboundRules): boolean {
  const parsed = ipaddr.process(address);
  return networks.some((network) => isWithin(parsed, network));
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, network: string): boolean {
  const [base, bits] = ipaddr.isValidCIDR(network) ? ipaddr.parseCIDR(network) : wholeAddress(network);
  return address.kind() === base.kind() && address.match(base, bits);
}

function wholeAddress(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
