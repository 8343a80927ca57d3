import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import { plainText } from '../messages/plain-text.ts';
import type { Issuer, IssuerProof } from '../model/badge.ts';

/** A sentence with one slot whose content is set apart: `before`, the foreign name, `after`. */
export type ClaimView = { readonly before: string; readonly name: string; readonly after: string };

/**
 * The most important line of a badge. `lead` is what was proven, and never a text of the issuer's choosing:
 * a host in its ASCII form, a key, or that nothing was. `claim` is what the badge says its issuer is.
 */
export type IssuerView = {
  readonly proven: boolean;
  readonly lead: string;
  readonly claim?: ClaimView;
  /** said after the lead, in caution: "not encrypted" */
  readonly caution?: string;
  /** what the lead means, or why nothing is proven */
  readonly why: string;
  /** the whole key, for comparing; only where a key leads or was seen */
  readonly wholeKey?: string;
};

export const maxIssuerNameLength = 80;
const keyTailLength = 8;
const maxKeyLength = 400;

/** Decides how a badge's issuer is named (threat T49). `issuer` absent: the badge could not be read so far. */
export function issuerView(issuer: Issuer | undefined, proof: IssuerProof, words: Words): IssuerView {
  const said = words.text.issuer;
  const name = issuer?.name === undefined ? '' : plainText(issuer.name, maxIssuerNameLength);
  const claimOf = (sentence: string): { claim?: ClaimView } =>
    name === '' ? {} : { claim: claimIn(sentence, name) };
  switch (proof.kind) {
    case 'host':
      return {
        proven: true,
        lead: hostText(proof.host),
        ...claimOf(said.saysItIs),
        ...(proof.encrypted ? {} : { caution: said.notEncrypted }),
        why: said.whyHost,
      };
    case 'key':
      return {
        proven: true,
        lead: fill(said.keyLead, { tail: tailOf(proof.key) }, words.formats),
        ...claimOf(said.saysItIs),
        why: said.whyKey,
        wholeKey: plainText(proof.key, maxKeyLength),
      };
    case 'unconfirmed':
      return {
        proven: false,
        lead: said.notProven,
        ...claimOf(said.names),
        why: said[`why-${proof.why}`],
        wholeKey: plainText(proof.key, maxKeyLength),
      };
    case 'none':
      return { proven: false, lead: said.notProven, ...claimOf(said.names), why: said.whyNone };
  }
}

/**
 * A host as it may be shown: lower case and ASCII, so that no letter can pass for another.
 * What is no host is shown as plain text and not beautified.
 */
export function hostText(host: string): string {
  try {
    return new URL(`https://${host}`).host;
  } catch {
    return plainText(host, 100);
  }
}

/** The host of an address as it may be shown; `undefined` for what is no http(s) address. */
export function hostOf(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : undefined;
  } catch {
    return undefined;
  }
}

/** The end of a key: its beginning is the same for all keys of a kind. */
function tailOf(key: string): string {
  const withoutFragment = plainText(key.split('#')[0] ?? key, maxKeyLength);
  return withoutFragment.slice(-keyTailLength);
}

function claimIn(sentence: string, name: string): ClaimView {
  const [before = '', after = ''] = sentence.split('{name}');
  return { before, name, after };
}
