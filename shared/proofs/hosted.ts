import { answeringHost } from '../model/answering-host.ts';
import type { IssuerProof } from '../model/badge.ts';
import { failure, passed, skipped, warning } from '../model/check.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { judgeHostedScope } from './hosted-scope.ts';
import type { ProofSuite } from './proof-suite.ts';

const source = 'OB 2.0 §HostedBadge';

/**
 * The issuer's own server vouches: the document lies at its id, and that lies where the issuer hosts badges.
 * The format has fetched it (`subject.hosted`); here is judged what that is worth. The proven host is the
 * assertion's own, never the one that the profile names. Source: OB 2.0 §HostedBadge.
 */
export const hostedProof: ProofSuite = {
  name: 'hosted',
  recognises: (proof) => proof.kind === 'hosted',
  verify: async (_proof, subject) => {
    const none: IssuerProof = { kind: 'none' };
    const { hosted } = subject;
    // 0.5 names no address of its own: without the one it came from nobody can be asked (OB 0.5).
    if (subject.generation === '0.5' && subject.address === undefined)
      return { checks: [failure('integrity', 'unsupported', 'no-proof', 'OB 0.5')], issuerProof: none };
    if (hosted === undefined || hosted.status !== 200)
      return { checks: [skipped('integrity', 'document-unreachable', source)], issuerProof: none };
    const { host } = new URL(hosted.requested);
    const answering = answeringHost(hosted);
    const checks: Check[] = [passed('integrity', 'hosted-copy-good', source, { host })];
    if (answering === undefined)
      checks.push(warning('hosting', 'hosted-redirected', source, { host, address: hosted.url }));
    else if (!answering.encrypted) checks.push(warning('hosting', 'not-encrypted', source, { host }));

    const issuer = issuerOf(subject);
    if (issuer === undefined) {
      checks.push(skipped('issuer', 'issuer-not-confirmed', source));
      return { checks, issuerProof: none };
    }
    const scope = judgeHostedScope(hosted.requested, issuer);
    checks.push(...scopeChecks(scope, host, isBound(subject)), ...classChecks(subject, issuer));
    const confirmed =
      scope.kind === 'inside' || (scope.kind === 'unknown' && homeOf(subject, issuer) === host);
    if (!confirmed || answering === undefined) {
      checks.push(warning('issuer', 'issuer-not-confirmed', source, { host }));
      return { checks, issuerProof: none };
    }
    checks.push(passed('issuer', 'issuer-host-answered', source, { host: answering.host }));
    return { checks, issuerProof: { kind: 'host', ...answering } };
  },
};

function scopeChecks(
  scope: ReturnType<typeof judgeHostedScope>,
  host: string,
  isBound: boolean,
): readonly Check[] {
  if (scope.kind === 'unknown') return [warning('hosting', 'issuer-scope-unknown', source, { host })];
  if (scope.kind === 'inside') {
    const inside = passed('hosting', 'inside-issuer-scope', source, { host });
    return scope.loose
      ? [inside, warning('hosting', 'field-loose', source, { field: 'allowedOrigins' })]
      : [inside];
  }
  return isBound
    ? [failure('hosting', 'invalid', 'outside-issuer-scope', source, { host, rule: scope.rule })]
    : [warning('hosting', 'outside-issuer-scope', source, { host, rule: scope.rule })];
}

/** OB 2.0 wants the badge class there too; validators never asked for it. */
function classChecks(subject: Subject, issuer: JsonObject): readonly Check[] {
  const id = stringOf(subject.badgeClass?.['id'] ?? subject.badgeClass?.['@id']);
  if (id === undefined || !/^https?:/i.test(id) || !URL.canParse(id)) return [];
  if (judgeHostedScope(id, issuer).kind !== 'outside') return [];
  return [warning('hosting', 'outside-issuer-scope', source, { host: new URL(id).host, field: 'badge' })];
}

function issuerOf(subject: Subject): JsonObject | undefined {
  return subject.issuer ?? (isIssuer(subject.document) ? subject.document : undefined);
}

function isIssuer(document: JsonObject): boolean {
  return listOf(document['type'] ?? document['@type']).some(
    (type) => type === 'Issuer' || type === 'Profile' || type === 'IssuerOrg',
  );
}

/**
 * The policy is one for assertions and endorsements of 2.0; for a badge class outside it is only said, as for the older
 * generations, whose standards drew no border. Then the issuer named is not confirmed.
 */
function isBound({ generation, document }: Subject): boolean {
  if (generation === '0.5' || generation === '1.0' || generation === '1.1') return false;
  return 'verification' in document || 'verify' in document;
}

/** Host of the address under which the badge class knows the issuer, for issuers whose id is no address. */
function homeOf(subject: Subject, issuer: JsonObject): string | undefined {
  const value = (subject.badgeClass ?? subject.document)['issuer'];
  const link = isJsonObject(value) ? stringOf(issuer['id']) : stringOf(value);
  return link !== undefined && URL.canParse(link) ? new URL(link).host : undefined;
}
