/** An element of a page, with what it holds. */
export type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
};

const voidElements = new Set(['img', 'input', 'br', 'hr', 'meta', 'link', 'source', 'area', 'col', 'wbr']);
const tag = /<!--[\s\S]*?-->|<!doctype[^>]*>|<(\/?)([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const attribute = /([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Reads a piece of HTML into elements, forgiving as browsers are. `problem`: an element that is never closed. */
export function readMarkup(markup: string): {
  readonly roots: Element['children'];
  readonly problem?: string;
} {
  type Open = { name: string; attributes: Map<string, string>; children: (Element | string)[] };
  const root: Open = { name: '', attributes: new Map(), children: [] };
  const open: Open[] = [root];
  const top = () => open.at(-1) ?? root;
  let problem: string | undefined;
  let last = 0;
  for (const match of markup.matchAll(tag)) {
    const text = markup.slice(last, match.index);
    if (text.trim() !== '') top().children.push(text);
    last = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    if (match[1] === '/') {
      const at = open.findLastIndex((one) => one.name === name);
      if (at > 0) {
        if (at < open.length - 1) problem ??= `A <${top().name}> is never closed.`;
        open.length = at;
      } else if (!voidElements.has(name)) problem ??= `There is a </${name}> that closes nothing.`;
      continue;
    }
    const element: Open = { name, attributes: attributesOf(match[3] ?? ''), children: [] };
    top().children.push(element);
    if (!voidElements.has(name) && !(match[3] ?? '').endsWith('/')) open.push(element);
  }
  const text = markup.slice(last);
  if (text.trim() !== '') top().children.push(text);
  if (open.length > 1) problem ??= `A <${top().name}> is never closed.`;
  return problem === undefined ? { roots: root.children } : { roots: root.children, problem };
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(attribute)) {
    const name = match[1]?.toLowerCase() ?? '';
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? '');
  }
  return attributes;
}

/** Every element below, in the order of the page. */
export function allElements(nodes: Element['children']): readonly Element[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...allElements(node.children)]));
}

/** What a reader would hear of an element: its text and the alternatives of its pictures. */
export function textOfElement(element: Element): string {
  const parts = element.children.map((child) => {
    if (typeof child === 'string') return child;
    return child.name === 'img' ? (child.attributes.get('alt') ?? '') : textOfElement(child);
  });
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}
