import { answeringHost } from '../model/answering-host.ts';
import { failure, passed, warning } from '../model/check.ts';
import { hostOf } from '../model/host-of.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { judgeExtensions } from './extensions.ts';
import type { Gathered } from './format.ts';
import { generationOf } from './generation.ts';
import { readLinked, webAddressOf } from './linked.ts';
import { judgeOb1 } from './ob-1-structure.ts';
import type { Ob2Class } from './ob-2-classes.ts';
import { readHostedCopy, revokedInBody } from './ob-2-hosted-copy.ts';
import { withSingleValues } from './ob-2-single-values.ts';
import { judgeOb2, linkIn, ob2ClassOf, type StructureFinding, verificationKindOf } from './ob-2-structure.ts';
import { idOf, linkOf } from './ob-2-view.ts';

/**
 * Reads what a 2.0 object rests on: the copy at its own address, which then counts, its badge class and its issuer.
 * Source: OB 2.0 §HostedBadge, §Data Validation.
 */
export async function gatherOb2(given: Subject, session: Session): Promise<Gathered> {
  const named = ob2ClassOf(given.document);
  const subject =
    named === undefined ? given : { ...given, document: withSingleValues(given.document, named) };
  const hosted = isHosted(subject)
    ? await hostedOf(subject, session)
    : { subject, checks: revokedInBody(subject.document) };
  // A stub that says no more than "revoked" links to nothing.
  const isStub = asks(hosted.checks, 'revoked') && hosted.subject.document['badge'] === undefined;
  if (asks(hosted.checks, 'malformed') || isStub) return hosted;
  const gathered = await gatherClass(hosted, session);
  const extensions = await judgeExtensions(gathered.subject, session);
  return { subject: gathered.subject, checks: [...gathered.checks, ...extensions] };
}

async function hostedOf(subject: Subject, session: Session): Promise<Gathered> {
  const copy = await readHostedCopy(subject, session);
  if (copy.document === undefined) {
    return {
      subject: copy.hosted === undefined ? subject : { ...subject, hosted: copy.hosted },
      checks: copy.checks,
    };
  }
  const found = { ...subject, ...(copy.hosted === undefined ? {} : { hosted: copy.hosted }) };
  if (copy.document['revoked'] === true && copy.document['badge'] === undefined)
    return { subject: found, checks: copy.checks };
  const presented = ob2ClassOf(subject.document);
  const form = checksOf(judgeOb2(copy.document, presented ?? 'Assertion')).filter(
    (check) => check.asks !== undefined,
  );
  // A copy of some other class than those of 2.0 is no copy of what is served.
  const isOther = presented === undefined && ob2ClassOf(copy.document) !== undefined;
  const other = isOther
    ? [failure('integrity', 'invalid', 'hosted-copy-differs', 'OB 2.0 §HostedBadge', { field: 'type' })]
    : [];
  return { subject: { ...found, document: copy.document }, checks: [...copy.checks, ...form, ...other] };
}

async function gatherClass({ subject, checks }: Gathered, session: Session): Promise<Gathered> {
  const named = ob2ClassOf(subject.document);
  if (named === 'Assertion') {
    const badge = await partOf(subject.document['badge'], 'BadgeClass', session);
    const withBadge = badge.part === undefined ? subject : { ...subject, badgeClass: badge.part };
    const gathered = { subject: withBadge, checks: [...checks, ...badge.checks] };
    if (badge.part === undefined) return gathered;
    return gatherIssuer(gathered, badge.part, badge.home ?? embeddedHomeOf(subject), session);
  }
  if (named === 'BadgeClass' || named === 'Endorsement')
    return gatherIssuer({ subject, checks }, subject.document, homeOf(subject), session);
  return { subject, checks };
}

/**
 * The issuer's profile. One that is embedded in a document of another host, or in a signed text, is a claim: its
 * policy and its keys are then read at its own address, or anybody could write himself into them (threat T43).
 */
async function gatherIssuer(
  { subject, checks }: Gathered,
  parent: JsonObject,
  parentAddress: string | undefined,
  session: Session,
): Promise<Gathered> {
  const value = parent['issuer'];
  const id = linkOf(value);
  const own = webAddressOf(id);
  const believable =
    own === undefined || (parentAddress !== undefined && hostOf(parentAddress) === hostOf(own));
  const link: Json | undefined = isJsonObject(value) && (!believable || !isProfile(value)) ? id : value;
  const issuer = await partOf(link, 'Profile', session);
  const all = [...checks, ...issuer.checks];
  if (issuer.part === undefined) return { subject, checks: all };
  const policy = await linkedPolicyOf(issuer.part, session);
  const complete = policy.part === undefined ? issuer.part : { ...issuer.part, verification: policy.part };
  return {
    subject: { ...subject, issuer: complete },
    checks: [...all, ...judgeIssuer(complete), ...policy.checks],
  };
}

/** A policy that is only linked must be read: without it the default might allow what the issuer forbids. */
async function linkedPolicyOf(issuer: JsonObject, session: Session): Promise<Part> {
  const value = issuer['verification'] ?? issuer['verify'];
  // One that stands in the profile is there to be read, whatever it is called.
  const isLink = typeof (isJsonObject(value) ? linkIn(value) : value) === 'string';
  return isLink ? partOf(linkOf(value), 'VerificationObject', session) : { checks: [] };
}

/** Of a profile that issues more is asked than of one that receives. Source: OB 2.0 §Profile (table). */
function judgeIssuer(issuer: JsonObject): readonly Check[] {
  const lacking = (name: string) => listOf(issuer[name]).length === 0;
  const findings: StructureFinding[] = [
    ...['name', 'url'].filter(lacking).map((name) => ({
      weight: 'broken' as const,
      code: 'missing-field' as const,
      field: `issuer.${name}`,
    })),
    // Real issuers leave their e-mail address out; nothing rests on it.
    ...['email']
      .filter((name) => lacking(name) || issuer[name] === '')
      .map((name) => ({ weight: 'loose' as const, code: 'missing-field' as const, field: `issuer.${name}` })),
  ];
  return findings.length === 0 ? [] : checksOf(findings).filter((check) => check.outcome !== 'passed');
}

type Part = {
  readonly part?: JsonObject;
  /** where it was had from, when one host alone answered for it */
  readonly home?: string;
  readonly checks: readonly Check[];
};

async function partOf(value: Json | undefined, as: Ob2Class, session: Session): Promise<Part> {
  if (isJsonObject(value) && typeof linkIn(value) !== 'string') return { part: value, checks: [] };
  const address = linkOf(value);
  const source = 'OB 2.0 §Data Validation';
  if (address === undefined || webAddressOf(address) === undefined) {
    // A link such as `urn:uuid:…` names something that nobody can be asked for.
    const facts = { host: (address ?? '').slice(0, 100), address: (address ?? '').slice(0, 200) };
    return {
      checks: [
        failure(
          as === 'Profile' ? 'issuer' : 'hosting',
          'unreachable',
          'document-unreachable',
          source,
          facts,
        ),
      ],
    };
  }
  const linked = await readLinked(address, as === 'Profile' ? 'issuer' : 'hosting', session);
  if (linked.document === undefined) return { checks: linked.checks };
  const form = checksOf(judgeLinked(linked.document, as)).filter((check) => check.outcome !== 'passed');
  const from = linked.fetched;
  // A redirect to another host hands the word over to it: what came that way is nobody's own document.
  const home = from !== undefined && answeringHost(from) !== undefined ? { home: from.requested } : {};
  // In 1.1 an id may be left out; then the link is all that names it.
  const part = withSingleValues(linked.document, as);
  const named = idOf(part) === undefined ? { ...part, id: address } : part;
  return { part: named, ...home, checks: [...linked.checks, ...form] };
}

/** Badge class and profile may have stayed in the form of 1.1 when their assertions moved on: they say so. */
function judgeLinked(document: JsonObject, as: Ob2Class): readonly StructureFinding[] {
  const isOlder = generationOf(document) === '1.1';
  if (isOlder && as === 'BadgeClass') return judgeOb1(document, as);
  return isOlder && as === 'Profile' ? judgeOb1(document, 'Issuer') : judgeOb2(document, as);
}

/** Findings of form as checks: broken parts ask `malformed`, loose ones are shown. */
export function checksOf(
  findings: readonly StructureFinding[],
  source = 'OB 2.0 §Data Classes',
): readonly Check[] {
  const checks = findings.map(({ weight, code, field }) =>
    weight === 'broken'
      ? failure('form', 'malformed', code, source, { field })
      : warning('form', 'field-loose', source, { field }),
  );
  const broken = findings.some(({ weight }) => weight === 'broken');
  return broken ? checks : [passed('form', 'well-formed', source), ...checks];
}

/** Badge classes and profiles say nothing of verification: where they lie is all that vouches for them. */
export function isHosted(subject: Subject): boolean {
  if (subject.token !== undefined) return false;
  const named = ob2ClassOf(subject.document);
  if (named === 'Assertion' || named === 'Endorsement')
    return verificationKindOf(subject.document) === 'hosted' || subject.document['revoked'] === true;
  return true;
}

/** The address at which the subject is the issuer's word; a token has none. */
function homeOf(subject: Subject): string | undefined {
  const { hosted } = subject;
  return hosted !== undefined && hostOf(hosted.requested) === hostOf(hosted.url)
    ? hosted.requested
    : undefined;
}

/** A badge class inside the assertion is at home where the assertion is. */
function embeddedHomeOf(subject: Subject): string | undefined {
  return isJsonObject(subject.document['badge']) ? homeOf(subject) : undefined;
}

function isProfile(value: JsonObject): boolean {
  return ob2ClassOf(value) === 'Profile';
}

function asks(checks: readonly Check[], outcome: Check['asks']): boolean {
  return checks.some((check) => check.asks === outcome);
}
