import type { ChromiumBrowser } from '../browsers/chromium.ts';

/** A moment in the life of the extension's database: a row was `written`, or is `durable` and nobody knows yet. */
export type StorageMoment = {
  readonly table: string;
  readonly when: 'written' | 'durable';
  /** which of them, from 1 */
  readonly nth?: number;
};

const said = 'The moment has come.';

/**
 * Has the browser stand still at that moment, in its background or in a page that is opened from now on. `come`: it
 * does. Nothing but a kill wakes it.
 */
export async function standStillAt(
  browser: ChromiumBrowser,
  moment: StorageMoment,
): Promise<{ readonly come: Promise<void> }> {
  const script = scriptOf({ nth: 1, ...moment });
  const come = new Promise<void>((done) => {
    const listen = (message: { text: () => string }) => message.text() === said && done();
    browser.background().on('console', listen);
    browser.context().on('console', listen);
  });
  await browser.context().addInitScript(script);
  await browser.background().evaluate(script);
  return { come };
}

/** At the end of a transaction the extension is called by the one listener that it set before it wrote anything. */
function scriptOf(moment: Required<StorageMoment>): string {
  return `(() => {
    const { table, when, nth } = ${JSON.stringify(moment)};
    let left = nth;
    const come = () => {
      left -= 1;
      if (left !== 0) return;
      console.debug(${JSON.stringify(said)});
      for (;;);
    };
    const seen = new WeakSet();
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given);
      if (this.name !== table) return request;
      if (when === 'written') come();
      else if (!seen.has(this.transaction)) {
        seen.add(this.transaction);
        const told = this.transaction.oncomplete;
        this.transaction.oncomplete = (event) => {
          come();
          told.call(this.transaction, event);
        };
      }
      return request;
    };
  })()`;
}
