import { plainParagraphs, plainText } from '../../shared/messages/plain-text.ts';
import type { CollectionPageData } from '../../shared/model/page-data.ts';
import { en } from '../messages/en.ts';
import { BadgeGrid, PrintedChecks } from './badge-grid.tsx';
import { pageText, pathOfShelf, Sheet, SignedFoot, say } from './layout.tsx';
import { PrintedAddress } from './printed-address.tsx';
import { CollectionAbout, countsOf, ownerName } from './profile-page.tsx';

const maxTitleLength = 80;

/** `/@{handle}/{collection}`: one collection, whose it is, and its badges (product §4). */
export function collectionPage(data: CollectionPageData): string {
  const { collection, secret } = data;
  const name = ownerName(data);
  const title = plainText(collection.title, maxTitleLength) || en.profile.spokenBadges;
  const about = collection.about === undefined ? '' : plainParagraphs(collection.about, 200);
  const counts = countsOf(collection.badges);
  const path = secret === undefined ? `${pathOfShelf(data)}/${collection.slug}` : pathOfShelf(data);
  return pageText(
    {
      title: say(en.collection.title, { title, name }),
      description: about === '' ? say(en.profile.description, { counts }) : plainText(about, 200),
      address: data.origin + path,
      theme: data.theme,
      kind: 'profile',
      firstScreens: ['collection'],
      listed: data.listed && secret === undefined,
    },
    <>
      <main class="page" data-host={new URL(data.origin).host}>
        <p class="page-back">
          <a href={`/@${data.handle}`}>{say(en.collection.back, { name })}</a>
        </p>
        <header class="profile-head">
          <h1 class="collection-name">
            <bdi>{title}</bdi>
          </h1>
          <CollectionAbout about={collection.about} />
          {collection.badges.length > 0 && <p class="soft">{counts}</p>}
          <PrintedChecks badges={collection.badges} />
          {secret !== undefined && <p class="soft small">{en.collection.unlisted}</p>}
        </header>
        <Sheet of="profile" />
        {collection.badges.length === 0 ? (
          <p class="profile-none">{en.profile.none}</p>
        ) : (
          <section>
            <h2 class="spoken">{en.profile.spokenBadges}</h2>
            <BadgeGrid badges={collection.badges} shelf={data} />
          </section>
        )}
        <PrintedAddress address={data.origin + path} />
      </main>
      <SignedFoot shelf={data} path={path} identity={data.identity} formerly={data.formerly} />
    </>,
  );
}
