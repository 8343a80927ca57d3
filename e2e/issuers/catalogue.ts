/** How a badge is made and handed out; between them the school's badges use every one. */
export type Format = 'hosted' | 'signed' | 'jwt-eddsa' | 'jwt-es256' | 'jwt-rs256' | 'data-integrity';
export type Container = 'plain' | 'png' | 'svg';

export type SchoolBadge = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly criteria: string;
  readonly tags: readonly string[];
  readonly earned: 'assessment' | 'peer' | 'open-day';
  readonly format: Format;
  readonly container: Container;
  /** an address in the page, or the whole badge in a `data:` address */
  readonly offeredAs: 'address' | 'data';
  /** hue of its picture, in degrees */
  readonly hue: number;
};

/** Every badge that the School of Webcraft gives. */
export const catalogue: readonly SchoolBadge[] = [
  {
    slug: 'javascript',
    name: 'JavaScript',
    description: 'Writes a small function that does what was asked, also when there is nothing to do.',
    criteria: 'Passes the JavaScript assessment: a function that finds the longest word of a list.',
    tags: ['skill', 'programming'],
    earned: 'assessment',
    format: 'hosted',
    container: 'plain',
    offeredAs: 'address',
    hue: 85,
  },
  {
    slug: 'php',
    name: 'PHP',
    description: "Greets a visitor by name without letting the name become part of the page's code.",
    criteria: 'Passes the PHP assessment: mends a line that shows what a visitor sent.',
    tags: ['skill', 'programming', 'security'],
    earned: 'assessment',
    format: 'signed',
    container: 'plain',
    offeredAs: 'address',
    hue: 280,
  },
  {
    slug: 'accessibility',
    name: 'Accessibility',
    description: 'Builds pages that can be heard, and used with a keyboard alone.',
    criteria: 'Passes the Accessibility assessment: mends a piece of a page that shuts people out.',
    tags: ['value', 'inclusion'],
    earned: 'assessment',
    format: 'data-integrity',
    container: 'svg',
    offeredAs: 'address',
    hue: 230,
  },
  {
    slug: 'good-teammate',
    name: 'Good Teammate',
    description: 'Keeps promises, shares the work, and leaves things better for the next person.',
    criteria: 'Named by a class mate.',
    tags: ['peer', 'community'],
    earned: 'peer',
    format: 'jwt-eddsa',
    container: 'plain',
    offeredAs: 'data',
    hue: 25,
  },
  {
    slug: 'peer-mentor',
    name: 'Peer Mentor',
    description: 'Helps a class mate to understand something, patiently, without doing it for them.',
    criteria: 'Named by a class mate who was helped.',
    tags: ['peer', 'community'],
    earned: 'peer',
    format: 'jwt-es256',
    container: 'plain',
    offeredAs: 'address',
    hue: 150,
  },
  {
    slug: 'first-page',
    name: 'First Page',
    description: 'Published a first page of their own on the open day.',
    criteria: 'Put a page online at the open day.',
    tags: ['open day'],
    earned: 'open-day',
    format: 'jwt-rs256',
    container: 'plain',
    offeredAs: 'address',
    hue: 55,
  },
  {
    slug: 'view-source',
    name: 'View Source',
    description: 'Read the source of a page and changed something in it.',
    criteria: 'Changed a page in the browser at the open day.',
    tags: ['open day'],
    earned: 'open-day',
    format: 'hosted',
    container: 'png',
    offeredAs: 'address',
    hue: 200,
  },
  {
    slug: 'good-question',
    name: 'Good Question',
    description: 'Asked a question that helped the whole room.',
    criteria: 'Asked a question at the open day.',
    tags: ['open day', 'community'],
    earned: 'open-day',
    format: 'data-integrity',
    container: 'plain',
    offeredAs: 'address',
    hue: 330,
  },
];

export function badgeOf(slug: string): SchoolBadge | undefined {
  return catalogue.find((badge) => badge.slug === slug);
}
