import type { JSX } from 'preact';
import { Icon, type IconName } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { IssuerCount } from './badge-list-view.ts';
import { addressOf, type Route } from './route.ts';
import './rail.css';

/** More issuers than this are reached by search. */
const maxIssuers = 12;

/** The places of the backpack. */
export function Rail(props: {
  readonly route: Route;
  readonly words: BackpackWords;
  readonly issuers: readonly IssuerCount[];
  readonly count: number | undefined;
  /** syncing has stopped until the learner does something about it, in the settings */
  readonly needed: boolean;
}): JSX.Element {
  const { route, words } = props;
  const said = words.own.backpack;
  const places: readonly { readonly route: Route; readonly icon: IconName; readonly word: string }[] = [
    { route: { place: 'import' }, icon: 'plus', word: said.import },
    { route: { place: 'collections' }, icon: 'layers', word: said.collections },
    { route: { place: 'sharing' }, icon: 'share', word: said.sharing },
    { route: { place: 'addresses' }, icon: 'address', word: said.addresses },
    { route: { place: 'trash' }, icon: 'trash', word: said.trash },
    { route: { place: 'settings' }, icon: 'settings', word: said.settings },
  ];
  const issuer = route.place === 'badges' ? route.issuer : undefined;
  return (
    <nav class="rail" aria-label={words.own.common.name}>
      <p class="rail-name">
        <Icon name="backpack" />
        {words.own.common.name}
      </p>
      <ul class="rail-places">
        <li>
          <a href="#/" aria-current={route.place === 'badges' && issuer === undefined ? 'page' : undefined}>
            <Icon name="grid" />
            <span>{said.all}</span>
            {props.count !== undefined && <span class="rail-count">{words.formats.number(props.count)}</span>}
          </a>
        </li>
        {places.map((place) => (
          <li key={place.word}>
            <a
              href={addressOf(place.route)}
              aria-current={route.place === place.route.place ? 'page' : undefined}
            >
              <Icon name={place.icon} />
              <span>{place.word}</span>
              {props.needed && place.route.place === 'settings' && (
                <span class="rail-needed">{words.own.sync.needsYou}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
      {props.issuers.length > 1 && (
        <section class="rail-issuers">
          <h2>{said.byIssuer}</h2>
          <ul>
            {props.issuers.slice(0, maxIssuers).map(({ lead, count }) => (
              <li key={lead}>
                <a
                  href={addressOf({ place: 'badges', issuer: lead })}
                  aria-current={issuer === lead ? 'page' : undefined}
                >
                  <span>{lead}</span>
                  <span class="rail-count">{words.formats.number(count)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </nav>
  );
}
