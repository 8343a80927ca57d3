import type { Url } from './brands.ts';

/**
 * True when the address points into this computer or the network around it: loopback, private, link-local and
 * reserved ranges in any notation (the URL parser has already turned decimal, hexadecimal and full-width forms into
 * dotted ones), `localhost`, `.local` and the like, and names of a single label. Judges the name alone, no DNS.
 */
export function isPrivateHost(url: Url): boolean {
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (host.startsWith('[')) return !isPublicIpv6(host.slice(1, -1));
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return !isPublicIpv4(host.split('.').map(Number));
  return (
    !host.includes('.') || /\.(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/.test(host)
  );
}

/** Ranges of RFC 6890 and its successors that no public issuer can live in: first address and prefix length. */
const reservedIpv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

function isPublicIpv4(parts: readonly number[]): boolean {
  const address = numberOf(parts);
  return !reservedIpv4.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    const start = numberOf(first.split('.').map(Number));
    return address >= start && address < start + size;
  });
}

function numberOf(parts: readonly number[]): number {
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** Only 2000::/3 is routed; of it the forms that carry an IPv4 address are judged by that, tunnels are refused. */
function isPublicIpv6(text: string): boolean {
  const groups = groupsOf(text);
  const [first = 0, second = 0] = groups;
  const embedded = (at: number) =>
    isPublicIpv4([groups[at] ?? 0, groups[at + 1] ?? 0].flatMap((group) => [group >> 8, group & 0xff]));
  if (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0))
    return embedded(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return embedded(6);
  if (first === 0x2002) return embedded(1);
  // Teredo (2001::/32), benchmarking (2001:2::/48) and documentation (2001:db8::/32, 3fff::/20)
  if (first === 0x2001 && (second === 0 || second === 2 || second === 0xdb8)) return false;
  if (first === 0x3fff && second < 0x1000) return false;
  return first >= 0x2000 && first <= 0x3fff;
}

/** Eight numbers of an IPv6 address as the URL parser writes it: hexadecimal groups, one `::` at most. */
function groupsOf(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = read(head);
  if (tail === undefined) return before;
  const after = read(tail);
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after];
}
