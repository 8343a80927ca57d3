import type { Badge } from '../model/badge.ts';
import { parseUrl } from '../model/brands.ts';
import { failure, warning } from '../model/check.ts';
import { hostOf } from '../model/host-of.ts';
import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJsonObject,
  stringOf,
} from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import type { Format, Gathered } from './format.ts';
import { upgraded, withTimes } from './ob-1-view.ts';
import { checksOf } from './ob-2-gather.ts';
import { revokedInBody } from './ob-2-hosted-copy.ts';
import type { StructureFinding } from './ob-2-structure.ts';
import { badgeOfOb2 } from './ob-2-view.ts';
import { judgeFields, type OldField } from './old-structure.ts';
import { oldValidityOf } from './old-validity.ts';
import * as old from './old-values.ts';

const source = 'OB 0.5 (Mozilla backpack assertion)';

/**
 * Open Badges 0.5: one document with badge class and issuer inside, and no identity but the address that it was
 * fetched from. A bare file proves nothing; nobody says where it could be asked for. Source: OB 0.5.
 */
export const openBadges05: Format = {
  name: 'ob-0.5',
  generations: ['0.5'],
  judge: (document) => checksOf([...judgeFields(document, assertion), ...judgeHiding(document)], source),
  gather,
  proofsOf: () => [{ kind: 'hosted' }],
  statusesOf: () => [],
  validityOf: ({ document }) => oldValidityOf(awardedOf(document), document['expires']),
  endorsementsOf: () => [],
  badgeOf,
};

const issuer: readonly OldField[] = [
  { name: 'origin', required: 'broken', judge: old.judgeOrigin },
  { name: 'name', required: 'broken', judge: old.judgeText },
  { name: 'org', judge: old.judgeText },
  { name: 'contact', judge: old.judgeEmail },
];

const assertion: readonly OldField[] = [
  { name: 'recipient', required: 'broken', judge: old.judgeOldRecipient },
  { name: 'salt', judge: old.judgeText },
  { name: 'evidence', judge: (value) => (value === '' ? 'loose' : old.judgeRelativeAddress(value)) },
  { name: 'expires', judge: old.judgeTime },
  { name: 'revoked', judge: old.judgeRevoked },
  { name: 'issued_on', alias: 'issuedOn', judge: old.judgeTime },
  {
    name: 'badge',
    required: 'broken',
    fields: [
      { name: 'version', judge: old.judgeVersion },
      { name: 'name', required: 'broken', judge: old.judgeText },
      { name: 'description', required: 'broken', judge: old.judgeText },
      { name: 'image', required: 'broken', judge: judgePicture },
      { name: 'criteria', required: 'broken', judge: old.judgeRelativeAddress },
      { name: 'issuer', required: 'broken', fields: issuer },
    ],
  },
];

/**
 * A salt says that the recipient is hidden by a hash, and then he should be; the schema of the time takes a bare
 * address all the same. Source: OB 0.5 (recipient, salt).
 */
function judgeHiding({ recipient, salt }: JsonObject): readonly StructureFinding[] {
  const isBare = typeof salt === 'string' && salt !== '' && old.judgeEmail(recipient ?? null) === 'good';
  return isBare ? [{ weight: 'loose', code: 'field-loose', field: 'recipient' }] : [];
}

function judgePicture(value: Json): old.Judgement {
  const isInline = typeof value === 'string' && /^\s*data:/i.test(value);
  return isInline ? old.judgeImage(value) : old.judgeRelativeAddress(value);
}

/**
 * Asks the address that it came from. A picture at that address is no assertion: whoever shows a picture does not
 * vouch for what was baked into it.
 */
async function gather(subject: Subject, session: Session): Promise<Gathered> {
  const { address, ...unplaced } = subject;
  const placed = withIssuer(unplaced);
  if (address === undefined) return { subject: placed, checks: [] };
  const facts = { host: hostOf(address), address };
  const answer = await session.read(address);
  if (!answer.ok || (answer.value.status !== 200 && answer.value.status !== 410)) {
    const status = answer.ok ? { status: answer.value.status } : {};
    const unread = failure('hosting', 'unreachable', 'document-unreachable', source, { ...facts, ...status });
    return { subject: { ...placed, address }, checks: [unread] };
  }
  const hosted = answer.value;
  if (hosted.status === 410)
    return {
      subject: { ...placed, address, hosted },
      checks: [failure('status', 'revoked', 'gone', source, facts)],
    };
  const parsed = parseJsonObject(hosted.bytes);
  if (!parsed.ok) return { subject: placed, checks: [] };
  const document = parsed.value;
  const revoked = revokedInBody(document);
  if (revoked.length > 0 && document['badge'] === undefined)
    return { subject: { ...placed, address, hosted }, checks: revoked };
  const form = openBadges05.judge(document).filter((check) => check.asks !== undefined);
  return {
    subject: withIssuer({ ...unplaced, address, hosted, document }),
    checks: [...revoked, ...form, ...differences(subject.document, document)],
  };
}

/** Issuer and badge class as parts of their own, the issuer under its origin. */
function withIssuer(subject: Subject): Subject {
  const { document } = subject;
  const badge = document['badge'];
  const inside = isJsonObject(badge) ? badge['issuer'] : undefined;
  if (!isJsonObject(badge) || !isJsonObject(inside)) return subject;
  const origin = originOf(inside);
  const { id: _, verification: __, ...rest } = inside;
  return {
    ...subject,
    badgeClass: badge,
    issuer: { ...rest, ...(origin === undefined ? {} : { id: origin }) },
  };
}

/** The issuer's origin as an address; one that lacks its scheme means the host all the same. */
function originOf(inside: JsonObject): string | undefined {
  const written = stringOf(inside['origin'])?.trim() ?? '';
  const address = parseUrl(/^https?:\/\//i.test(written) ? written : `http://${written}`);
  return address.ok ? new URL(address.value).origin : undefined;
}

function differences(presented: JsonObject, hosted: JsonObject): readonly Check[] {
  if (canonicalJson(presented) === canonicalJson(hosted)) return [];
  const field = ['recipient', 'salt', 'badge'].find(
    (name) => canonicalJson(presented[name] ?? null) !== canonicalJson(hosted[name] ?? null),
  );
  return field === undefined
    ? [warning('integrity', 'hosted-copy-differs', source, {})]
    : [failure('integrity', 'invalid', 'hosted-copy-differs', source, { field })];
}

function awardedOf(document: JsonObject): Json | undefined {
  return document['issued_on'] ?? document['issuedOn'];
}

/** The same award in the words of 2.0, relative addresses on the issuer's origin. Source: OB 0.5; the digest's §a.9. */
function badgeOf(subject: Subject): Badge | undefined {
  const { document } = subject;
  const badge = document['badge'];
  const inside = isJsonObject(badge) ? badge['issuer'] : undefined;
  if (!isJsonObject(badge) || !isJsonObject(inside)) return undefined;
  const origin = originOf(inside);
  const absolute = (value: Json | undefined): Json => {
    const text = stringOf(value)?.trim() ?? '';
    if (text === '' || /^data:/i.test(text)) return text === '' ? null : text;
    const address = parseUrl(text, origin);
    return address.ok ? address.value : text;
  };
  const times = withTimes(
    { ...document, issued_on: awardedOf(document) ?? null },
    {
      issuedOn: 'issued_on',
      expires: 'expires',
    },
  );
  const id = subject.address ?? '';
  const view = badgeOfOb2({
    assertion: { ...times, id, evidence: absolute(document['evidence']) },
    badgeClass: {
      ...badge,
      image: absolute(badge['image']),
      criteria: absolute(badge['criteria']),
    },
    issuer: {
      id: origin ?? '',
      name: inside['name'] ?? null,
      url: origin ?? null,
      email: inside['contact'] ?? null,
      description: inside['org'] ?? null,
    },
  });
  return upgraded(view, subject, id);
}
