import { sayError } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { plainText } from '../../shared/messages/plain-text.ts';
import { maxNameLength } from '../../shared/views/badge-view.ts';
import { hostText } from '../../shared/views/issuer-view.ts';
import { type Mark, markOf, verdictView } from '../../shared/views/verdict-view.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { ImportSource } from './import-one.ts';
import { addressOf } from './route.ts';
import type { ImportRow } from './use-imports.ts';

/** A row of the import: what it was, what came of it, and what can be done. */
export type ImportRowView = {
  /** what was given: a file, a text, an address */
  readonly name: string;
  /** the badge that was found in it */
  readonly badge?: string;
  readonly word: string;
  readonly mark?: { readonly mark: Mark; readonly word: string };
  readonly sentence?: string;
  readonly open?: string;
  readonly keepUnverified?: string;
  readonly keepInside?: string;
  readonly keepLater?: string;
  readonly askPrivate?: { readonly label: string; readonly host: string };
  readonly busy: boolean;
};

export function importRowView(row: ImportRow, words: BackpackWords): ImportRowView {
  const said = words.own.import;
  const name = sourceName(row.source, words);
  const { outcome } = row;
  switch (outcome.state) {
    case 'reading':
      return { name, word: said.reading, busy: true };
    case 'too-large':
      return { name, word: said.failed, sentence: said.tooLarge, busy: false };
    case 'archive':
      return { name, word: said.archive, busy: false };
    case 'kept': {
      const mark = markOf(outcome.outcome);
      return {
        name,
        ...badgeOf(row.badgeName ?? ''),
        word: outcome.alreadyKept ? said.exists : said.imported,
        mark: { mark, word: words.text.marks[mark] },
        open: addressOf({ place: 'badges', badge: outcome.badge }),
        ...insideOf(outcome.parts, words),
        busy: false,
      };
    }
    case 'several':
      return {
        name,
        word: said.several,
        sentence: words.formats.plural(outcome.parts.length, said.severalWhat),
        busy: false,
      };
    case 'asks': {
      const { mark, word, sentence } = verdictView(outcome.card.verdict, words);
      return {
        name,
        ...badgeOf(outcome.card.badge?.achievement.name ?? ''),
        word: said.asks,
        mark: { mark, word },
        sentence: `${sentence} ${fill(words.own.popup.keepUnverifiedAsk, { word }, words.formats)}`,
        keepUnverified: words.own.popup.keepUnverified,
        ...insideOf(outcome.parts, words),
        busy: false,
      };
    }
    case 'unread': {
      const { happened, remedy } = sayError(outcome.error, words);
      return {
        name,
        word: said.unread,
        sentence: `${happened} ${remedy}`,
        open: addressOf({ place: 'badges', badge: outcome.badge }),
        busy: false,
      };
    }
    case 'failed': {
      const { happened, remedy } = sayError(outcome.error, words);
      const host = outcome.error.facts['host'];
      const mayAsk = outcome.error.code === 'private-address' && typeof host === 'string';
      return {
        name,
        word: said.failed,
        sentence: mayAsk
          ? fill(said.askPrivateWhy, { host: hostText(host) }, words.formats)
          : `${happened} ${remedy}`,
        ...(mayAsk
          ? {
              askPrivate: {
                label: fill(words.own.popup.askPrivate, { host: hostText(host) }, words.formats),
                host,
              },
            }
          : {}),
        ...(outcome.later === undefined ? {} : { keepLater: words.own.popup.keepLater }),
        busy: false,
      };
    }
  }
}

function badgeOf(name: string): Pick<ImportRowView, 'badge'> {
  const badge = plainText(name, maxNameLength);
  return badge === '' ? {} : { badge };
}

function insideOf(
  parts: readonly string[] | undefined,
  { own, formats }: BackpackWords,
): Pick<ImportRowView, 'keepInside'> {
  return parts === undefined ? {} : { keepInside: formats.plural(parts.length, own.import.keepInside) };
}

function sourceName(source: ImportSource, words: BackpackWords): string {
  const said = words.own.import;
  switch (source.kind) {
    case 'file':
      return plainText(source.file.name, 120) || said.pasted;
    case 'address':
      return plainText(source.address, 120) || said.pasted;
    case 'text':
      return said.pasted;
    case 'part':
      return fill(said.part, { number: source.number, name: sourceName(source.of, words) }, words.formats);
  }
}
