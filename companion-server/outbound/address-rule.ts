import ipaddr from 'ipaddr.js';

/**
 * Whether the server may connect to this IP address on behalf of a stranger's document.
 *
 * `text`: an address as the resolver or the URL parser writes it, without brackets.
 * IPv4 must be ordinary unicast; IPv6 must be ordinary unicast and within 2000::/3, because range tables call
 * some unassigned space (`::/96` among it) unicast. Forms that carry an IPv4 address are judged by that one
 * where it is what is really reached (mapped, NAT64), else refused (6to4, Teredo, translated).
 * Source: design §11; IANA special-purpose registries.
 */
export function isPublicAddress(text: string): boolean {
  // A zone id names an interface of this machine.
  if (text.includes('%') || !ipaddr.isValid(text)) return false;
  // IPv4 in parts other than four decimals never comes from a resolver; who reads it differently decides elsewhere.
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  const parts = address.parts;
  if (address.isIPv4MappedAddress()) return isPublicAddress(embeddedIpv4(parts));
  if (isNat64(parts)) return isPublicAddress(embeddedIpv4(parts));
  const first = parts[0] ?? 0;
  return address.range() === 'unicast' && first >= 0x2000 && first <= 0x3fff;
}

/** The well-known prefix only, 64:ff9b::/96; an operator's own prefixes cannot be told from ordinary space. */
function isNat64(parts: readonly number[]): boolean {
  return parts[0] === 0x64 && parts[1] === 0xff9b && parts.slice(2, 6).every((part) => part === 0);
}

function embeddedIpv4(parts: readonly number[]): string {
  const [high = 0, low = 0] = parts.slice(6);
  return `${high >> 8}.${high & 0xff}.${low >> 8}.${low & 0xff}`;
}
