import type { JSX } from 'preact';
import { BadgeFacts } from '../../shared/components/badge-facts.tsx';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { CheckList } from '../../shared/components/check-list.tsx';
import { Icon } from '../../shared/components/icon.tsx';
import { IssuerLine } from '../../shared/components/issuer-line.tsx';
import { TimeSentence } from '../../shared/components/time-text.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import { fill } from '../../shared/messages/formats.ts';
import { badgeView } from '../../shared/views/badge-view.ts';
import { checkListView } from '../../shared/views/check-list-view.ts';
import { recipientView } from '../../shared/views/recipient-view.ts';
import type { VerdictView } from '../../shared/views/verdict-view.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readCard } from '../store/badges.ts';
import type { KeptBadge } from '../store/kept-badge.ts';
import { Changes } from './changes.tsx';
import { CheckHistory } from './check-history.tsx';
import { InCollections } from './in-collections.tsx';
import type { Say } from './notice.tsx';
import { addressOf } from './route.ts';
import { SaveOriginal } from './save-original.tsx';
import { SavePicture } from './save-picture.tsx';
import { SnapshotList } from './snapshot-list.tsx';
import { useBadgeActions } from './use-badge-actions.ts';
import { useLive } from './use-live.ts';
import { usePicture } from './use-picture.ts';

/** Everything a kept badge says and rests on, in the order in which a person asks. */
export function BadgeDetail(props: {
  readonly kept: KeptBadge;
  readonly close: string;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, words } = props;
  const said = words.own.detail;
  const pictureAddress = usePicture(kept.picture);
  const card = useLive((store) => readCard(kept.id, store), [kept.id]);
  const view = badgeView(
    {
      badge: kept.badge,
      verdict: kept.verdict,
      issuerProof: kept.issuerProof,
      ...(kept.unansweredSince === undefined ? {} : { rememberedFrom: kept.snapshot.taken }),
      ...(pictureAddress === undefined ? {} : { pictureAddress }),
      ...(kept.name === undefined ? {} : { fallbackName: kept.name }),
    },
    words,
  );
  const actions = useBadgeActions(
    { id: kept.id, name: view.name, outcome: kept.verdict.outcome, close: props.close },
    words,
    props.say,
  );
  const match = card.state === 'ready' ? card.value?.match : undefined;
  const { formats } = words;

  return (
    <article class="badge-detail">
      <div class="badge-detail-head">
        <div class="badge-detail-picture">
          <BadgePicture picture={view.picture} />
        </div>
        <div class="badge-detail-title">
          <h2 dir="auto">{view.name}</h2>
          <IssuerLine issuer={view.issuer} />
          <VerdictMark mark={view.verdict.mark} word={view.verdict.word} />
          {match !== undefined && kept.badge !== undefined && (
            <p class="soft small">{recipientView(match, words).sentence}</p>
          )}
        </div>
      </div>
      <div class={verdictClass(view.verdict)}>
        <p>{view.verdict.sentence}</p>
        {view.verdict.remedy !== undefined && <p class="soft small">{view.verdict.remedy}</p>}
        {kept.unansweredSince !== undefined && (
          <p class="soft small">
            {fill(said.issuerSilent, { since: kept.unansweredSince, taken: kept.snapshot.taken }, formats)}
          </p>
        )}
        {view.verdict.notes.map((note) => (
          <p key={note} class="soft small">
            {note}
          </p>
        ))}
      </div>
      <div class="badge-detail-actions">
        <button type="button" class="button" aria-disabled={actions.checking} onClick={actions.verifyAgain}>
          <Icon name="again" />
          {actions.checking ? said.verifying : said.verifyAgain}
        </button>
        {kept.badge !== undefined && (
          <a class="button" href={addressOf({ place: 'sharing', badge: kept.id })}>
            <Icon name="share" />
            {said.share}
          </a>
        )}
      </div>
      <Changes kept={kept} words={words} />
      <BadgeFacts view={view} words={words} />
      <section class="badge-detail-part">
        <h3>{said.who}</h3>
        <IssuerLine issuer={view.issuer} />
        <p class="soft small">{view.issuer.why}</p>
        {view.issuer.wholeKey !== undefined && (
          <p class="soft small">
            {words.text.issuer.wholeKey}: <code>{view.issuer.wholeKey}</code>
          </p>
        )}
      </section>
      <section class="badge-detail-part">
        <h3>{words.text.checkList.title}</h3>
        <CheckList groups={checkListView(kept.verdict.checks, words)} words={words} />
        <CheckHistory history={kept.history} words={words} />
      </section>
      <SnapshotList kept={kept} words={words} />
      <section class="badge-detail-part">
        <h3>{said.mine}</h3>
        <p class="small">
          <TimeSentence sentence={said.inBackpackSince} instant={kept.kept} formats={formats} />
        </p>
        <p class="small">
          {kept.page === undefined || kept.page === ''
            ? said.imported
            : fill(said.source, { host: kept.page }, formats)}
        </p>
        {kept.badge !== undefined && <InCollections badge={kept.id} words={words} say={props.say} />}
        <div class="badge-detail-actions">
          {kept.badge !== undefined && (kept.picture !== undefined || isPicture(kept)) && (
            <SavePicture kept={kept} name={view.name} words={words} />
          )}
          <SaveOriginal kept={kept} name={view.name} words={words} />
          <button type="button" class="button button-danger" onClick={actions.remove}>
            <Icon name="trash" />
            {said.remove}
          </button>
        </div>
      </section>
    </article>
  );
}

/** What is wrong with the badge itself stands out in red, what is only not known in amber. */
function verdictClass({ mark, struck }: VerdictView): string {
  if (mark === 'checked') return 'badge-detail-verdict';
  return `badge-detail-verdict page-alert${struck ? ' page-alert-danger' : ''}`;
}

/** It came as a picture, so it can be saved as one. */
function isPicture({ container }: KeptBadge): boolean {
  return container === 'png' || container === 'svg';
}
