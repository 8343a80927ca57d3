import type { Page } from '@playwright/test';
import type { HostileIssuer } from '../issuers/hostile.ts';

/** Listens for payloads (`shared/testing/markup-payloads.ts`) that call home or open a dialog on a watched page. */
export function listenAt(home: HostileIssuer): {
  readonly watch: (page: Page) => void;
  /** their numbers */
  readonly heard: () => ReadonlySet<number>;
} {
  const dialogs: string[] = [];
  return {
    watch: (page) =>
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      }),
    heard: () =>
      new Set(
        [...home.seen.flatMap(({ path }) => /^\/b\/(\d+)/.exec(path)?.[1] ?? []), ...dialogs].map(Number),
      ),
  };
}
