import type { JSX } from 'preact';
import { TimeSentence } from '../../shared/components/time-text.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import { sayError } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { hostOf } from '../../shared/views/issuer-view.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { KeptOffer } from '../store/kept-badge.ts';
import type { Say } from './notice.tsx';
import { useBadgeActions } from './use-badge-actions.ts';

/** An offer that was kept before its issuer answered. */
export function WaitingDetail(props: {
  readonly kept: KeptOffer;
  readonly close: string;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { kept, words } = props;
  const said = words.own.detail;
  const name =
    plainText(kept.name ?? '', 200) ||
    fill(words.own.popup.someBadge, { host: hostOf(kept.address) ?? '' }, words.formats);
  const { happened, remedy } = sayError(kept.error, words);
  const actions = useBadgeActions(
    { id: kept.id, name, outcome: 'unreachable', close: props.close },
    words,
    props.say,
  );
  return (
    <article class="badge-detail">
      <h2 dir="auto">{name}</h2>
      <VerdictMark mark="not-checked" word={words.text.marks['not-checked']} />
      <div class="page-alert">
        <p>{happened}</p>
        <p class="soft small">{remedy}</p>
      </div>
      <div class="badge-detail-actions">
        <button
          type="button"
          class="button button-main"
          aria-disabled={actions.checking}
          onClick={actions.verifyAgain}
        >
          {actions.checking ? said.verifying : words.own.common.tryAgain}
        </button>
        <button type="button" class="button button-danger" onClick={actions.remove}>
          {said.remove}
        </button>
      </div>
      <p class="soft small">
        <bdi>{plainText(kept.address, 300)}</bdi>
      </p>
      <p class="small">
        <TimeSentence sentence={said.inBackpackSince} instant={kept.kept} formats={words.formats} />
      </p>
    </article>
  );
}
