import { type LinkView, linkOf, mailLinkOf } from './link-view.ts';

/** A run of text within a line, as data: whatever draws it makes text nodes of every `text`. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly link: LinkView; readonly content: readonly Inline[] };

/** What has begun and not ended yet. `marker`: the very letters, which stand as they are when no end comes. */
type Frame = { readonly marker: '' | '*' | '**' | '_' | '__' | '[' | '!['; readonly parts: Inline[] };

/** Begun at the same time: what is nested deeper stays as it is written. It also bounds each look back. */
const maxOpen = 8;
const word = /[\p{L}\p{N}]/u;
const blank = /\s/;
const doubled = { '*': '**', _: '__' } as const;

/**
 * Reads emphasis, strong, code and links of one paragraph, with its line breaks kept. A picture becomes a link to it.
 *
 * One pass from left to right with a bounded look back, so that hostile text costs no more than its length. What has no
 * end, and every address that is not http, https or mailto, stays as it is written. Source: CommonMark 0.31 §6, of which
 * it is the part that people use.
 */
export function parseInline(text: string): readonly Inline[] {
  const frames: Frame[] = [{ marker: '', parts: [] }];
  const unended = new Set<string>();
  let plain = '';
  let at = 0;

  const top = (): Frame => frames.at(-1) as Frame;
  const flush = (): void => {
    if (plain !== '') top().parts.push({ kind: 'text', text: plain });
    plain = '';
  };
  const add = (part: Inline): void => {
    flush();
    top().parts.push(part);
  };
  const begin = (marker: Frame['marker']): void => {
    if (frames.length > maxOpen) plain += marker;
    else {
      flush();
      frames.push({ marker, parts: [] });
    }
  };
  /** Everything above a frame has no end: its markers are text. */
  const settleDownTo = (index: number): void => {
    flush();
    for (const { marker, parts } of frames.splice(index + 1))
      top().parts.push({ kind: 'text', text: marker }, ...parts);
  };
  const finish = (index: number): readonly Inline[] => {
    settleDownTo(index);
    return frames.pop()?.parts ?? [];
  };
  const openAt = (is: (marker: Frame['marker']) => boolean): number =>
    frames.findLastIndex(({ marker }) => marker !== '' && is(marker));

  /** Stars or underscores: ends what they can end, then begins what they can begin. */
  const emphasis = (): void => {
    const sign = text[at] === '*' ? '*' : '_';
    let run = 1;
    while (text[at + run] === sign) run += 1;
    const [before = ' ', after = ' '] = [text[at - 1], text[at + run]];
    const inWord = sign === '_' && word.test(before) && word.test(after);
    let left = run;
    while (left > 0 && !blank.test(before) && !inWord) {
      const most = left;
      const index = openAt((marker) => marker.startsWith(sign) && marker.length <= most);
      if (index < 0) break;
      const kind = frames[index]?.marker.length === 2 ? 'strong' : 'emphasis';
      const content = finish(index);
      left -= kind === 'strong' ? 2 : 1;
      if (content.length > 0) top().parts.push({ kind, content });
    }
    // More than three in a row are no emphasis of any kind.
    if (run <= 3 && !blank.test(after) && !inWord)
      for (; left > 0; left -= left >= 2 ? 2 : 1) begin(left >= 2 ? doubled[sign] : sign);
    plain += sign.repeat(left);
    at += run;
  };

  const code = (): void => {
    const [ticks = '`'] = /^`+/.exec(text.slice(at, at + 64)) ?? [];
    const end = unended.has(ticks) ? -1 : text.indexOf(ticks, at + ticks.length);
    if (end < 0) {
      unended.add(ticks);
      plain += ticks;
      at += ticks.length;
      return;
    }
    add({ kind: 'code', text: text.slice(at + ticks.length, end).trim() });
    at = end + ticks.length;
  };

  /** `](address)` or `](address "title")` after a `[`; the title is not shown. */
  const endLink = (): void => {
    const index = openAt((marker) => marker.endsWith('['));
    const target =
      /^\]\(\s{0,9}<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)?)>?(?:\s{1,9}"[^"]*")?\s{0,9}\)/.exec(
        text.slice(at, at + 2500),
      );
    const link = target === null ? undefined : linkTo(target[1] ?? '');
    if (index < 0 || target === null || link === undefined) {
      if (index >= 0) settleDownTo(index - 1);
      plain += ']';
      at += 1;
      return;
    }
    const content = finish(index);
    // No link holds another one.
    const outer = openAt((marker) => marker.endsWith('['));
    if (outer >= 0) settleDownTo(outer - 1);
    add({ kind: 'link', link, content: content.length > 0 ? content : [{ kind: 'text', text: link.text }] });
    at += target[0].length;
  };

  /** An address that stands in the text itself. Within `[…]` it is the text of a link that may lead elsewhere. */
  const bareAddress = (): boolean => {
    if (openAt((marker) => marker.endsWith('[')) >= 0) return false;
    const [found = ''] = /^https?:\/\/[^\s<>"`*|\\^{}[\]]+/i.exec(text.slice(at, at + 2048)) ?? [];
    const address = found.replace(/[.,;:!?'")_]{1,40}$/, '');
    if (address === '') return false;
    const { link } = linkOf(address);
    if (link === undefined) plain += address;
    else add({ kind: 'link', link, content: [{ kind: 'text', text: link.text }] });
    at += address.length;
    return true;
  };

  while (at < text.length) {
    const sign = text[at] ?? '';
    if (sign === '\\' && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '')) {
      plain += text[at + 1];
      at += 2;
    } else if (sign === '*' || sign === '_') emphasis();
    else if (sign === '`') code();
    else if (sign === '[') {
      begin('[');
      at += 1;
    } else if (sign === '!' && text[at + 1] === '[') {
      begin('![');
      at += 2;
    } else if (sign === ']') endLink();
    else if (sign === '\n') {
      add({ kind: 'break' });
      at += 1;
    } else if (/h/i.test(sign) && !word.test(text[at - 1] ?? ' ') && bareAddress()) {
      // has moved on by itself
    } else {
      plain += sign;
      at += 1;
    }
  }
  settleDownTo(0);
  return joined(frames[0]?.parts ?? []);
}

function linkTo(address: string): LinkView | undefined {
  return /^https?:/i.test(address) ? linkOf(address).link : mailLinkOf(address);
}

/** Neighbouring texts as one. */
function joined(parts: readonly Inline[]): readonly Inline[] {
  const whole: Inline[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      whole[whole.length - 1] = { kind: 'text', text: last.text + part.text };
    else whole.push('content' in part ? { ...part, content: joined(part.content) } : part);
  }
  return whole;
}
