import type { Page } from '@playwright/test';

/**
 * Turns a page around as a language from right to left does, and names what does not stand where its mirror image would:
 * whatever was laid out by a side of the screen. Words in a line are left out, since English ones keep their order, and so are heights,
 * since lines may break elsewhere. The page stays turned.
 */
export async function unmirrored(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(async () => {
    const frames = async () => {
      for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
      scrollTo(0, 0);
    };
    const width = document.documentElement.clientWidth;
    const isLaidOut = (one) => {
      const { display } = getComputedStyle(one);
      if (display === 'none' || display.startsWith('inline') || one.parentElement.closest('svg, body [dir="ltr"]') !== null) return false;
      const { width, height } = one.getBoundingClientRect();
      return width > 2 && height > 2;
    };
    const shown = [...document.body.querySelectorAll('*')].filter(isLaidOut);
    if (shown.length < 5) return ['hardly anything is shown'];
    document.documentElement.dir = 'ltr';
    await frames();
    const before = shown.map((one) => one.getBoundingClientRect());
    document.documentElement.dir = 'rtl';
    await frames();
    const sameWithin = 1.5;
    return shown.flatMap((one, index) => {
      const [was, is] = [before[index], one.getBoundingClientRect()];
      // One edge is enough: the same words may be a little wider when they are set the other way.
      const isTurned =
        Math.abs(is.right - (width - was.left)) <= sameWithin || Math.abs(is.left - (width - was.right)) <= sameWithin;
      // A picture may have come meanwhile in place of what stood for it.
      if (isTurned || !one.isConnected) return [];
      const at = (box) => [box.left, box.right].map(Math.round).join(' ');
      return [\`\${one.localName}.\${one.className} "\${one.textContent.trim().slice(0, 30)}": \${at(was)} became \${at(is)} of \${width}\`];
    });
  })()`);
}
