import { type HtmlElement, HtmlValidate, Parser, StaticConfigLoader } from 'html-validate';

/** What the standard demands of a document, and what readers of the screen need; no taste in how it is written. */
const loader = new StaticConfigLoader({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // What stands beside a page, in its navigation, may have a heading before that of the page.
    'heading-level': ['error', { minInitialRank: 'h2' }],
    // A list's item may be named by what stands in it.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // Our own files stand under addresses made of their content: there is no other server to be guarded against.
    'require-sri': ['error', { target: 'crossorigin' }],
  },
});
const validator = new HtmlValidate(loader);

/** What is wrong with a document's HTML, as short lines, so that a failure reads well. */
export async function faultsOf(html: string): Promise<readonly string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ''})`),
  );
}

/** The document as a tree. */
export async function parseDocument(html: string): Promise<HtmlElement> {
  return new Parser(await loader.getConfigFor('')).parseHtml(html);
}
