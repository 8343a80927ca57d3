import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import { plainText } from '../messages/plain-text.ts';
import { resultStatuses } from '../model/achievement-types.ts';
import type { AchievementResult } from '../model/badge.ts';
import { maxLineLength } from './said-text.ts';

/** A line of the table of results: what was measured, what was reached, what was asked for. */
export type ResultView = { readonly what: string; readonly reached: string; readonly asked: string };

/** `undefined` for a result that says nothing. */
export function resultView(result: AchievementResult, words: Words): ResultView | undefined {
  const said = words.text.results;
  const text = (value: string | undefined): string => plainText(value ?? '', maxLineLength);
  const status = resultStatuses.find((known) => known === result.status);
  const value = text(result.value);
  const most = text(result.most);
  const reached = [
    value !== '' && most !== '' ? fill(said.valueOf, { value, most }, words.formats) : value,
    text(result.level),
    status === undefined ? text(result.status) : said.statuses[status],
  ].filter((part) => part !== '');
  if (reached.length === 0) return undefined;
  return {
    what: text(result.name) || text(result.kind) || said.unnamed,
    reached: reached.join(' · '),
    asked: text(result.required),
  };
}
