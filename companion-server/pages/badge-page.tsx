import type { JSX } from 'preact';
import { BadgeFacts } from '../../shared/components/badge-facts.tsx';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { CheckList } from '../../shared/components/check-list.tsx';
import { IssuerLine } from '../../shared/components/issuer-line.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import { plainParagraphs } from '../../shared/messages/plain-text.ts';
import type { BadgePageData, PublishedBadge, Shelf } from '../../shared/model/page-data.ts';
import { checkListView } from '../../shared/views/check-list-view.ts';
import { en } from '../messages/en.ts';
import { viewOf } from './badge-grid.tsx';
import { pageText, pathOfShelf, SignedFoot, say, words } from './layout.tsx';
import { PrintedAddress } from './printed-address.tsx';
import { ownerName } from './profile-page.tsx';
import { goneSentence, SeenList } from './seen-list.tsx';

const maxNoteLength = 2000;

/** `/@{handle}/badges/{id}`: the badge, what it took, what was shown, and every step by which it was checked. */
export function badgePage(data: BadgePageData): string {
  const view = viewOf(data.badge);
  const name = ownerName(data);
  const note = data.badge.note === undefined ? '' : plainParagraphs(data.badge.note, maxNoteLength);
  const path = `${pathOfShelf(data)}/badges/${data.badge.id}`;
  const address = data.origin + path;
  const seen = seenSentence(data.badge);
  // Then the verdict says no more than this.
  const isRecorded = view.verdict.mark === 'as-recorded';
  return pageText(
    {
      title: say(en.badge.title, { badge: view.name, name }),
      description: `${view.verdict.word} · ${view.issuer.lead}`,
      address,
      theme: data.theme,
      kind: 'badge',
      listed: data.listed,
      ...(data.badge.picture === undefined ? {} : { picture: `${data.origin}/d/${data.badge.picture}` }),
    },
    <>
      <main class="page badge-page">
        <p class="page-back">
          <a href={pathOfShelf(data)}>
            {say(data.secret === undefined ? en.badge.back : en.badge.backUnlisted, { name })}
          </a>
        </p>
        <div class="badge-page-columns">
          <div class="badge-page-main">
            <div class="badge-page-head">
              <BadgePicture picture={view.picture} />
              <div class="badge-page-title">
                <h1 dir="auto">{view.name}</h1>
                <IssuerLine issuer={view.issuer} />
                <p class="badge-page-mark">
                  <a class="badge-page-mark-link" href="#checks">
                    <VerdictMark mark={view.verdict.mark} word={view.verdict.word} />
                  </a>
                </p>
              </div>
            </div>
            <h2 class="spoken">{en.badge.says}</h2>
            <BadgeFacts view={view} words={words} />
            {note !== '' && (
              <section class="badge-page-note">
                <h2>{en.profile.note}</h2>
                <p class="badge-facts-text" dir="auto">
                  {note}
                </p>
              </section>
            )}
          </div>
          <aside class="badge-page-checks" id="checks">
            <h2>{words.text.checkList.title}</h2>
            {isRecorded ? (
              <p>{seen}</p>
            ) : (
              <>
                <p>{goneSentence(data.badge.seen) ?? view.verdict.sentence}</p>
                <p class="soft small">{seen}</p>
              </>
            )}
            <p class="soft small">{recipientSentence(data)}</p>
            <CheckList groups={checkListView(data.badge.verdict.checks, words)} words={words} />
            <SeenList seen={data.badge.seen} address={path} />
            <DocumentLink badge={data.badge} shelf={data} />
          </aside>
        </div>
        <PrintedAddress address={address} />
      </main>
      <SignedFoot shelf={data} path={path} identity={data.identity} formerly={data.formerly} />
    </>,
  );
}

function seenSentence(badge: PublishedBadge): string {
  const date = words.formats.exactTime(badge.seenAt);
  return say(badge.standing === 'checked' ? en.badge.checkedOn : en.badge.recordedOn, { date });
}

/** Anyone can publish a badge that was issued to another (T52). An address is never compared here: only keys are public. */
function recipientSentence({ badge, identity, formerly }: BadgePageData): string {
  const { standing, verdict } = badge;
  const isGood = standing === 'checked' && (verdict.outcome === 'valid' || verdict.outcome === 'expired');
  const names = (did: string): boolean =>
    badge.badge?.recipients.some((one) => one.type === 'did' && one.identity === did) === true;
  if (isGood && names(identity)) return en.badge.recipientConfirmed;
  return isGood && formerly.some(names)
    ? en.badge.recipientConfirmedFormerly
    : en.badge.recipientNotConfirmed;
}

function DocumentLink({ badge, shelf }: { badge: PublishedBadge; shelf: Shelf }): JSX.Element {
  if (badge.document === undefined) return <p class="soft small">{en.badge.described}</p>;
  return (
    <div class="badge-page-document">
      <p>
        <a
          class="button button-main"
          href={`/check#document=${badge.document}&shown=${pathOfShelf(shelf).slice(1)}`}
        >
          {en.badge.checkYourself}
        </a>
      </p>
      <p>
        <a href={`/d/${badge.document}`} download>
          {en.badge.document}
        </a>
      </p>
      <p class="soft small">{en.badge.documentWhat}</p>
    </div>
  );
}
