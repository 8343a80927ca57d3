import type { Identity } from '../model/badge.ts';
import type { Url } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import type { FindingCode, Outcome, ReasonCode } from '../model/verdict.ts';
import type { Asked } from '../verify/presentation-proof.ts';
import type { BuiltBadge } from './build-badge.ts';
import type { Documents } from './documents.ts';
import type { EmbeddedSuite } from './sign-data-integrity.ts';
import type { SigningKey } from './signing-keys.ts';

/**
 * An independent library that reads the case as well, and what it says. It judges less than we do: of a token the
 * signature alone, of a credential no status and no recipient.
 */
export type Reader =
  | { readonly library: 'jose'; readonly key: SigningKey; readonly says: 'accepts' | 'refuses' }
  | {
      readonly library: '@digitalbazaar/vc';
      readonly suite: EmbeddedSuite;
      /** of a presentation: what it is asked with, for the library reads none without */
      readonly challenge?: string;
      readonly says: 'accepts' | 'refuses';
    };

export type Expectation = `${Outcome}: ${ReasonCode}`;

/** A badge that is really signed, and what has to be said of it. */
export type SignedCase = {
  readonly area: string;
  readonly name: string;
  readonly expected: Expectation;
  readonly bytes: Uint8Array;
  readonly documents: Documents;
  /** a finding that has to be told beside the verdict */
  readonly told?: FindingCode;
  readonly recipient?: readonly Identity[];
  /** asked for at this address, and not handed over */
  readonly address?: Url;
  /** what the holder of a presentation was asked for */
  readonly asked?: Asked;
  /** absent where no independent library that we know reads it */
  readonly reader?: Reader;
};

/** What a case has beside area, name and expectation. */
export type CaseParts = Omit<SignedCase, 'area' | 'name' | 'expected' | 'bytes' | 'documents'> & {
  readonly documents?: Documents;
};

/** Collects the cases of one area; `document` may be bytes, a token or JSON. */
export function collectCases(area: string) {
  const cases: SignedCase[] = [];
  const add = (
    expected: Expectation,
    name: string,
    document: Uint8Array | JsonObject | string,
    parts: CaseParts = {},
  ): void => {
    cases.push({ area, name, expected, documents: new Map(), ...parts, bytes: bytesOf(document) });
  };
  return { cases, add };
}

function bytesOf(document: Uint8Array | JsonObject | string): Uint8Array {
  if (document instanceof Uint8Array) return document;
  return utf8(typeof document === 'string' ? document : JSON.stringify(document));
}

export function readByJose(key: SigningKey, says: 'accepts' | 'refuses'): { readonly reader: Reader } {
  return { reader: { library: 'jose', key, says } };
}

export function readByVc(
  suite: EmbeddedSuite,
  says: 'accepts' | 'refuses',
  challenge?: string,
): { readonly reader: Reader } {
  const asked = challenge === undefined ? {} : { challenge };
  return { reader: { library: '@digitalbazaar/vc', suite, says, ...asked } };
}

/** A badge as the case shows it, with what its issuers serve. */
export function served({ documents }: Pick<BuiltBadge, 'documents'>): { readonly documents: Documents } {
  return { documents };
}
