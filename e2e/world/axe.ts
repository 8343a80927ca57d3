import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { until } from '../browsers/browser.ts';
import { faultsOf } from './valid-html.ts';

/**
 * Findings of axe, and of the validator in the page as it stands now, as short lines, so that a failure reads well. The
 * dark colours change contrast and nothing else.
 * Looks once the page stands in the colours asked for: on their way from one to the other nobody reads by them.
 */
export async function findings(
  page: Page,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await until('the colours stand', () =>
    page.evaluate<boolean>("document.getAnimations().every(({ playState }) => playState !== 'running')"),
  );
  const axe = new AxeBuilder({ page });
  const asked =
    colorScheme === 'dark'
      ? axe.withRules(['color-contrast'])
      : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const { violations } = await asked.analyze();
  const faults =
    colorScheme === 'dark'
      ? []
      : await faultsOf(`<!doctype html>${await page.evaluate<string>('document.documentElement.outerHTML')}`);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
  );
  return [...found, ...faults];
}
