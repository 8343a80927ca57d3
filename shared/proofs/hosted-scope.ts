import { parseUrl } from '../model/brands.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';

/** Most entries of one policy that are looked at. */
const maxPolicyEntries = 100;

export type HostedScope =
  /** `loose`: an entry of the policy was not written as the standard asks, but says it clearly */
  | { readonly kind: 'inside'; readonly loose: boolean }
  | { readonly kind: 'outside'; readonly rule: 'startsWith' | 'allowedOrigins' | 'issuer-host' }
  /** the issuer's id is no web address, so it draws no border */
  | { readonly kind: 'unknown' };

/**
 * Whether a hosted assertion lies where its issuer says that it hosts badges.
 *
 * `id`: the assertion's id; `issuer`: the issuer's profile with its `verification` policy, if it has one.
 * `startsWith` and `allowedOrigins` must both hold when both are given; without `allowedOrigins` the authority of
 * the issuer's own id is the one allowed. Both go by the names and aliases of the 2.0 context. Addresses are compared as the URL parser writes them, so a prefix
 * always covers a whole authority: `https://a.example` never reaches `https://a.example.evil`.
 * Source: OB 2.0 §HostedBadge, §VerificationObject.
 */
export function judgeHostedScope(id: string, issuer: JsonObject): HostedScope {
  const address = parseUrl(id);
  if (!address.ok) return { kind: 'outside', rule: 'issuer-host' };
  const assertion = new URL(address.value);
  const [given] = listOf(issuer['verification'] ?? issuer['verify']);
  const policy = isJsonObject(given) ? given : {};

  const prefixes = entriesOf(policy['startsWith']);
  if (prefixes.length > 0 && !prefixes.some((prefix) => startsWith(assertion, prefix)))
    return { kind: 'outside', rule: 'startsWith' };

  const origins = entriesOf(policy['allowedOrigins']);
  if (origins.length > 0) {
    const match = origins.find((origin) => authorityOf(origin, assertion.protocol) === assertion.host);
    return match === undefined
      ? { kind: 'outside', rule: 'allowedOrigins' }
      : { kind: 'inside', loose: match.includes('/') };
  }
  const home = stringOf(issuer['id'] ?? issuer['@id']) ?? '';
  if (!/^https?:/i.test(home)) return { kind: 'unknown' };
  return URL.canParse(home) && new URL(home).host === assertion.host
    ? { kind: 'inside', loose: false }
    : { kind: 'outside', rule: 'issuer-host' };
}

function entriesOf(value: Json | undefined): readonly string[] {
  return listOf(value)
    .slice(0, maxPolicyEntries)
    .map((entry) => (isJsonObject(entry) ? entry['@value'] : entry))
    .filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
}

function startsWith(assertion: URL, prefix: string): boolean {
  const parsed = parseUrl(prefix);
  if (!parsed.ok) return false;
  const border = new URL(parsed.value);
  return border.origin === assertion.origin && assertion.href.startsWith(border.href);
}

/** Host and port of an entry; whole addresses occur where only the authority belongs. */
function authorityOf(entry: string, protocol: string): string | undefined {
  const whole = parseUrl(/^https?:\/\//i.test(entry.trim()) ? entry : `${protocol}//${entry.trim()}`);
  if (!whole.ok) return undefined;
  const url = new URL(whole.value);
  return /^https?:\/\//i.test(entry.trim()) || (url.pathname === '/' && url.search === '')
    ? url.host
    : undefined;
}
