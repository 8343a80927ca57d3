import { describe, expect, it } from 'vitest';
import { seeText } from './browser.ts';

/** A page that shows one text after the other, and then the last for good. */
function pageShowing(...texts: readonly string[]) {
  let reads = 0;
  return {
    text: async () => {
      reads += 1;
      return texts[Math.min(reads, texts.length) - 1] ?? '';
    },
  };
}

describe('what a story wants to see', () => {
  it('is seen once all of it is there at the same time', async () => {
    const page = pageShowing('3 badges', 'JavaScript', '3 badges: JavaScript');
    expect(await seeText(page, ['3 badges', /Java.*$/])).toBe('3 badges: JavaScript');
    // The twin: for one text the first reading is enough, with nothing else on it yet.
    expect(await seeText(pageShowing('3 badges', '3 badges: JavaScript'), '3 badges')).toBe('3 badges');
  });

  it('is named when it never comes, and only what is missing', async () => {
    const waiting = seeText(pageShowing('3 badges'), ['3 badges', 'JavaScript', /PHP/], 0);
    await expect(waiting).rejects.toThrow(
      /^The page never showed:\nJavaScript\n\/PHP\/\nIt shows:\n3 badges$/,
    );
  });
});
