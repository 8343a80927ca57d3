import type { JSX } from 'preact';
import { plainParagraphs, plainText } from '../../shared/messages/plain-text.ts';
import type {
  ProfileData,
  PublishedBadge,
  PublishedCollection,
  Shelf,
} from '../../shared/model/page-data.ts';
import { en } from '../messages/en.ts';
import { BadgeGrid, GroupedBadges, PrintedChecks } from './badge-grid.tsx';
import { pageText, pathOfShelf, Sheet, SignedFoot, say, words } from './layout.tsx';
import { PrintedAddress } from './printed-address.tsx';

const maxNameLength = 80;
const maxAboutLength = 2000;

/** The owner's name as it may be shown: plain, cut, never empty. */
export function ownerName(owner: { readonly name?: string; readonly handle: string }): string {
  const name = owner.name === undefined ? '' : plainText(owner.name, maxNameLength);
  return name === '' ? `@${owner.handle}` : name;
}

/** `/@{handle}`: who, one line about, one sentence of counts, then the badges. */
export function profilePage(data: ProfileData): string {
  const name = ownerName(data);
  const badges = data.collections.flatMap((collection) => collection.badges);
  const counts = countsOf(badges);
  const about = data.about === undefined ? '' : plainParagraphs(data.about, maxAboutLength);
  return pageText(
    {
      title: say(en.profile.title, { name }),
      description: about === '' ? say(en.profile.description, { counts }) : plainText(about, 200),
      address: `${data.origin}/@${data.handle}`,
      alternate: `/@${data.handle}.json`,
      listed: data.listed,
      theme: data.theme,
      kind: 'profile',
      firstScreens: data.cover === undefined ? ['profile'] : ['profile', 'cover'],
      ...(data.cover === undefined ? {} : { picture: `${data.origin}/d/${data.cover}` }),
    },
    <>
      <main class="page" data-host={new URL(data.origin).host}>
        <header class="profile-head">
          {data.cover !== undefined && <img class="profile-cover" src={`/d/${data.cover}`} alt="" />}
          <h1 class="profile-name">
            <bdi>{name}</bdi>
          </h1>
          {about !== '' && (
            <p class="profile-about">
              <bdi>{about}</bdi>
            </p>
          )}
          {badges.length > 0 && <p class="soft">{counts}</p>}
          <PrintedChecks badges={badges} />
        </header>
        <Sheet of="profile" />
        {badges.length === 0 && <p class="profile-none">{en.profile.none}</p>}
        {data.collections.map((collection) => (
          <Chapter
            key={collection.slug}
            collection={collection}
            shelf={data}
            alone={data.collections.length === 1}
          />
        ))}
        <PrintedAddress address={`${data.origin}/@${data.handle}`} />
      </main>
      <SignedFoot shelf={data} path={`/@${data.handle}`} identity={data.identity} formerly={data.formerly} />
    </>,
  );
}

/** A collection as a chapter of the profile; its title leads to its own page. */
function Chapter(props: {
  readonly collection: PublishedCollection;
  readonly shelf: Shelf;
  readonly alone: boolean;
}): JSX.Element | null {
  const { collection, shelf } = props;
  if (collection.badges.length === 0) return null;
  const title = plainText(collection.title, maxNameLength);
  return (
    <section class="profile-collection">
      {title === '' ? (
        <h2 class={props.alone ? 'spoken' : undefined}>
          {props.alone ? en.profile.spokenBadges : en.profile.moreBadges}
        </h2>
      ) : (
        <h2 dir="auto">
          <a href={`${pathOfShelf(shelf)}/${collection.slug}`}>{title}</a>
        </h2>
      )}
      <CollectionAbout about={collection.about} />
      {props.alone ? (
        <GroupedBadges badges={collection.badges} shelf={shelf} />
      ) : (
        <BadgeGrid badges={collection.badges} shelf={shelf} />
      )}
    </section>
  );
}

/** What its owner says about a collection. */
export function CollectionAbout({ about }: { readonly about: string | undefined }): JSX.Element | null {
  const text = about === undefined ? '' : plainParagraphs(about, maxAboutLength);
  if (text === '') return null;
  return (
    <p class="profile-collection-about">
      <bdi>{text}</bdi>
    </p>
  );
}

/**
 * "14 badges from 6 issuers, 2012 – 2026". Issuers are told apart by what they call themselves as id; a badge that
 * stands in several collections counts once.
 */
export function countsOf(shown: readonly PublishedBadge[]): string {
  const badges = [...new Map(shown.map((badge) => [badge.id, badge])).values()];
  const issuers = new Set(badges.map((one) => one.badge?.issuer.id ?? ''));
  issuers.delete('');
  const years = badges
    .map((one) => one.badge?.awarded)
    .filter((awarded) => awarded !== undefined)
    .map((awarded) => words.formats.year(awarded))
    .sort();
  const first = years[0];
  const last = years.at(-1);
  const facts = {
    badges: words.formats.plural(badges.length, words.text.count.badges),
    issuers: words.formats.plural(issuers.size, words.text.count.issuers),
  };
  if (issuers.size === 0) return say(en.profile.countsAlone, facts);
  return first === undefined || last === undefined
    ? say(en.profile.counts, facts)
    : say(en.profile.countsSince, { ...facts, years: first === last ? first : `${first} – ${last}` });
}
