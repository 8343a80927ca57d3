/** A bad badge, and what is wrong with it. */
export type Exhibit = {
  readonly slug: string;
  readonly title: string;
  readonly wrong: string;
  /** a badge made with a flaw, or an address that misbehaves */
  readonly kind:
    | { readonly badge: 'revoked' | 'revoked-credential' | 'expired' | 'someone-elses' | 'tampered' }
    | { readonly misbehaves: Misbehaviour };
};

export type Misbehaviour = 'fails' | 'missing' | 'silent' | 'large' | 'page' | 'broken';

export const exhibits: readonly Exhibit[] = [
  {
    slug: 'revoked',
    title: 'Revoked',
    wrong: 'the school took this signed badge back; its list of revoked badges says why.',
    kind: { badge: 'revoked' },
  },
  {
    slug: 'revoked-credential',
    title: 'Revoked by a bit',
    wrong: 'the school took this credential back; one bit in its status list says so.',
    kind: { badge: 'revoked-credential' },
  },
  {
    slug: 'expired',
    title: 'Expired',
    wrong: 'it was good for a year, and the year is over.',
    kind: { badge: 'expired' },
  },
  {
    slug: 'someone-elses',
    title: 'Someone else’s',
    wrong: 'it is made out to another address.',
    kind: { badge: 'someone-elses' },
  },
  {
    slug: 'tampered',
    title: 'Tampered with',
    wrong: 'somebody changed its name after it was signed.',
    kind: { badge: 'tampered' },
  },
  {
    slug: 'server-error',
    title: 'A server that fails',
    wrong: 'the address answers with an error (500).',
    kind: { misbehaves: 'fails' },
  },
  {
    slug: 'missing',
    title: 'Nothing there',
    wrong: 'the address leads nowhere (404).',
    kind: { misbehaves: 'missing' },
  },
  {
    slug: 'silent',
    title: 'No answer at all',
    wrong: 'the address takes the question and never answers.',
    kind: { misbehaves: 'silent' },
  },
  {
    slug: 'too-large',
    title: 'Too large',
    wrong: 'six megabytes come instead of a badge.',
    kind: { misbehaves: 'large' },
  },
  {
    slug: 'page-instead',
    title: 'A page instead of a badge',
    wrong: 'the address answers with a web page.',
    kind: { misbehaves: 'page' },
  },
  {
    slug: 'broken',
    title: 'Cut off',
    wrong: 'the badge ends in the middle.',
    kind: { misbehaves: 'broken' },
  },
];
