import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopback } from '../home/listen-address';

/** IPv4 addresses of this machine. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
}

/**
 * Refuses an address that a stack cannot serve other machines on. `own` are the IPv4 addresses of this machine; `anonymous` is the
 * value of API_ANONYMOUS. Throws with a sentence that says what to do.
 */
export function refuseAddress(host: string, { own, anonymous }: { own: readonly string[]; anonymous: string | undefined }): void {
  const offered = own.filter((address) => !isLoopback(address));
  const advice = offered.length > 0 ? `Addresses of this machine: ${offered.join(', ')}.` : 'This machine has none but loopback.';
  if (!isIPv4(host) || host === '0.0.0.0')
    throw new Error(`--listen takes one IPv4 address of this machine, by which other machines reach it. ${advice}`);
  if (isLoopback(host))
    throw new Error(`${host} is loopback: no other machine reaches it. Leave --listen out, or choose another. ${advice}`);
  if (!own.includes(host)) throw new Error(`This machine does not have the address ${host}. ${advice}`);
  if (anonymous === 'on')
    throw new Error(
      'API_ANONYMOUS=on is for loopback only: everyone in the network of the address could delete videos. Unset it, and call the API with the key in .sprocket/secrets/api-key, one of "npm run keys -- create", or one of your own in API_ADMIN_KEY.',
    );
}
