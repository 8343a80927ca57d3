import type { JSX } from 'preact';
import { BadgeCard } from '../../shared/components/badge-card.tsx';
import { badgeGroups } from '../../shared/model/achievement-types.ts';
import type { PublishedBadge, Shelf } from '../../shared/model/page-data.ts';
import { type BadgeView, badgeView } from '../../shared/views/badge-view.ts';
import { en } from '../messages/en.ts';
import { pathOfShelf, say, words } from './layout.tsx';
import { silentRun } from './seen-list.tsx';

type Props = { readonly badges: readonly PublishedBadge[]; readonly shelf: Shelf };
type Shown = { readonly published: PublishedBadge; readonly view: BadgeView };

/** What a badge is shown with on this server's pages. */
export function viewOf(published: PublishedBadge) {
  return badgeView(
    {
      badge: published.badge,
      verdict: published.verdict,
      issuerProof: published.issuerProof,
      standing: published.standing,
      fallbackName: en.badge.unread,
      ...(published.standing === 'checked' && silentRun(published.seen) !== undefined
        ? { rememberedFrom: published.seenAt }
        : {}),
      ...(published.picture === undefined ? {} : { pictureAddress: `/d/${published.picture}` }),
    },
    words,
  );
}

/** Badges as tiles, each the way to its page. */
export function BadgeGrid({ badges, shelf }: Props): JSX.Element {
  return <Tiles shown={shownOf(badges)} shelf={shelf} />;
}

/**
 * Badges that nobody has arranged in chapters: skills, achievements, qualities and affiliations apart, where at least
 * two of these can be told. Within each they keep the order of their owner.
 */
export function GroupedBadges({ badges, shelf }: Props): JSX.Element {
  const shown = shownOf(badges);
  const groups = [...badgeGroups, undefined]
    .map((group) => ({ group, shown: shown.filter(({ view }) => view.group === group) }))
    .filter((each) => each.shown.length > 0);
  if (groups.filter(({ group }) => group !== undefined).length < 2)
    return <Tiles shown={shown} shelf={shelf} />;
  return (
    <div class="profile-groups">
      {groups.map((each) => (
        <section key={each.group} class="profile-group">
          <h3>{each.group === undefined ? en.profile.moreBadges : words.text.groups[each.group]}</h3>
          <Tiles shown={each.shown} shelf={shelf} headingLevel={4} />
        </section>
      ))}
    </div>
  );
}

function shownOf(badges: readonly PublishedBadge[]): readonly Shown[] {
  return badges.map((published) => ({ published, view: viewOf(published) }));
}

function Tiles(props: {
  readonly shown: readonly Shown[];
  readonly shelf: Shelf;
  readonly headingLevel?: 4;
}): JSX.Element {
  const { shown, shelf, headingLevel = 3 } = props;
  return (
    <ul class="badge-grid">
      {shown.map(({ published, view }) => (
        <BadgeCard
          key={published.id}
          view={view}
          address={`${pathOfShelf(shelf)}/badges/${published.id}`}
          headingLevel={headingLevel}
          isStyled
        />
      ))}
    </ul>
  );
}

/** On paper: the days of the checks, said once for all. Whatever was not checked, or stays silent, says so itself. */
export function PrintedChecks({
  badges,
}: {
  readonly badges: readonly PublishedBadge[];
}): JSX.Element | null {
  const instants = badges
    .filter(({ standing, seen }) => standing === 'checked' && silentRun(seen) === undefined)
    .map(({ seenAt }) => seenAt)
    .sort();
  const [first, last] = [instants[0], instants.at(-1)];
  if (first === undefined || last === undefined) return null;
  const days = { first: words.formats.date(first), last: words.formats.date(last) };
  return <p class="printed">{say(days.first === days.last ? en.printedCheck : en.printedChecks, days)}</p>;
}
