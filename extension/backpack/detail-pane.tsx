import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readBadge, readKeptOffer } from '../store/badges.ts';
import type { CardRow } from '../store/database.ts';
import { BadgeDetail } from './badge-detail.tsx';
import type { Say } from './notice.tsx';
import { useLive } from './use-live.ts';
import { WaitingDetail } from './waiting-detail.tsx';
import './detail-pane.css';

/** One badge, beside the grid or instead of it. Its heading takes the focus; Escape and the button close it. */
export function DetailPane(props: {
  readonly id: CardRow['id'];
  readonly close: string;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { id, close, words } = props;
  const said = words.own.detail;
  const kept = useLive(
    async (store) =>
      id.startsWith('offer|')
        ? { offer: await readKeptOffer(id, store) }
        : { badge: await readBadge(id, store) },
    [id],
  );
  const pane = useRef<HTMLElement>(null);
  useEffect(() => pane.current?.focus(), []);
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') location.hash = close;
  };

  return (
    <section class="detail" aria-label={said.title} ref={pane} tabIndex={-1} onKeyDown={closeOnEscape}>
      <a class="button detail-close" href={close}>
        <Icon name="back" />
        {said.close}
      </a>
      {kept.state === 'ready' && kept.value.badge !== undefined && (
        <BadgeDetail kept={kept.value.badge} close={close} words={words} say={props.say} />
      )}
      {kept.state === 'ready' && kept.value.offer !== undefined && (
        <WaitingDetail kept={kept.value.offer} close={close} words={words} say={props.say} />
      )}
      {kept.state === 'ready' && kept.value.badge === undefined && kept.value.offer === undefined && (
        <div class="page-empty">
          <p>{said.gone}</p>
          <p class="small">{said.goneRemedy}</p>
        </div>
      )}
    </section>
  );
}
