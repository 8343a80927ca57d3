import type { Formats } from '../shared/messages/formats.ts';

/** The page says the language of its words, and runs as they do. */
export function runAsWords({ language, direction }: Formats): void {
  const { documentElement } = document;
  documentElement.lang = language;
  documentElement.dir = direction;
}
