/*
 * What of a style sheet is written into the page itself, so that what is seen first needs no second request. Nobody
 * writes it twice: it is chosen from the very sheet that the page loads behind it.
 */

/** A rule with its block, or a statement such as `@layer tokens, base` without one. */
type Rule = { readonly prelude: string; readonly block?: string };

/**
 * The rules of `selectors` and the tokens that these need, in the sheet's own order and layers; none for paper. Sizes
 * are written where they are used: they are shorter than their names, and no theme changes them.
 */
export function firstScreenOf(sheet: string, selectors: readonly string[]): string {
  const wanted = [':root', ...selectors];
  const all = rulesOf(sheet, wanted);
  const values = new Map([...all.matchAll(token)].map(([, name = '', value = '']) => [name, value]));
  const isLong = (name: string) => (values.get(name)?.length ?? Number.POSITIVE_INFINITY) >= name.length;
  const written = all.replace(/var\((--[\w-]+)\)/g, (use, name: string) =>
    isLong(name) ? use : (values.get(name) ?? use),
  );
  const needed = tokensNeededIn(written, values);
  return rulesOf(written, wanted, (name) => needed.has(name));
}

/** The rules of some selectors, as short as they can be written. `keeps`: which tokens stay; all when left out. */
export function rulesOf(
  sheet: string,
  selectors: readonly string[],
  keeps = (_: string): boolean => true,
): string {
  const kept: Rule[] = [];
  for (const { prelude, block } of rulesIn(compact(sheet))) {
    const isStatement = block === undefined;
    const isGroup = prelude.startsWith('@');
    const head = isGroup
      ? prelude
      : listedIn(prelude)
          .filter((one) => selectors.includes(one))
          .join(',');
    const inner = isGroup ? rulesOf(block ?? '', selectors, keeps) : declarationsOf(block ?? '', keeps);
    const isForPaper = isGroup && /\bprint\b/.test(prelude);
    if (isStatement) kept.push({ prelude });
    else if (head !== '' && inner !== '' && !isForPaper) {
      const last = kept.at(-1);
      const isMore = last?.prelude === head && last.block !== undefined;
      if (isMore) kept.pop();
      kept.push({ prelude: head, block: isMore ? `${last.block}${isGroup ? '' : ';'}${inner}` : inner });
    }
  }
  return kept
    .map(({ prelude, block }) => (block === undefined ? `${prelude};` : `${prelude}{${block}}`))
    .join('');
}

function declarationsOf(block: string, keeps: (token: string) => boolean): string {
  return block.replace(token, (whole, name: string) => (keeps(name) ? whole : '')).replace(/;$/, '');
}

/** Without what is there for readers alone, and without `"`, which HTML would write otherwise. */
export function compact(sheet: string): string {
  return sheet
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll('"', "'")
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replaceAll(';}', '}')
    .trim();
}

const token = /(--[\w-]+):([^;}]*);?/g;

/** The tokens that declarations ask for, and those that these ask for in turn. */
function tokensNeededIn(css: string, values: ReadonlyMap<string, string>): ReadonlySet<string> {
  const needed = new Set<string>();
  const need = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/var\((--[\w-]+)/g)) {
      if (needed.has(name)) continue;
      needed.add(name);
      need(values.get(name) ?? '');
    }
  };
  need(css.replace(token, ''));
  return needed;
}

function rulesIn(css: string): readonly Rule[] {
  const rules: Rule[] = [];
  let [depth, start, opened] = [0, 0, 0];
  for (const { 0: sign, index } of css.matchAll(/[{};]/g)) {
    if (sign === '{' && depth === 0) opened = index;
    depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
    if (depth > 0) continue;
    const prelude = css.slice(start, sign === '}' ? opened : index);
    rules.push(sign === '}' ? { prelude, block: css.slice(opened + 1, index) } : { prelude });
    start = index + 1;
  }
  return rules;
}

/** The selectors of a rule; what stands in brackets is part of one. */
function listedIn(prelude: string): readonly string[] {
  return prelude.split(/,(?![^(]*\))/);
}
