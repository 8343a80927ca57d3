import { plainParagraphs, plainText } from '../messages/plain-text.ts';

export const maxLineLength = 300;
export const maxTextLength = 10_000;
/** Most entries of one list of a badge that are shown. */
export const maxListed = 50;

/** One foreign line as it may be shown. */
export function line(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainText(text, maxLineLength);
}

/** A longer foreign text as it may be shown. */
export function paragraph(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainParagraphs(text, maxTextLength);
}

export function isSaid(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** `{ [key]: text }` when there is a text, nothing otherwise: optional fields stay absent rather than empty. */
export function whenSaid<Key extends string>(
  key: Key,
  text: string | undefined,
): { readonly [_ in Key]?: string } {
  return isSaid(text) ? ({ [key]: text } as { readonly [_ in Key]: string }) : {};
}
