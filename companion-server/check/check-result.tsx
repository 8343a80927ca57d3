import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { BadgeFacts } from '../../shared/components/badge-facts.tsx';
import { BadgePicture } from '../../shared/components/badge-picture.tsx';
import { CheckList } from '../../shared/components/check-list.tsx';
import { IssuerLine } from '../../shared/components/issuer-line.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { checkListView } from '../../shared/views/check-list-view.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { checkEn } from '../messages/check-en.ts';
import type { Checked } from './check-one.ts';
import { checkedView } from './checked-view.ts';

/** One checked badge: what it says, what was found, and what that rests on. */
export function CheckResult({ checked, words }: { checked: Checked; words: Words }): JSX.Element {
  const { verification } = checked;
  const picture = usePicture(checked);
  const view = checkedView(checked, words, picture);
  const { verdict } = view;
  return (
    <article class="check-result badge-page-columns">
      <div class="badge-page-main">
        <div class="badge-page-head">
          <BadgePicture picture={view.picture} />
          <div class="badge-page-title">
            <h2 class="check-result-name" dir="auto">
              {view.name}
            </h2>
            {view.relayedIssuer === undefined ? (
              <IssuerLine issuer={view.issuer} />
            ) : (
              <>
                <p class="soft small">{checkEn.relayedIssuer}</p>
                <IssuerLine issuer={view.relayedIssuer} />
              </>
            )}
            <p>
              <VerdictMark mark={verdict.mark} word={verdict.word} />
            </p>
          </div>
        </div>
        <BadgeFacts view={view} words={words} />
      </div>
      <aside class="badge-page-checks">
        <h3>{checkEn.checks}</h3>
        <p>{verdict.sentence}</p>
        {verdict.remedy !== undefined && <p>{verdict.remedy}</p>}
        {view.relayedNote !== undefined && <p class="check-note">{view.relayedNote}</p>}
        <CheckList groups={checkListView(verification.verdict.checks, words)} words={words} />
        <Documents checked={checked} words={words} />
      </aside>
    </article>
  );
}

/** Each document that was read for the verdict: where, when, and by whom. A file without a badge rests on nothing. */
function Documents({ checked, words }: { checked: Checked; words: Words }): JSX.Element | null {
  const { snapshot, verdict, badge } = checked.verification;
  const { documents } = snapshot;
  const isUnread = verdict.outcome === 'malformed' && badge === undefined;
  if (documents.length === 0 && isUnread) return null;
  const alone = verdict.outcome === 'unreachable' ? checkEn.restsOnNothing : checkEn.restsOnItself;
  return (
    <>
      <h3>{checkEn.restsOn}</h3>
      {documents.length === 0 ? (
        <p class="soft small">{alone}</p>
      ) : (
        <DocumentList checked={checked} words={words} />
      )}
    </>
  );
}

function DocumentList({ checked, words }: { checked: Checked; words: Words }): JSX.Element {
  return (
    <ul class="check-documents">
      {checked.verification.snapshot.documents.map(({ address, at }) => (
        <li key={address}>
          <p dir="ltr">
            <strong>{hostText(new URL(address).host)}</strong>
            <span class="soft">{pathOf(address)}</span>
          </p>
          <p class="soft small">
            {fill(
              checked.relayed.has(address) ? checkEn.readByServer : checkEn.readBy,
              { time: words.formats.exactTime(at) },
              words.formats,
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  const path = `${pathname}${search}`;
  return path.length > 80 ? `${path.slice(0, 79)}…` : path;
}

/** An address of the picture for as long as it is shown. A browser runs nothing that is in it (threat T47). */
function usePicture({ picture }: Checked): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (picture === undefined) return undefined;
    const made = URL.createObjectURL(new Blob([new Uint8Array(picture.bytes)], { type: picture.mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
}
