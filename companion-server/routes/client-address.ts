import { BlockList, isIP } from 'node:net';
import type { TrustedBlock } from '../configuration.ts';

/** Tells a client's address; `X-Forwarded-For` is believed from trusted proxies alone (design §3). */
export type ClientAddress = (peer: string | undefined, forwardedFor: string | undefined) => string;

export function clientAddress(trusted: readonly TrustedBlock[]): ClientAddress {
  const proxies = new BlockList();
  for (const { address, prefix, family } of trusted) proxies.addSubnet(address, prefix, family);
  const isProxy = (address: string) =>
    isIP(address) !== 0 && proxies.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return (peer, forwardedFor) => {
    let address = plainOf(peer ?? '');
    // Each proxy appends the one it heard from: walk back from the end as long as the speaker is trusted.
    const hops = (forwardedFor ?? '').split(',').map((hop) => plainOf(hop.trim()));
    while (isProxy(address) && hops.length > 0) {
      const hop = hops.pop() ?? '';
      if (isIP(hop) === 0) break;
      address = hop;
    }
    return address;
  };
}

/**
 * Whose address it is, for what is counted by client: with IPv6 every customer has a whole /64, of which he may use another
 * address for each call.
 */
export function addressHolder(address: string): string {
  return isIP(address) === 6 ? addressBlock(address) : address;
}

/** The block that shares a limit, as a classroom does: /24 of IPv4, /64 of IPv6. */
export function addressBlock(address: string): string {
  if (isIP(address) === 4) return address.split('.').slice(0, 3).join('.');
  const [head = '', tail] = address.toLowerCase().split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
}

/** Without the port that some proxies add; IPv4 in its own notation where a dual socket names it as IPv6. */
function plainOf(address: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]{1,45})\]|([\d.]{7,15}))(?::\d{1,5})?$/.exec(address) ?? [];
  return (bracketed ?? dotted ?? address).replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
