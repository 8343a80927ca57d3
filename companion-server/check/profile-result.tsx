import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { IssuerLine } from '../../shared/components/issuer-line.tsx';
import { VerdictMark } from '../../shared/components/verdict-mark.tsx';
import type { Words } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import type { Sha256 } from '../../shared/model/brands.ts';
import { checkEn } from '../messages/check-en.ts';
import { type Checked, checkAll } from './check-one.ts';
import type { CheckedProfile } from './check-profile.ts';
import { checkedView } from './checked-view.ts';
import { inputOf } from './subject.ts';

type Props = { readonly profile: CheckedProfile; readonly words: Words };

/** A profile whose signed list holds, or of which something is amiss, and each of its badges on demand. */
export function ProfileResult({ profile, words }: Props): JSX.Element {
  const { manifest, formerly, documents, amiss } = profile;
  const say = (sentence: string, facts: Readonly<Record<string, string | number>> = {}): string =>
    fill(sentence, facts, words.formats);
  const name = plainText(manifest.name ?? '', 80);
  return (
    <article class="check-profile">
      <h2 class="check-result-name" dir="auto">
        {name === '' ? `@${manifest.handle}` : name}
      </h2>
      <ul class="check-profile-facts">
        <li title={manifest.sub}>{say(checkEn.composed, { tail: manifest.sub.slice(-8) })}</li>
        {formerly.map((did) => (
          <li key={did} title={did}>
            {say(checkEn.composedFormerly, { tail: did.slice(-8) })}
          </li>
        ))}
        <li>{say(checkEn.sequence, { seq: manifest.seq, date: words.formats.exactTime(manifest.at) })}</li>
        <li>
          {amiss.length === 0
            ? `${words.formats.plural(documents, checkEn.same)}.`
            : `${words.formats.plural(amiss.length, checkEn.amiss)}.`}
        </li>
      </ul>
      <p class="soft">{checkEn.composedWhat}</p>
      <Badges profile={profile} words={words} />
    </article>
  );
}

type Row = { readonly hash: Sha256; readonly checked?: Checked };

/** Every badge whose document is published, checked one after the other once the visitor says so. */
function Badges({ profile, words }: Props): JSX.Element | null {
  const hashes = badgesOf(profile);
  const [rows, setRows] = useState<readonly Row[]>();
  if (hashes.length === 0) return null;
  const checkEach = async (): Promise<void> => {
    const done: Row[] = [];
    setRows([]);
    for (const hash of hashes) {
      const input = await inputOf({ kind: 'document', hash });
      const all = input.ok ? await checkAll(input.value, () => undefined) : undefined;
      const checked = all?.badges[0];
      done.push({ hash, ...(checked === undefined ? {} : { checked }) });
      setRows([...done]);
    }
  };
  if (rows === undefined)
    return (
      <p>
        <button type="button" class="button button-main" onClick={() => void checkEach()}>
          {words.formats.plural(hashes.length, checkEn.checkEach)}
        </button>
      </p>
    );
  return (
    <>
      <p role="status">{fill(checkEn.eachDone, { done: rows.length, of: hashes.length }, words.formats)}</p>
      <ul class="check-profile-badges">
        {rows.map((row) => (
          <BadgeRow key={row.hash} row={row} words={words} />
        ))}
      </ul>
    </>
  );
}

function BadgeRow({ row, words }: { readonly row: Row; readonly words: Words }): JSX.Element {
  if (row.checked === undefined) return <li>{checkEn.errors['document-differs']}</li>;
  const view = checkedView(row.checked, words);
  return (
    <li>
      <p>
        <a href={`#document=${row.hash}`} dir="auto">
          {view.name}
        </a>
      </p>
      <IssuerLine issuer={view.relayedIssuer ?? view.issuer} />
      <p>
        <VerdictMark mark={view.verdict.mark} word={view.verdict.word} />
      </p>
    </li>
  );
}

function badgesOf({ manifest, amiss }: CheckedProfile): readonly Sha256[] {
  const hashes = manifest.collections.flatMap(({ items }) =>
    items.flatMap((item) => ('doc' in item && !amiss.includes(item.doc) ? [item.doc] : [])),
  );
  return [...new Set(hashes)];
}
