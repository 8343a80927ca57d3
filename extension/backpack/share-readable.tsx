import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { Url } from '../../shared/model/brands.ts';
import { asBackpackError, type BackpackError } from '../../shared/model/errors.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { CardRow } from '../store/database.ts';
import { badgesIn, singleBadges } from '../store/shown-collections.ts';
import type { AccountActions, Disclosure, ProfileDraft } from './account-actions.ts';
import { ReadableBadge } from './readable-badge.tsx';
import { ReadableCollections } from './readable-collections.tsx';
import { pageAddress, type ShareDraft, saidToggled, showsAddress } from './share-draft.ts';
import { UnlockForm } from './unlock-form.tsx';
import './share-readable.css';

/** What becomes readable by one draft. */
type Read = { readonly of: ProfileDraft; readonly all: readonly Disclosure[] };

/** The last step: exactly what becomes readable. The signature under it is the consent, so it stands right here. */
export function ShareReadable(props: {
  readonly server: Url;
  readonly cards: readonly CardRow[];
  readonly draft: ProfileDraft;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly onDraft: (draft: ShareDraft) => void;
  readonly onBack: () => void;
  /** nobody can have this name in the address, or somebody has it */
  readonly onNameRefused: (why: BackpackError) => void;
  /** publishing has begun; it may still fail */
  readonly onBegin: () => void;
  readonly onDone: (text: string) => void;
}): JSX.Element {
  const { draft, actions, words } = props;
  const said = words.own.sharing;
  const [read, setRead] = useState<Read>();
  const [agreedTo, setAgreedTo] = useState<Read>();
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const [locked, setLocked] = useState(false);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stale = false;
    actions.disclose(badgesIn(draft.badges, draft.collections), draft.said).then(
      (disclosed) => {
        if (!stale) setRead({ of: draft, all: disclosed });
      },
      (thrown: unknown) => {
        if (!stale) setWrong(sayErrorInFull(asBackpackError(thrown), words));
      },
    );
    return () => {
      stale = true;
    };
  }, [actions, draft, round, words]);
  if (read === undefined)
    return wrong === '' ? (
      <p class="soft">{words.own.common.working}</p>
    ) : (
      <p class="field-error" role="alert">
        {wrong}
      </p>
    );
  const disclosures = read.all;
  const needsYes = showsAddress(disclosures);
  // A yes is to one list: a list that is read anew asks for another.
  const agreed = agreedTo === read;
  const beingRead = read.of !== draft;

  const publish = async (): Promise<void> => {
    // Nothing is published that is not what stands here.
    if (busy || beingRead) return;
    if (needsYes && !agreed) return setWrong(said.readClearNeeded);
    setWrong('');
    setBusy(true);
    if (!(await actions.open())) {
      setBusy(false);
      return setLocked(true);
    }
    props.onBegin();
    const trimmed = { ...draft, name: draft.name.trim(), about: draft.about.trim() };
    const published = await actions.publish(trimmed, disclosures);
    setBusy(false);
    if (published.ok) return props.onDone(words.formats.plural(count, said.published));
    if (published.error.code === 'handle-taken') return props.onNameRefused(published.error);
    setWrong(sayErrorInFull(published.error, words));
    if (published.error.code === 'disclosure-differs') {
      // A check or another device came in between.
      setRound(round + 1);
    }
  };
  const goOn = (): Promise<void> => {
    setLocked(false);
    return publish();
  };

  const count = badgesIn(draft.badges, draft.collections).length;
  const badgesOf = (badges: readonly CardRow['id'][]): JSX.Element[] =>
    disclosures
      .filter(({ badge }) => badges.includes(badge))
      .sort((one, other) => badges.indexOf(one.badge) - badges.indexOf(other.badge))
      .map((disclosure) => (
        <ReadableBadge
          key={disclosure.badge}
          disclosure={disclosure}
          name={nameOf(disclosure.badge, props.cards, words)}
          saidOnly={draft.said.includes(disclosure.badge)}
          words={words}
          onSaidOnly={() => props.onDraft(saidToggled(draft, disclosure.badge))}
        />
      ));
  const name = plainText(draft.name, 80);
  const address = pageAddress(props.server, draft.handle);
  return (
    <div class="share-readable">
      <p>{fill(said.readLead, { address }, words.formats)}</p>
      <ul class="share-readable-list">
        {name !== '' && (
          <li>
            {fill(draft.about.trim() === '' ? said.readNameOnly : said.readName, { name }, words.formats)}
          </li>
        )}
        {name === '' && draft.about.trim() !== '' && <li>{said.readAboutOnly}</li>}
        {draft.cover !== undefined && <li>{said.readCover}</li>}
        <li>{said.readSeen}</li>
        {draft.search && <li>{said.readSearch}</li>}
        {draft.collections.length === 0 && badgesOf(draft.badges)}
      </ul>
      {draft.collections.length > 0 && (
        <ReadableCollections
          collections={draft.collections}
          single={singleBadges(draft.badges, draft.collections)}
          address={address}
          words={words}
          badgesOf={badgesOf}
        />
      )}
      <p class="soft">{said.readNot}</p>
      {needsYes && (
        <label class="share-readable-yes">
          <input
            type="checkbox"
            checked={agreed}
            disabled={beingRead}
            onChange={(event) => {
              setAgreedTo(event.currentTarget.checked ? read : undefined);
              setWrong('');
            }}
          />
          {said.readClearAgree}
        </label>
      )}
      {locked ? (
        <section class="page-part">
          <h3>{said.unlockTitle}</h3>
          <p class="page-lead">{said.unlockHow}</p>
          <UnlockForm
            id="unlock"
            button={said.unlock}
            actions={actions}
            words={words}
            onUnlocked={goOn}
            onCancel={() => setLocked(false)}
          />
        </section>
      ) : (
        <>
          <p class="field-error" role="alert">
            {wrong}
          </p>
          <div class="page-row">
            <button
              type="button"
              class="button button-main"
              aria-disabled={busy || beingRead}
              onClick={() => void publish()}
            >
              {busy ? said.publishing : words.formats.plural(count, said.publish)}
            </button>
            <button type="button" class="button" onClick={props.onBack}>
              {words.own.common.back}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

function nameOf(badge: CardRow['id'], cards: readonly CardRow[], words: BackpackWords): string {
  const name = cards.find((card) => card.id === badge)?.name ?? '';
  return plainText(name, 120) || words.text.badge.unnamed;
}
